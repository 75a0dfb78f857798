import 'fake-indexeddb/auto'
import { deleteDB, openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSession, type Session, type SessionEventMap } from '../../src/core/index.ts'
import { chatV1Dialect } from '../../src/dialects/index.ts'
import { indexedDbStorage } from '../../src/storage.ts'
import { createFakeServer, type FakeServer } from '../../src/testing.ts'
import { createFakeLocks } from './support/fake-locks.ts'

const ME = { id: 'me', name: 'Me' }
const ANN = { id: 'ann', name: 'Ann' }
let count = 0
let name = ''
let locks = createFakeLocks()

beforeEach(() => {
  name = `chat-${++count}`
  locks = createFakeLocks()
  vi.stubGlobal('navigator', { locks })
})
const open: { readonly page: Page }[] = []
afterEach(async () => {
  for (const { page } of open.splice(0)) page.close()
  vi.unstubAllGlobals()
  await deleteDB(name, { blocked: () => undefined })
})

interface Page {
  readonly session: Session
  readonly told: SessionEventMap[keyof SessionEventMap][]
  errors(): string[]
  bodies(): string[]
  queued(): string[]
  /** As a page that is closed or crashes: it gets no chance to say anything. */
  close(): void
}

/** A page of the app, with a session that is kept. */
const openPage = (server: FakeServer, { user = ME }: { readonly user?: typeof ME | undefined } = {}): Page => {
  const session = createSession({ url: 'ws://test/', dialect: chatV1Dialect(), transport: server.connect, ...(user && { user }) })
  const told: Page['told'] = []
  const errors: string[] = []
  const bodies: string[] = []
  const queued: string[] = []
  session.on('error', (error) => errors.push(error.code))
  session.on('message', (message) => bodies.push(message.body))
  session.on('queued', (message) => queued.push(message.body))
  const detach = indexedDbStorage({ name }).attach(session)
  let isOver = false
  const page: Page = {
    session,
    told,
    errors: () => errors,
    bodies: () => bodies,
    queued: () => queued,
    close() {
      if (isOver) return
      isOver = true
      detach()
      session.dispose()
    },
  }
  open.push({ page })
  return page
}

const stored = async (store: 'messages' | 'rooms') => {
  const db = await openDB(name)
  const all = db.objectStoreNames.contains(store) ? await db.getAll(store) : []
  db.close()
  return all as { body?: string; user: string; failure?: object; messages?: { seq: number; body: string }[] }[]
}
const whenStored = (bodies: string[]) =>
  vi.waitFor(async () => {
    expect((await stored('messages')).map((m) => m.body).sort()).toEqual([...bodies].sort())
  })

