import { describe, expect, it } from 'vitest'
import { guestOf, userOfName } from '../../server-dev/identity.ts'

describe('userOfName', () => {
  it.each([
    ['Ada', 'Ada'], ['  Ada \u00a0 Lovelace ', 'Ada Lovelace'], ['小明', '小明'], ['Ａｄａ', 'Ada'], ['👩‍🚀', '👩‍🚀'],
    ['می‌خواهم', 'می‌خواهم'], ['x'.repeat(40), 'x'.repeat(40)],
  ])('[SV20] takes %j', (input, name) => {
    expect(userOfName(input)?.name).toBe(name)
  })

  it.each([
    '', '   ', 'x'.repeat(41), 'a\u0000b', 'a\nb', 'a\u202eb', '\u200b', 'a\u200bb', '\u200d', '\u0301', 1, null, undefined, {}, 'x'.repeat(1_000_000),
  ])('[SV21] refuses %j', (input) => {
    expect(userOfName(input)).toBeUndefined()
  })

  it.each([['Ada', 'aDA'], ['Straße', 'STRASSE'], ['ΣΊΣΥΦΟΣ', 'σίσυφος'], ['Ａｄａ', 'ada']])('[SV22] %j and %j are one user', (a, b) => {
    expect(userOfName(a)?.id).toBe(userOfName(b)?.id)
  })

  it('[SV22] different names are different users', () => {
    expect(userOfName('Ada')?.id).not.toBe(userOfName('Ade')?.id)
  })
})

describe('guestOf', () => {
  it('[SV23] a guest with the same session is the same guest, and the id does not tell the session', () => {
    expect(guestOf('s1')).toEqual(guestOf('s1'))
    expect(guestOf('s1').id).not.toBe(guestOf('s2').id)
    expect(guestOf('s1').id).not.toContain('s1')
    expect(guestOf('s1').name).toMatch(/^Guest \d{4}$/)
  })
})
