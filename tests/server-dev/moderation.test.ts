import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { permissionsOf } from '../../server-dev/rooms/access.ts'
import { openStore, type NewMessage, type Store } from '../../server-dev/store.ts'

const owner = { id: 'u1', name: 'Olga' }
const bob = { id: 'u2', name: 'Bob' }
const cyd = { id: 'u3', name: 'Cyd' }

let folder: string
let store: Store
let room: string
let ids = 0
const open = (): Store => openStore({ database: join(folder, 'chat.db') })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-moderation-'))
  store = open()
  store.members.saveUsers([owner, bob, cyd])
  room = store.members.create({ title: 'G', isPrivate: false, isReadOnly: false, owner, members: [bob.id, cyd.id] })
})
afterEach(() => {
  store.close(true)
  rmSync(folder, { recursive: true, force: true })
})

const put = (changes: Partial<NewMessage>) => store.append([{ room, from: bob, clientId: `c${String(++ids)}`, body: 'text', ...changes }])[0]!
/** The seq of what was added, `=seq` of what was there already, or why it was refused. */
const told = (changes: Partial<NewMessage>): number | string => {
  const stored = put(changes)
  if (!stored.ok) return stored.code
  return stored.duplicate ? `=${String(stored.event.seq)}` : stored.event.seq
}
const remove = (target: number, from: NewMessage['from'], more: Partial<NewMessage> = {}) => told({ kind: 'delete', target, body: '', from, ...more })
const log = () => store.page(room, { limit: 300 }).events

describe('messages of others', () => {
  it('[MO1] are deleted by an owner of the room, and changed by their author alone', () => {
    put({})
    expect(told({ kind: 'edit', target: 1, body: 'mine now', from: owner })).toBe('forbidden')
    expect(remove(1, owner)).toBe(2)
    expect(log()[0]).toMatchObject({ body: '', deleted: true, deletedBy: owner })
  })

  it('[MO1] are deleted by nobody where a room has no owner', () => {
    store.saveRoom({ room: 'general', title: 'General' })
    store.members.addToAll(owner.id, ['general'])
    const direct = store.members.direct(owner, bob)
    for (const name of ['general', direct]) {
      put({ room: name })
      expect(remove(1, owner, { room: name })).toBe('forbidden')
      expect(remove(1, bob, { room: name })).toBe(2)
      expect(store.page(name, { limit: 9 }).events[0]).not.toHaveProperty('deletedBy')
    }
  })

  it('[MO5] of a configured room are deleted by those whom the operator names now, and by nobody who was named before', () => {
    store.saveRoom({ room: 'news', title: 'News' })
    store.members.addToAll(cyd.id, ['news'])
    store.members.setOwners('news', [owner.id])
    store.members.setOwners('news', [cyd.id])
    put({ room: 'news' })
    expect(remove(1, owner, { room: 'news' })).toBe('forbidden')
    expect(remove(1, cyd, { room: 'news' })).toBe(2)
    const standing = { user: cyd, facts: store.members.room('news')!, membership: store.members.membership('news', cyd.id), isForAll: true }
    expect(permissionsOf(standing)).toMatchObject({ send: true, moderate: true, manage: false, invite: false })
  })

  it('[MO2] leave who deleted them, with nothing of what they were, also after a restart', () => {
    put({ body: 'secret words' })
    told({ kind: 'edit', target: 1, body: 'secret edit' })
    told({ kind: 'react', target: 1, body: '👍', from: cyd })
    remove(1, owner)
    store.close(true)
    store = open()
    expect(log().map(({ kind, body, deleted = false, deletedBy }) => [kind, body, deleted, deletedBy?.name])).toEqual([
      ['message', '', true, 'Olga'],
      ['edit', '', true, 'Olga'],
      ['react', '👍', false, undefined],
      ['delete', '', false, undefined],
    ])
    expect(store.members.last(room)).toMatchObject({ body: '', deleted: true, deletedBy: owner })
    expect(store.search(room, 'secret', { limit: 9 })?.events).toEqual([])
  })

  it('[MO2] name nobody where it was the author, the owner or not', () => {
    put({})
    put({ from: owner })
    remove(1, bob)
    remove(2, owner)
    expect(log().filter(({ deletedBy }) => deletedBy)).toEqual([])
  })

  it('[MO2] lose their files as by their author', () => {
    const id = 'file-of-bob-0123456789'
    store.files.add({ id, owner: bob.id, name: 'a.txt', type: 'text/plain', size: 3 })
    put({ attachments: [id] })
    expect(log()[0]).toHaveProperty('attachments')
    remove(1, owner)
    expect(log()[0]).not.toHaveProperty('attachments')
    expect(store.files.get(id)).toBeUndefined()
  })

  it('[MO3] are out of reach for members, owners of other rooms, and owners who left', () => {
    put({})
    const other = store.members.create({ title: 'H', isPrivate: false, isReadOnly: false, owner: cyd, members: [] })
    expect(remove(1, cyd)).toBe('forbidden')
    expect(remove(1, cyd, { room: other })).toBe('target_not_found')
    store.members.remove(room, owner.id)
    expect(remove(1, owner)).toBe('forbidden')
    store.members.add(room, owner.id)
    expect(remove(1, owner)).toBe('forbidden')
    expect(log()).toHaveLength(1)
    expect(log()[0]).toMatchObject({ body: 'text' })
  })

  it('[MO4] are deleted once: a second deletion makes no event, and the first name stays', () => {
    put({})
    put({})
    remove(1, owner, { clientId: 'first' })
    remove(2, bob)
    expect([remove(1, owner), remove(1, bob), remove(1, owner, { clientId: 'first' })]).toEqual(['=3', '=3', '=3'])
    expect(remove(2, owner)).toBe('=4')
    expect(remove(1, cyd)).toBe('forbidden')
    expect(log().map(({ seq, deletedBy }) => [seq, deletedBy?.id])).toEqual([[1, 'u1'], [2, undefined], [3, undefined], [4, undefined]])
  })
})
