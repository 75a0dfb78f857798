import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerptOf, gatherPeople, parseMessage, type MessagePart } from '../../src/components/shared/message-text.ts'

const ada = { id: 'ada', name: 'Ada Okafor' }
const al = { id: 'al', name: 'Al' }
const lin = { id: 'lin', name: '林晓雨' }
const me = { id: 'me', name: 'Robin' }
const people = gatherPeople([ada, al, lin], me, undefined)

const parts = (body: string, mentions?: readonly string[]): string[] =>
  parseMessage(body, people, mentions).map(({ kind, text }) => (kind === 'text' ? text : `<${kind} ${text}>`))

describe('code', () => {
  it.each([
    ['run `npm start` now', ['run ', '<code npm start>', ' now']],
    ['```\na\nb\n```', ['<block a\nb>']],
    ['see:\n```ts\nconst a = `b`\n```\nand', ['see:\n', '<block const a = `b`>', 'and']],
    ['```one line```', ['<block one line>']],
    ['`https://example.org` and `@Ada Okafor`', ['<code https://example.org>', ' and ', '<code @Ada Okafor>']],
    ['a ` b', ['a ` b']],
    ['``', ['``']],
    ['```\nnever closed', ['```\nnever closed']],
  ])('[MA10] is found in %j', (body, expected) => {
    expect(parts(body)).toEqual(expected)
  })
})

describe('mentions', () => {
  it.each([
    ['@Ada Okafor hi', ['<mention @Ada Okafor>', ' hi']],
    ['hi @ada okafor, and @AL!', ['hi ', '<mention @ada okafor>', ', and ', '<mention @AL>', '!']],
    ['你好@林晓雨请看', ['你好', '<mention @林晓雨>', '请看']],
    ['@Robin', ['<me @Robin>']],
    ['@Alice', ['@Alice']],
    ['mail me@Al', ['mail me@Al']],
    ['@ Al', ['@ Al']],
    ['@nobody', ['@nobody']],
    ['@@Al', ['@', '<mention @Al>']],
    ['https://example.org/@Al', ['<link https://example.org/@Al>']],
  ])('[MA11] are the names of people who are known, in %j', (body, expected) => {
    expect(parts(body)).toEqual(expected)
  })

  it('[MA11] are those that the wire tells, where it tells them', () => {
    expect(parts('@Al and @Ada Okafor', ['ada'])).toEqual(['@Al and ', '<mention @Ada Okafor>'])
    expect(parts('@Al', [])).toEqual(['@Al'])
  })

  it('[MA11] do not end when somebody leaves, and nobody new is no news', () => {
    const later = gatherPeople([ada], me, people)
    expect(later).toBe(people)
    const more = gatherPeople([{ id: 'jo', name: 'Jo' }], me, people)
    expect([...more.names.keys()]).toEqual(['ada okafor', 'al', '林晓雨', 'robin', 'jo'])
  })

  it('[MA11] of two people with one name mean the first, and the reader before others', () => {
    const twice = gatherPeople([al, { id: 'al2', name: 'AL' }], { id: 'me', name: 'al' }, undefined)
    expect(twice.names.get('al')?.id).toBe('me')
    expect(gatherPeople([{ id: 'al2', name: 'AL' }, al], { id: 'me', name: 'al' }, twice)).toBe(twice)
  })
})

describe('any text', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('`', '```', '\n', '@', '@Al', 'https://a.b/', 'javascript:', '\u202e', '\u0301', '😀', ' '))
  const body = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))
  const isLink = ({ kind }: MessagePart): boolean => kind === 'link'

  it('[MA10] loses no character but the marks of code, and every link is http, https or mailto', () => {
    fc.assert(
      fc.property(body, (text) => {
        const cut = parseMessage(text, people)
        const bare = (value: string): string => value.replace(/[`\n]/gu, '')
        const shown = bare(cut.map(({ text }) => text).join(''))
        // The name of a language above a block is not shown.
        if (!text.includes('```')) expect(shown).toBe(bare(text))
        for (const { href } of cut.filter(isLink)) expect(['http:', 'https:', 'mailto:']).toContain(new URL(href!).protocol)
      }),
    )
  })

  it.each([
    ['backticks', '`'.repeat(20_000)],
    ['open code', '` '.repeat(10_000)],
    ['open blocks', '```a\n'.repeat(5_000)],
    ['at signs', '@'.repeat(20_000)],
    ['almost mentions', '@Ada Okafo '.repeat(2_000)],
    ['marks', `a${'\u0301'.repeat(10_000)}`],
    ['one word', 'x'.repeat(20_000)],
    ['emoji', '👩‍👩‍👧‍👦'.repeat(3_000)],
  ])('[MA12] of many %s is cut into few parts', (_what, text) => {
    expect(parseMessage(text, people).length).toBeLessThan(250)
    expect(excerptOf(text).length).toBeLessThan(600)
  })

  it('[MA12] has an excerpt of whole characters in one line', () => {
    expect(excerptOf('a\n\n b  c')).toBe('a b c')
    expect(excerptOf('😀'.repeat(10), 4)).toBe('😀😀😀😀…')
    expect(excerptOf('x'.repeat(200), 100)).toBe(`${'x'.repeat(100)}…`)
  })
})
