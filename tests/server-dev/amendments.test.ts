import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type NewMessage, type Store } from '../../server-dev/store.ts'

let folder: string
let store: Store
let ids = 0
const open = (): Store => openStore({ database: join(folder, 'chat.db') })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-amendments-'))
  store = open()
  store.saveRoom({ room: 'g', title: 'G' })
})
afterEach(() => {
  store.close(true)
  rmSync(folder, { recursive: true, force: true })
})

const ada = { id: 'u1', name: 'Ada' }
const bob = { id: 'u2', name: 'Bob' }
const make = (changes: Partial<NewMessage>): NewMessage => ({ room: 'g', from: ada, clientId: `c${String(++ids)}`, body: 'text', ...changes })
const put = (changes: Partial<NewMessage>) => store.append([make(changes)])[0]!
/** The seq of what was added, `=seq` of what was there already, or why it was refused. */
const told = (changes: Partial<NewMessage>): number | string => {
  const stored = put(changes)
  if (!stored.ok) return stored.code
  return stored.duplicate ? `=${String(stored.event.seq)}` : stored.event.seq
}
const log = () => store.page('g', { limit: 300 }).events
const edit = (target: number, body: string, changes: Partial<NewMessage> = {}) => told({ kind: 'edit', target, body, ...changes })
const remove = (target: number, changes: Partial<NewMessage> = {}) => told({ kind: 'delete', target, body: '', ...changes })
const react = (target: number, body: string, changes: Partial<NewMessage> = {}) => told({ kind: 'react', target, body, ...changes })
const unreact = (target: number, body: string, changes: Partial<NewMessage> = {}) => told({ kind: 'unreact', target, body, ...changes })

describe('changes of messages in the log', () => {
  it('[ED1] are events with a seq of their own, and pages bring them', () => {
    put({})
    expect([edit(1, 'better'), react(1, '👍', { from: bob }), unreact(1, '👍', { from: bob }), told({ replyTo: 1 }), remove(1)]).toEqual([2, 3, 4, 5, 6])
    expect(log().map(({ seq, kind, target, replyTo }) => [seq, kind, target ?? replyTo])).toEqual([
      [1, 'message', undefined],
      [2, 'edit', 1],
      [3, 'react', 1],
      [4, 'unreact', 1],
      [5, 'message', 1],
      [6, 'delete', 1],
    ])
  })

  it('[ED2] are for the author where they change the text', () => {
    put({})
    expect(edit(1, 'mine', { from: bob })).toBe('forbidden')
    expect(remove(1, { from: bob })).toBe('forbidden')
    expect(react(1, '👍', { from: bob })).toBe(2)
    expect(log()[0]).toMatchObject({ body: 'text' })
  })

  it('[ED3] need a message of this room that is not deleted', () => {
    store.saveRoom({ room: 'h', title: 'H' })
    put({})
    put({ room: 'h' })
    put({ room: 'h' })
    edit(1, 'better')
    for (const target of [99, Number.MAX_SAFE_INTEGER, 2]) {
      expect([edit(target, 'x'), remove(target), react(target, 'x'), unreact(target, 'x')]).toEqual(Array(4).fill('target_not_found'))
      expect(told({ replyTo: target })).toBe('target_not_found')
    }
    expect(unreact(1, 'never there')).toBe('target_not_found')
    remove(1)
    expect([edit(1, 'x'), react(1, 'x'), unreact(1, 'x')]).toEqual(Array(3).fill('target_deleted'))
    expect(store.room('g')?.top).toBe(3)
  })

  it('[ED4] that change nothing make no event, and never do, whatever happened since', () => {
    put({})
    expect(react(1, '👍')).toBe(2)
    expect(react(1, '👍', { clientId: 'again' })).toBe('=2')
    expect(react(1, '👍', { from: bob })).toBe(3)
    expect(unreact(1, '👍')).toBe(4)
    expect(unreact(1, '👍', { clientId: 'off again' })).toBe('=4')
    store.close(false)
    store = open()
    expect(react(1, '👍', { clientId: 'again' })).toBe('=2')
    expect(react(1, '👍')).toBe(5)
    expect(unreact(1, '👍', { clientId: 'off again' })).toBe('=4')
    expect(react(1, '🎉', { clientId: 'again' })).toBe('client_id_conflict')
    expect(remove(1)).toBe(6)
    expect(remove(1)).toBe('=6')
    expect(store.room('g')?.top).toBe(6)
  })

  it('[ED4] twice in one batch are one event', () => {
    put({})
    const twice = store.append([make({ kind: 'react', target: 1, body: '👍' }), make({ kind: 'react', target: 1, body: '👍' })])
    expect(twice.map((stored) => stored.ok && [stored.event.seq, stored.duplicate])).toEqual([[2, false], [2, true]])
  })

  it('[ED5] under a client id that said something else are a conflict', () => {
    put({ clientId: 'm' })
    put({})
    expect(edit(1, 'text', { clientId: 'm' })).toBe('client_id_conflict')
    expect(edit(1, 'x', { clientId: 'e' })).toBe(3)
    expect(edit(1, 'x', { clientId: 'e' })).toBe('=3')
    expect(edit(2, 'x', { clientId: 'e' })).toBe('client_id_conflict')
    expect(edit(1, 'y', { clientId: 'e' })).toBe('client_id_conflict')
    expect(told({ clientId: 'm', replyTo: 2 })).toBe('client_id_conflict')
  })

  it('[ED6] a deletion leaves no text behind, in no event and in no file', () => {
    const secrets = ['the first secret', 'the second secret', 'the third secret']
    put({ body: secrets[0]!, clientId: 'said' })
    edit(1, secrets[1]!, { clientId: 'edited' })
    edit(1, secrets[2]!)
    react(1, '👍', { from: bob })
    put({ body: 'stays' })
    remove(1)
    expect(log().map(({ body, deleted = false }) => [body, deleted])).toEqual([
      ['', true],
      ['', true],
      ['', true],
      ['👍', false],
      ['stays', false],
      ['', false],
    ])
    store.close(true)
    const bytes = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1')).join('')
    expect(bytes).toContain('stays')
    for (const secret of secrets) expect(bytes).not.toContain(secret)
    store = open()
    expect(told({ body: secrets[0]!, clientId: 'said' })).toBe('=1')
    expect(edit(1, secrets[1]!, { clientId: 'edited' })).toBe('=2')
  })

  it('[ED7] a deleted message can still be answered', () => {
    put({})
    remove(1)
    expect(told({ replyTo: 1 })).toBe(3)
  })

  it('[ED8] a person puts 20 different reactions on a message, not more', () => {
    put({})
    for (let i = 0; i < 20; i++) expect(react(1, `r${String(i)}`)).toBe(i + 2)
    expect(react(1, 'one more')).toBe('reaction_limit')
    expect(react(1, 'one more', { from: bob })).toBe(22)
    expect(unreact(1, 'r0')).toBe(23)
    expect(react(1, 'one more')).toBe(24)
  })
})

