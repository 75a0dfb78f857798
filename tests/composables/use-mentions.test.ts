import { describe, expect, it } from 'vitest'
import { findTrigger, useMentions, type CompletionSource } from '../../src/composables/index.ts'
import type { ChatUser } from '../../src/core/index.ts'

const person = (name: string, id = name): ChatUser => ({ id, name })
const people = ['Ann', 'Ann Lee', 'Joanna', 'Zoë Müller', '林晓雨', 'Ｗｉｄｅ', 'Łukasz', 'Ann'].map((name, index) => person(name, `u${index}`))

const setup = (picked: readonly ChatUser[] = [], of: readonly ChatUser[] = people) => {
  let now = picked
  const mentions = useMentions({ people: of, picked: () => now, pick: (next) => (now = next) })
  return { mentions, picked: () => now }
}

const at: CompletionSource = { trigger: '@', query: /^[^@]*$/, find: () => [] }
const colon: CompletionSource = { trigger: ':', query: /^[a-z]{2,}$/, find: () => [] }
const trigger = (text: string): string | undefined => {
  const caret = text.indexOf('|')
  const found = findTrigger(text.replace('|', ''), caret, [at, colon])
  return found && `${found.source.trigger}${found.query}`
}

describe('what is being completed', () => {
  it.each([
    ['@|', '@'],
    ['hi @zo|', '@zo'],
    ['hi @zo| there', '@zo'],
    ['你好@林|', '@林'],
    ['(@ann|', '@ann'],
    ['@ann le|', '@ann le'],
    ['well :smi|', ':smi'],
    ['@ann :smi|', ':smi'],
  ])('[CW10] %s', (text, wanted) => {
    expect(trigger(text)).toBe(wanted)
  })

  it.each(['mail me a@b|', 'https://x/@|', 'at 12:30|', ':s|', ':)|', 'line @ann\nnext|', 'no sign|', `@${'x'.repeat(60)}|`])(
    '[CW10] nothing in %s',
    (text) => {
      expect(trigger(text)).toBeUndefined()
    },
  )
})

describe('useMentions', () => {
  it.each([
    ['', 'Ann'],
    ['zoe', 'Zoë Müller'],
    ['ZOË', 'Zoë Müller'],
    ['mul', 'Zoë Müller'],
    ['晓', '林晓雨'],
    ['wide', 'Ｗｉｄｅ'],
    ['lee', 'Ann Lee'],
  ])('[CW11] %j finds %s first', (query, name) => {
    expect(setup().mentions.find(query)[0]?.name).toBe(name)
  })

  it('[CW11] the beginning of a name comes before its middle, and what fits nobody finds nobody', () => {
    const { mentions } = setup()
    expect(mentions.find('ann').map(({ name }) => name)).toEqual(['Ann', 'Ann Lee', 'Ann', 'Joanna'])
    expect(mentions.find('nobody')).toEqual([])
    expect(setup([], Array.from({ length: 5_000 }, (_, i) => person(`Ann ${i}`))).mentions.find('ann')).toHaveLength(8)
  })

  it('[CW12] whoever was picked is spoken to as long as the name stands there', () => {
    const { mentions, picked } = setup()
    const [option] = mentions.source.find('ann') as readonly { text: string; key: string; label: string }[]
    expect(option).toMatchObject({ key: 'u0', text: '@Ann ' })
    mentions.source.chosen!(option!)
    mentions.source.chosen!(option!)
    expect(picked()).toHaveLength(1)
    expect(mentions.idsIn('@Ann hello')).toEqual(['u0'])
    expect(mentions.idsIn('hello')).toEqual([])
    expect(mentions.idsIn('@Annabel hello')).toEqual([])
  })

  it.each([
    ['hi @Joanna!', ['u2']],
    ['@林晓雨你好', ['u4']],
    ['@Ann Lee', ['u1']],
    ['@Ann', []],
    ['mail@Joanna', []],
    ['@Joanna @Joanna @Ann Lee', ['u2', 'u1']],
    ['@joanna', []],
  ])('[CW12] who is spoken to in %j without being picked, when the name says who', (body, ids) => {
    expect(setup().mentions.idsIn(body)).toEqual(ids)
  })

  it('[CW12] of two with one name the one that was picked is meant', () => {
    expect(setup([people[7]!]).mentions.idsIn('@Ann hello')).toEqual(['u7'])
  })
})
