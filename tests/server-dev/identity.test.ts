import { describe, expect, it } from 'vitest'
import { isGuestId, newGuest, userOfName } from '../../server-dev/identity.ts'

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

describe('guests', () => {
  it('[SV23] are told apart by id and have a name', () => {
    expect(newGuest().id).not.toBe(newGuest().id)
    expect(newGuest().name).toMatch(/^Guest \d{4}$/)
    expect([newGuest().id, userOfName('guest-x')!.id].map(isGuestId)).toEqual([true, false])
  })
})