describe('a database of before', () => {
  // As the first version made it.
  const V1 = `
    CREATE TABLE meta (k TEXT PRIMARY KEY, v TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE rooms (id TEXT PRIMARY KEY, title TEXT NOT NULL, epoch TEXT NOT NULL, first_seq INTEGER NOT NULL DEFAULT 1,
      last_seq INTEGER NOT NULL DEFAULT 0, last_ts INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE events (room_id TEXT NOT NULL REFERENCES rooms (id), seq INTEGER NOT NULL, kind TEXT NOT NULL, sender TEXT NOT NULL,
      sender_name TEXT NOT NULL, client_id TEXT NOT NULL, ts INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (room_id, seq)) WITHOUT ROWID;
    CREATE UNIQUE INDEX events_by_client_id ON events (sender, client_id);
    INSERT INTO rooms VALUES ('old', 'Old', 'e1', 1, 2, 7, 1);
    INSERT INTO events VALUES ('old', 1, 'message', 'u1', 'Ada', 'old1', 5, 'first'), ('old', 2, 'message', 'u2', 'Bob', 'old2', 7, 'second');
    INSERT INTO meta VALUES ('schema_version', '1'), ('clean_shutdown', '0');`

  const openOld = (): Store => {
    const file = join(folder, 'old.db')
    const db = new DatabaseSync(file)
    db.exec(V1)
    db.close()
    return openStore({ database: file })
  }

  it('[ED9] goes on with its rooms, epochs, messages and client ids, and takes changes of old messages', () => {
    const old = openOld()
    expect(old.room('old')).toMatchObject({ epoch: 'e1', top: 2 })
    expect(old.page('old', { limit: 9 }).events).toEqual([
      { room: 'old', seq: 1, kind: 'message', from: ada, clientId: 'old1', ts: 5, body: 'first' },
      { room: 'old', seq: 2, kind: 'message', from: bob, clientId: 'old2', ts: 7, body: 'second' },
    ])
    const stored = old.append([
      make({ room: 'old', clientId: 'old1', body: 'first' }),
      make({ room: 'old', kind: 'edit', target: 1, body: 'better' }),
      make({ room: 'old', kind: 'edit', target: 2, body: 'worse' }),
      make({ room: 'old', kind: 'delete', target: 1, body: '' }),
    ])
    expect(stored.map((one) => (one.ok ? one.event.seq : one.code))).toEqual([1, 3, 'forbidden', 4])
    old.close(true)
    const again = openStore({ database: join(folder, 'old.db') })
    expect(again.page('old', { limit: 9 }).events.map(({ body }) => body)).toEqual(['', 'second', '', ''])
    again.close(true)
  })

  it('[ED9] is either brought forward whole or left as it was', () => {
    const file = join(folder, 'half.db')
    const db = new DatabaseSync(file)
    // In the way of the new schema.
    db.exec(`${V1} CREATE TABLE noops (x)`)
    expect(() => openStore({ database: file })).toThrow()
    expect(db.prepare('SELECT v FROM meta WHERE k = ?').get('schema_version')).toEqual({ v: '1' })
    db.exec('DROP TABLE noops')
    db.close()
    const late = openStore({ database: file })
    expect(late.room('old')?.top).toBe(2)
    late.close(true)
  })
})
