import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { matchOf } from '../../server-dev/search-words.ts'
import { openStore, type NewMessage, type Store } from '../../server-dev/store.ts'

let folder: string
let store: Store
let ids = 0
const open = (): Store => openStore({ database: join(folder, 'chat.db') })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-search-'))
  store = open()
  store.saveRoom({ room: 'g', title: 'G' })
  store.saveRoom({ room: 'h', title: 'H' })
})
afterEach(() => {
  store.close(true)
  rmSync(folder, { recursive: true, force: true })
})

const ada = { id: 'u1', name: 'Ada' }
const put = (body: string, changes: Partial<NewMessage> = {}): void => {
  const [stored] = store.append([{ room: 'g', from: ada, clientId: `c${String(++ids)}`, body, ...changes }])
  if (!stored?.ok) throw new Error(stored?.code)
}
const found = (query: string, before?: number, limit = 50, room = 'g') => store.search(room, query, { before, limit })!
const seqs = (query: string, ...rest: [before?: number, limit?: number, room?: string]): number[] => found(query, ...rest).events.map(({ seq }) => seq)
const bytes = (): string => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1')).join('')

describe('looking for words', () => {
  it('[FT1] finds English words by their start, in any case and with or without accents', () => {
    put('The Ferry leaves at nine')
    put('Café, crème and ferries')
    put('unrelated')
    expect([seqs('ferry'), seqs('FERR'), seqs('cafe'), seqs('leaves nine'), seqs('nine leaves'), seqs('erry')]).toEqual([[1], [2, 1], [2], [1], [1], []])
  })

  it('[FT1] finds Chinese wherever it stands, from one character on', () => {
    put('今天下雨，我们去不了公园')
    put('明天公园见')
    put('see you at 公园gate')
    expect([seqs('下雨'), seqs('公园'), seqs('雨'), seqs('我们去不了公园'), seqs('园公'), seqs('公园 gate')]).toEqual([[1], [3, 2, 1], [1], [1], [], [3]])
  })

  it('[FT1] finds emoji and other symbols', () => {
    put('well done 👍')
    put('it costs 5€')
    expect([seqs('👍'), seqs('€'), seqs('5€')]).toEqual([[1], [2], [2]])
  })

  it('[FT2] gives nothing that is typed a meaning of its own', () => {
    put('plain text')
    for (const query of ['"', 'a" OR "b', 'plain*', 'plain NOT text', 'body:plain', '^plain', '(', 'NEAR(plain text)', "'; DROP TABLE events; --", '-', '\0', '*', 'plain AND']) {
      expect(() => found(query), query).not.toThrow()
    }
    expect([seqs('body:plain'), seqs('plain NOT text'), seqs('"plain text"'), seqs('  '), seqs('...')]).toEqual([[], [], [1], [], []])
    expect(matchOf('a" OR "b')).toBe('"a"* "OR"* "b"*')
    expect(matchOf('x '.repeat(1_000))!.split(' ')).toHaveLength(12)
  })

  it('[FT3] tells the newest first, a page at a time, of one room', () => {
    for (let n = 1; n <= 7; n++) put(`word ${String(n)}`)
    put('word elsewhere', { room: 'h' })
    const first = found('word', undefined, 3)
    expect(first).toMatchObject({ more: true, next: 5 })
    expect(first.events.map(({ seq }) => seq)).toEqual([7, 6, 5])
    expect(seqs('word', 5, 3)).toEqual([4, 3, 2])
    expect(found('word', 2, 3)).toMatchObject({ more: false, events: [{ seq: 1, body: 'word 1', from: ada }] })
    expect(seqs('word', undefined, 50, 'h')).toEqual([1])
    expect(seqs('word', undefined, 50, 'nowhere')).toEqual([])
  })

  it('[FT4] knows each message as it reads now', () => {
    put('the first wording')
    put('another')
    put('second thoughts', { kind: 'edit', target: 1 })
    put('third thoughts', { kind: 'edit', target: 1 })
    expect([seqs('wording'), seqs('second'), seqs('third')]).toEqual([[], [], [1]])
    expect(found('third').events[0]).toMatchObject({ seq: 1, kind: 'message', body: 'third thoughts' })
    put('', { kind: 'delete', target: 1 })
    expect(seqs('thoughts')).toEqual([])
  })

  it('[FT4] reactions and refused messages are not found', () => {
    put('hello')
    put('👍', { kind: 'react', target: 1 })
    store.append([{ room: 'g', from: ada, clientId: `c${String(ids)}`, body: 'other' }])
    expect([seqs('👍'), seqs('other'), seqs('hello')]).toEqual([[], [], [1]])
  })

  it('[FT5] nothing of a deleted text is left in the files of the database, in no wording', () => {
    put('quaternion of the first wording')
    put('xylophonist', { kind: 'edit', target: 1 })
    put('zugzwang', { kind: 'edit', target: 1 })
    put('stays')
    store.close(true)
    expect(bytes()).toContain('zugzwang')
    store = open()
    put('', { kind: 'delete', target: 1 })
    store.close(true)
    for (const word of ['quaternion', 'xylophonist', 'zugzwang']) expect(bytes()).not.toContain(word)
    // Without the texts, in the index alone.
    expect(bytes()).toContain('stays')
    store = open()
    expect(seqs('stays')).toEqual([4])
  })

  it('[FT6] what was said before there was a search is found too, as it reads now', () => {
    put('an old word')
    put('reworded')
    put('now otherwise', { kind: 'edit', target: 2 })
    put('gone')
    put('', { kind: 'delete', target: 4 })
    store.close(true)
    const db = new DatabaseSync(join(folder, 'chat.db'))
    db.exec("DROP TABLE search; DELETE FROM search_rooms")
    db.close()
    store = open()
    expect([seqs('old'), seqs('reworded'), seqs('otherwise'), seqs('gone')]).toEqual([[1], [], [2], []])
    put('a new word')
    expect(seqs('word')).toEqual([6, 1])
  })
})

describe('a page around an event', () => {
  const page = (around: number, limit: number) => {
    const { events, more, newer } = store.page('g', { around, limit })
    return [events.map(({ seq }) => seq), more, newer]
  }

  it('[FT7] has it in the middle and tells honestly what is beyond each end', () => {
    for (let n = 1; n <= 10; n++) put(`m${String(n)}`)
    expect(page(5, 4)).toEqual([[4, 5, 6, 7], true, true])
    expect(page(1, 4)).toEqual([[1, 2, 3, 4], false, true])
    expect(page(10, 4)).toEqual([[7, 8, 9, 10], true, false])
    expect(page(5, 100)).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], false, false])
    expect(page(99, 3)).toEqual([[8, 9, 10], true, false])
    expect(page(0, 3)).toEqual([[1, 2, 3], false, true])
    expect(page(5, 1)).toEqual([[5], true, true])
  })

  it('[FT7] without gaps, also where long texts make it short', () => {
    store.close(true)
    store = openStore({ database: join(folder, 'chat.db'), pageBytes: 4_000 })
    for (let n = 1; n <= 20; n++) put('x'.repeat(500))
    const [seqsThere, more, newer] = page(10, 20) as [number[], boolean, boolean]
    expect(seqsThere.length).toBeLessThan(10)
    expect(seqsThere).toContain(10)
    expect(seqsThere).toEqual(seqsThere.map((_, i) => seqsThere[0]! + i))
    expect([more, newer]).toEqual([true, true])
  })
})