describe('IndexedDB', () => {
  it('[ST1] what was typed offline goes out once from the next page, in order', async () => {
    const server = createFakeServer()
    server.refuse(true)
    const first = openPage(server)
    first.session.enter('general')
    for (const body of ['1', '2', '3']) first.session.sendMessage({ room: 'general', body })
    await whenStored(['1', '2', '3'])
    first.close()

    server.refuse(false)
    const second = openPage(server)
    second.session.enter('general')
    second.session.open()
    await vi.waitFor(() => {
      expect(server.log('general').map((e) => e.body)).toEqual(['1', '2', '3'])
    })
    await whenStored([])
    second.close()
    const third = openPage(server)
    third.session.enter('general')
    third.session.open()
    await vi.waitFor(() => {
      expect(third.bodies()).toEqual(['1', '2', '3'])
    })
    expect(server.log('general')).toHaveLength(3)
  })

  it('[ST13] what several pages left goes out in the order of writing, before what the next one writes', async () => {
    const server = createFakeServer()
    server.refuse(true)
    const [one, two] = [openPage(server), openPage(server)]
    const all: string[] = []
    for (const [page, body] of [[one, '1'], [two, '2'], [one, '3'], [two, '4']] as const) {
      const before = Date.now()
      page.session.sendMessage({ room: 'general', body })
      all.push(body)
      await whenStored(all)
      await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(before))
    }
    one.close()
    two.close()
    await vi.waitFor(() => {
      expect(locks.waiting()).toBe(0)
    })

    server.refuse(false)
    const next = openPage(server)
    next.session.enter('general')
    next.session.open()
    next.session.sendMessage({ room: 'general', body: '5' })
    await vi.waitFor(() => {
      expect(server.log('general')).toHaveLength(5)
    })
    expect(server.log('general').map((e) => e.body)).toEqual(['1', '2', '3', '4', '5'])
  })

  it('[ST2] a room is shown from the disk before the server is asked', async () => {
    const server = createFakeServer()
    for (const body of ['a', 'b', 'c']) server.say('general', ANN, body)
    const first = openPage(server)
    first.session.enter('general')
    first.session.open()
    await vi.waitFor(async () => {
      expect((await stored('rooms')).flatMap((r) => r.messages?.map((m) => m.body) ?? [])).toEqual(['a', 'b', 'c'])
    })
    first.close()

    server.refuse(true)
    const second = openPage(server)
    second.session.enter('general')
    await vi.waitFor(() => {
      expect(second.bodies()).toEqual(['a', 'b', 'c'])
    })
    server.say('general', ANN, 'd')
    server.refuse(false)
    second.session.open()
    await vi.waitFor(() => {
      expect(second.bodies()).toEqual(['a', 'b', 'c', 'd'])
    })
    expect(server.received.filter((f) => f.type === 'join').at(-1)).toMatchObject({ since: { seq: 3 } })
  })

  it('[ST3] of two pages each looks after its own; what one leaves the other takes', async () => {
    const server = createFakeServer()
    server.refuse(true)
    const [one, two] = [openPage(server), openPage(server)]
    one.session.sendMessage({ room: 'general', body: 'from one' })
    two.session.sendMessage({ room: 'general', body: 'from two' })
    await whenStored(['from one', 'from two'])
    const late = openPage(server)
    await vi.waitFor(() => {
      expect(locks.waiting()).toBeGreaterThan(0)
    })
    expect([one.queued(), two.queued(), late.queued()]).toEqual([['from one'], ['from two'], []])
    one.close()
    await vi.waitFor(() => {
      expect([...two.queued(), ...late.queued()].sort()).toEqual(['from one', 'from two'])
    })
  })

  it('[ST14] what was typed before the disk was there, in a page that was left at once, goes out from the page that is open', async () => {
    const server = createFakeServer()
    server.refuse(true)
    const other = openPage(server)
    other.session.sendMessage({ room: 'general', body: 'from the other' })
    await whenStored(['from the other'])
    const short = openPage(server)
    short.session.sendMessage({ room: 'general', body: 'in haste' })
    short.close()
    await vi.waitFor(() => {
      expect(other.queued()).toEqual(['from the other', 'in haste'])
    })
  })

  it('[ST14] nor is it lost when the next page has looked before it was written', async () => {
    const server = createFakeServer()
    server.refuse(true)
    const short = openPage(server)
    short.session.sendMessage({ room: 'general', body: 'in haste' })
    short.close()
    const next = openPage(server)
    await vi.waitFor(() => {
      expect(next.queued()).toEqual(['in haste'])
    })
  })

  it('[ST15] a long queue is written, and taken off again, in a few transactions', async () => {
    const server = createFakeServer()
    const page = openPage(server)
    page.session.enter('general')
    page.session.open()
    await page.session.sendMessage({ room: 'general', body: 'first' }).settled
    await whenStored([])
    const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const writes = () => transactions.mock.calls.filter(([store, mode]) => store === 'messages' && mode === 'readwrite').length
    try {
      const said = Array.from({ length: 80 }, (_, i) => page.session.sendMessage({ room: 'general', body: String(i) }))
      await Promise.all(said.map(({ settled }) => settled))
      await whenStored([])
      expect(writes()).toBeLessThan(10)
      expect(server.log('general')).toHaveLength(81)
    } finally {
      transactions.mockRestore()
    }
  })

  it('[ST15] a page that is left at once has written all of it', async () => {
    const server = createFakeServer()
    server.refuse(true)
    const first = openPage(server)
    first.session.sendMessage({ room: 'general', body: 'one' })
    await whenStored(['one'])
    first.session.sendMessage({ room: 'general', body: 'two' })
    const { clientId } = first.session.sendMessage({ room: 'general', body: 'never mind' })
    first.session.cancel(clientId)
    first.close()
    await whenStored(['one', 'two'])
  })

  it('[ST18] a long queue comes back in order, a part at a time, before what the new page writes', async () => {
    const server = createFakeServer()
    server.refuse(true)
    const first = openPage(server)
    const all = Array.from({ length: 900 }, (_, i) => String(i))
    for (const body of all) first.session.sendMessage({ room: 'general', body })
    await whenStored(all)
    first.close()
    const second = openPage(server)
    const parts: number[] = []
    second.session.subscribe(({ pendingCount }) => parts.push(pendingCount))
    second.session.sendMessage({ room: 'general', body: 'new' })
    await vi.waitFor(() => {
      expect(second.queued()).toEqual(['new', ...all])
    })
    expect(parts.length).toBeGreaterThan(2)
    const sent: string[] = []
    server.intercept((frame) => {
      if (frame.type === 'send') sent.push(frame.body)
      return frame.type === 'send'
    })
    server.refuse(false)
    second.session.enter('general')
    second.session.open()
    await vi.waitFor(() => {
      expect(sent.length).toBeGreaterThan(50)
    })
    expect(sent).toEqual(all.slice(0, sent.length))
  })

  it('[ST3] what was taken over and left again is taken by the next', async () => {
    const server = createFakeServer()
    server.refuse(true)
    const one = openPage(server)
    one.session.sendMessage({ room: 'general', body: 'wandering' })
    await whenStored(['wandering'])
    one.close()
    const two = openPage(server)
    await vi.waitFor(() => {
      expect(two.queued()).toEqual(['wandering'])
    })
    const three = openPage(server)
    await vi.waitFor(() => {
      expect(locks.waiting()).toBeGreaterThan(0)
    })
    expect(three.queued()).toEqual([])
    two.close()
    await vi.waitFor(() => {
      expect(three.queued()).toEqual(['wandering'])
    })
  })

  it("[ST5] a page of another user does not stand in the way of one's own", async () => {
    const server = createFakeServer()
    server.refuse(true)
    const left = openPage(server)
    const other = openPage(server, { user: ANN })
    left.session.sendMessage({ room: 'general', body: 'mine' })
    other.session.sendMessage({ room: 'general', body: 'hers' })
    await whenStored(['hers', 'mine'])
    left.close()
    await vi.waitFor(() => {
      expect(locks.waiting()).toBe(0)
    })
    const next = openPage(server)
    await vi.waitFor(() => {
      expect(next.queued()).toEqual(['mine'])
    })
  })

  it('[ST4] what was refused stays until a person decides', async () => {
    const server = createFakeServer()
    server.intercept((frame, push) => {
      if (frame.type !== 'send') return false
      push({ type: 'error', clientId: frame.clientId, code: 'forbidden', message: 'no', retry: false })
      return true
    })
    const first = openPage(server)
    first.session.enter('general')
    first.session.open()
    const sent = first.session.sendMessage({ room: 'general', body: 'x' })
    await sent.settled
    await vi.waitFor(async () => {
      expect(await stored('messages')).toMatchObject([{ failure: { code: 'forbidden' } }])
    })
    first.close()
    const second = openPage(server)
    const rejected = vi.fn()
    second.session.on('rejected', rejected)
    await vi.waitFor(() => {
      expect(rejected).toHaveBeenCalledTimes(1)
    })
    second.session.cancel(sent.clientId)
    await whenStored([])
  })

  it('[ST5] each user has their own, and signing out forgets it', async () => {
    const server = createFakeServer()
    server.refuse(true)
    const mine = openPage(server)
    mine.session.sendMessage({ room: 'general', body: 'mine' })
    await whenStored(['mine'])
    const hers = openPage(server, { user: ANN })
    hers.session.sendMessage({ room: 'general', body: 'hers' })
    await whenStored(['mine', 'hers'])
    expect(hers.queued()).toEqual(['hers'])
    mine.close()
    await indexedDbStorage({ name }).wipe('me')
    await whenStored(['hers'])
    await indexedDbStorage({ name }).wipe()
    await whenStored([])
  })

  it('[ST6] broken records are dropped, the good ones go out', async () => {
    const server = createFakeServer()
    server.refuse(true)
    const first = openPage(server)
    first.session.sendMessage({ room: 'general', body: 'good' })
    await whenStored(['good'])
    first.close()
    const db = await openDB(name)
    await db.put('messages', { user: 'me', clientId: 'broken', room: 7, body: null })
    await db.put('rooms', { user: 'me', room: 'general', title: 'x', epoch: 'e', messages: [{ seq: 1 }, { seq: 9 }] })
    db.close()
    server.refuse(false)
    const second = openPage(server)
    second.session.enter('general')
    second.session.open()
    await vi.waitFor(() => {
      expect(server.log('general').map((e) => e.body)).toEqual(['good'])
    })
    await whenStored([])
    expect(second.errors()).toEqual(['storage_damaged'])
    const third = openPage(server)
    third.session.enter('general')
    third.session.open()
    await vi.waitFor(() => {
      expect(third.bodies()).toEqual(['good'])
    })
    expect(third.errors()).toEqual([])
  })

  it.each([{ seq: -1 }, { seq: 1.5 }, { seq: 0 }, { body: 7 }, { author: null }])('[ST16] a room that was kept with %j is asked for anew', async (changes) => {
    const server = createFakeServer()
    server.say('general', ANN, 'as it is')
    const first = openPage(server)
    first.session.sendMessage({ room: 'general', body: 'x' })
    await whenStored(['x'])
    first.close()
    const message = { room: 'general', seq: 1, clientId: 'c', author: ANN, body: 'as it was', createdAt: 1, ...changes }
    const db = await openDB(name)
    await db.put('rooms', { user: 'me', room: 'general', title: 'x', epoch: 'e', messages: [message] })
    db.close()
    const page = openPage(server)
    page.session.enter('general')
    page.session.open()
    await vi.waitFor(() => {
      expect(page.bodies()).toEqual(['as it is', 'x'])
    })
    expect(page.errors()).toEqual(['storage_damaged'])
  })

  it('[ST17] rooms, people and messages may have any name', async () => {
    const server = createFakeServer()
    const odd = '__proto__ "\u{1f600}" \u6f22/..%00\u202e;\u2019--'
    server.refuse(true)
    const first = openPage(server, { user: { id: odd, name: odd } })
    first.session.sendMessage({ room: odd, clientId: odd, body: odd })
    first.session.sendMessage({ room: odd, clientId: 'constructor', body: 'two' })
    await whenStored([odd, 'two'])
    first.close()
    const second = openPage(server, { user: { id: odd, name: odd } })
    await vi.waitFor(() => {
      expect(second.queued()).toEqual([odd, 'two'])
    })
  })

  it('[ST8] a disk that is full in the middle of a write: told once, nothing is lost to the page, and later writes are tried', async () => {
    const server = createFakeServer()
    server.refuse(true)
    const page = openPage(server)
    page.session.sendMessage({ room: 'general', body: 'before' })
    await whenStored(['before'])
    const put = IDBObjectStore.prototype.put
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      const request = put.apply(this, args)
      this.transaction.abort()
      return request
    })
    try {
      for (const body of ['1', '2']) page.session.sendMessage({ room: 'general', body })
      await vi.waitFor(() => {
        expect(page.errors()).toEqual(['storage_refused'])
      })
    } finally {
      full.mockRestore()
    }
    page.session.sendMessage({ room: 'general', body: 'after' })
    await whenStored(['before', 'after'])
    server.refuse(false)
    page.session.enter('general')
    page.session.open()
    await vi.waitFor(() => {
      expect(server.log('general').map((e) => e.body)).toEqual(['before', '1', '2', 'after'])
    })
    expect(page.errors()).toEqual(['storage_refused'])
  })

  it('[ST6] foreign content under our name is replaced', async () => {
    const foreign = await openDB(name, 1, { upgrade: (db) => void db.createObjectStore('something') })
    foreign.close()
    const page = openPage(createFakeServer())
    page.session.sendMessage({ room: 'general', body: 'x' })
    await whenStored(['x'])
    expect(page.errors()).toEqual(['storage_damaged'])
  })

  it('[ST7] the content of a newer version is left alone, and said so; the chat goes on', async () => {
    const newer = await openDB(name, 9, { upgrade: (db) => void db.createObjectStore('of tomorrow') })
    newer.close()
    const server = createFakeServer()
    const page = openPage(server)
    await vi.waitFor(() => {
      expect(page.errors()).toEqual(['storage_refused'])
    })
    page.session.enter('general')
    page.session.open()
    expect(await page.session.sendMessage({ room: 'general', body: 'x' }).settled).toMatchObject({ ok: true })
    const db = await openDB(name)
    expect([db.version, [...db.objectStoreNames]]).toEqual([9, ['of tomorrow']])
    db.close()
  })

  it('[ST8] a disk that is full is told once, and nothing else fails', async () => {
    const server = createFakeServer()
    const page = openPage(server)
    await vi.waitFor(async () => {
      expect((await indexedDB.databases()).map((d) => d.name)).toContain(name)
    })
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    })
    try {
      page.session.enter('general')
      page.session.open()
      for (const body of ['1', '2', '3']) await page.session.sendMessage({ room: 'general', body }).settled
      await vi.waitFor(() => {
        expect(page.errors()).toEqual(['storage_refused'])
      })
      expect(server.log('general')).toHaveLength(3)
    } finally {
      put.mockRestore()
    }
  })

  it('[ST9] the user is known when the server has told', async () => {
    const server = createFakeServer()
    const page = openPage(server, { user: undefined })
    page.session.open()
    await vi.waitFor(() => {
      expect(page.session.snapshot().user).toBeDefined()
    })
    server.intercept((frame) => frame.type === 'send')
    page.session.enter('general')
    page.session.sendMessage({ room: 'general', body: 'x' })
    await whenStored(['x'])
    expect((await stored('messages'))[0]?.user).toBe('me')
  })

  it('[ST10] without a database nothing happens', () => {
    vi.stubGlobal('indexedDB', undefined)
    const session = createSession({ url: 'ws://test/', dialect: chatV1Dialect() })
    expect(() => indexedDbStorage({ name }).attach(session)()).not.toThrow()
  })
})
