import 'fake-indexeddb/auto'
import { deleteDB, openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChatError } from '../../src/core/index.ts'
import { indexedDbStorage } from '../../src/storage.ts'
import type { KeptSending, SendingShelf } from '../../src/storage/types.ts'
import { createFakeLocks } from './support/fake-locks.ts'

let count = 0
let name = ''
const open: SendingShelf[] = []

beforeEach(() => {
  name = `files-${++count}`
  vi.stubGlobal('navigator', { locks: createFakeLocks() })
})
afterEach(async () => {
  for (const shelf of open.splice(0)) shelf.close()
  vi.unstubAllGlobals()
  await deleteDB(`${name}:files`, { blocked: () => undefined })
})

const page = (user = 'ada', maxFileBytes = 100) => {
  const left: string[] = []
  const files: KeptSending['files'][number][] = []
  const errors: ChatError[] = []
  const shelf = indexedDbStorage({ name, maxFileBytes }).keepFiles!(
    user,
    (sendings) => {
      left.push(...sendings.map(({ message }) => message.clientId))
      files.push(...sendings.flatMap((sending) => sending.files))
    },
    (error) => errors.push(error),
  )
  open.push(shelf)
  return { shelf, left, files, errors }
}
const sending = (clientId: string, text = 'text', createdAt = 1): KeptSending => ({
  message: { room: 'general', clientId, body: 'look', createdAt },
  files: [{ name: 'a.txt', type: 'text/plain', size: text.length, file: new Blob([text], { type: 'text/plain' }) }],
})

describe('messages that wait for their files', () => {
  it('[ST20] are given to the next page with their files, in order, and no longer when they were sent', async () => {
    const first = page()
    expect(await first.shelf.put(sending('c2', 'second', 2))).toBe(true)
    expect(await first.shelf.put(sending('c1', 'first', 1))).toBe(true)
    await first.shelf.put(sending('gone'))
    first.shelf.remove('gone')
    first.shelf.close()
    const second = page()
    await vi.waitFor(() => expect(second.left).toEqual(['c1', 'c2']))
    expect(second.files.map(({ size, name: of }) => [of, size])).toEqual([['a.txt', 5], ['a.txt', 6]])
    for (const id of second.left) second.shelf.remove(id)
    second.shelf.close()
    const third = page()
    expect(await third.shelf.put(sending('c3'))).toBe(true)
    expect(third.left).toEqual([])
  })

  it('[ST21] stay with a page that is open, and come to one that is open when it is gone', async () => {
    const [first, second] = [page(), page()]
    expect(await first.shelf.put(sending('c1'))).toBe(true)
    await second.shelf.put(sending('mine'))
    const third = page()
    await third.shelf.put(sending('other'))
    expect([second.left, third.left]).toEqual([[], []])
    first.shelf.close()
    await vi.waitFor(() => expect([...second.left, ...third.left]).toEqual(['c1']))
  })

  it('[ST22] that are too big are kept without their files, with the names of these, and the page is told', async () => {
    const first = page('ada', 8)
    expect(await first.shelf.put(sending('small', '12345'))).toBe(true)
    expect(await first.shelf.put(sending('big', '123456'))).toBe(false)
    // As soon as there is room.
    first.shelf.remove('small')
    expect(await first.shelf.put(sending('next', '12345678'))).toBe(true)
    first.shelf.close()
    const second = page()
    await vi.waitFor(() => expect(second.left.toSorted()).toEqual(['big', 'next']))
    expect(second.files.filter(({ file }) => !file)).toEqual([{ name: 'a.txt', type: 'text/plain', size: 6 }])
  })

  it('[ST23] of others are not seen, are forgotten at sign-out, and what cannot be read is left out', async () => {
    const first = page()
    await first.shelf.put(sending('c1'))
    first.shelf.close()
    const other = page('bob')
    expect(await other.shelf.put(sending('b1'))).toBe(true)
    expect(other.left).toEqual([])
    other.shelf.close()
    const db = await openDB(`${name}:files`)
    await db.put('sendings', { user: 'ada', clientId: 'broken', owner: 'x', message: 7, files: [] })
    db.close()
    await indexedDbStorage({ name }).wipe('ada')
    const [again, bob] = [page(), page('bob')]
    await vi.waitFor(() => expect(bob.left).toEqual(['b1']))
    await again.shelf.put(sending('new'))
    expect([again.left, again.errors]).toEqual([[], []])
  })

  it('[ST24] without a disk live as long as the page, which is told once, and asks before it is left', async () => {
    vi.stubGlobal('indexedDB', { open: () => { throw new DOMException('no', 'SecurityError') } })
    const { shelf, errors } = page()
    expect([await shelf.put(sending('c1')), await shelf.put(sending('c2'))]).toEqual([false, false])
    expect(errors.map(({ code }) => code)).toEqual(['storage_refused'])
    shelf.remove('c1')
    shelf.close()
  })
})
