import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../server-dev/schema.ts'
import { openStore, type NewMessage, type Store } from '../../server-dev/store.ts'

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-store-'))
  store = openStore({ database: join(folder, 'chat.db'), now: () => clock })
  store.saveRoom({ room: 'g', title: 'G' })
})
afterEach(() => {
  store.close(true)
  rmSync(folder, { recursive: true, force: true })
})

let clock = 1_000
const ada = { id: 'u1', name: 'Ada' }
const bob = { id: 'u2', name: 'Bob' }
const message = (clientId: string, overrides: Partial<NewMessage> = {}): NewMessage => ({
  room: 'g',
  from: ada,
  clientId,
  body: `body of ${clientId}`,
  ...overrides,
})
const many = (n: number, from = 1) => Array.from({ length: n }, (_, i) => message(`c${String(from + i)}`))
const reopen = (): Store => openStore({ database: join(folder, 'chat.db') })

describe('store', () => {
  it('[DB1] numbers a room from 1 without holes', () => {
    store.append(many(3))
    store.append(many(2, 4))
    expect(store.page('g', { limit: 10 }).events.map((e) => e.seq)).toEqual([1, 2, 3, 4, 5])
    expect(store.room('g')).toMatchObject({ first: 1, top: 5 })
  })

  it('[DB2] stores one client id of one sender once, for ever', () => {
    const [first] = store.append([message('c1')])
    store.close(true)
    store = reopen()
    const [second] = store.append([message('c1')])
    expect(first).toMatchObject({ ok: true, duplicate: false, event: { seq: 1 } })
    expect(second).toMatchObject({ ok: true, duplicate: true, event: { seq: 1 } })
    expect(store.room('g')?.top).toBe(1)
  })

  it('[DB2] the same client id twice in one batch is one message', () => {
    const stored = store.append([message('c1'), message('c1')])
    expect(stored.map((s) => s.ok && [s.event.seq, s.duplicate])).toEqual([[1, false], [1, true]])
  })

  it('[DB2] another sender may use the same client id', () => {
    const stored = store.append([message('c1'), message('c1', { from: bob })])
    expect(stored.map((s) => s.ok && s.event.seq)).toEqual([1, 2])
  })

  it('[DB3] the same client id with another body or room is a conflict, and the rest of the batch is stored', () => {
    store.saveRoom({ room: 'h', title: 'H' })
    const stored = store.append([message('c1'), message('c1', { body: 'other' }), message('c1', { room: 'h' }), message('c2')])
    expect(stored.map((s) => (s.ok ? s.event.seq : s.code))).toEqual([1, 'client_id_conflict', 'client_id_conflict', 2])
  })

  it('[DB3] a message for a room that does not exist takes no number', () => {
    expect(store.append([message('c1', { room: 'nowhere' })])).toEqual([{ ok: false, code: 'not_found' }])
  })

  it('[DB4] time never runs backwards within a room, whatever the clock does', () => {
    clock = 5_000
    store.append([message('c1')])
    clock = 1_000
    store.append([message('c2')])
    clock = 6_000
    store.append([message('c3')])
    expect(store.page('g', { limit: 10 }).events.map((e) => e.ts)).toEqual([5_000, 5_000, 6_000])
    clock = 1_000
  })

  it('[DB5] pages are ascending and say whether there is more', () => {
    store.append(many(5))
    const page = (query: object) => {
      const { events, more } = store.page('g', { limit: 2, ...query })
      return [...events.map((e) => e.seq), more]
    }
    expect(page({})).toEqual([4, 5, true])
    expect(page({ before: 3 })).toEqual([1, 2, false])
    expect(page({ before: 1 })).toEqual([false])
    expect(page({ after: 3 })).toEqual([4, 5, false])
    expect(page({ after: 0 })).toEqual([1, 2, true])
    expect(page({ after: 99 })).toEqual([false])
  })

  it('[DB5] a page ends before it gets too big, never empty', () => {
    const small = openStore({ database: ':memory:', pageBytes: 1_000 })
    small.saveRoom({ room: 'g', title: 'G' })
    small.append(many(5).map((m) => ({ ...m, body: 'x'.repeat(900) })))
    expect(small.page('g', { limit: 5 })).toMatchObject({ events: [{ seq: 5 }], more: true })
    expect(small.page('g', { after: 0, limit: 5 })).toMatchObject({ events: [{ seq: 1 }], more: true })
    small.close(true)
  })

  it('[DB6] keeps a room and its epoch over restarts, and a new database has another epoch', () => {
    const { epoch } = store.room('g')!
    store.close(false)
    store = reopen()
    expect(store.saveRoom({ room: 'g', title: 'New title' })).toMatchObject({ epoch, title: 'New title' })
    const other = openStore({ database: ':memory:' })
    expect(other.saveRoom({ room: 'g', title: 'G' }).epoch).not.toBe(epoch)
    other.close(true)
  })

  it.each([
    ['SQL in every field', "'); DROP TABLE events; --"],
    ['NUL', 'a\u0000b'],
    ['right-to-left override', '\u202eabc'],
    ['10,000 combining marks', 'e' + '\u0301'.repeat(10_000)],
    ['emoji', '👩‍👩‍👧‍👦'],
  ])('[DB7] gives back %s as it was', (_name, text) => {
    store.append([message('c1', { body: text, from: { id: 'u1', name: text } })])
    expect(store.page('g', { limit: 1 }).events[0]).toMatchObject({ body: text, from: { name: text } })
    expect(store.append([message('c1', { body: text })])).toMatchObject([{ duplicate: true }])
  })

  it('[DB8] checks the file after an unclean end and refuses a damaged one with a sentence', () => {
    store.append(many(500))
    store.close(false)
    const file = join(folder, 'chat.db')
    const db = new DatabaseSync(file)
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    const { rootpage } = db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'events'").get() as unknown as { rootpage: number }
    db.close()
    writeFileSync(file, readFileSync(file).fill(0xff, (rootpage - 1) * 4_096, rootpage * 4_096))
    expect(reopen).toThrow(/damaged/)
    rmSync(file)
    store = reopen()
  })

  it('[DB9] refuses the schema of another version with a sentence', () => {
    store.close(true)
    const db = new DatabaseSync(join(folder, 'chat.db'))
    db.exec("UPDATE meta SET v = '99' WHERE k = 'schema_version'")
    db.close()
    expect(reopen).toThrow(/schema 99/)
    writeFileSync(join(folder, 'chat.db'), '')
    store = reopen()
  })

  it('[DB14] writes ahead and waits for the disk', () => {
    const db = new DatabaseSync(join(folder, 'other.db'))
    migrate(db)
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
    db.close()
  })

  it('[SV22] the first spelling of a name stays', () => {
    expect(store.saveUser({ id: 'u9', name: 'Zoë' })).toEqual({ id: 'u9', name: 'Zoë' })
    expect(store.saveUser({ id: 'u9', name: 'ZOË' })).toEqual({ id: 'u9', name: 'Zoë' })
  })
})
