import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore } from 'idb'
import { createId } from '../core/ids.ts'
import { ChatError, type StoredMessage } from '../core/index.ts'
import { keep } from './keep.ts'
import { wipeDrafts } from './kept-drafts.ts'
import { keepFiles, wipeFiles } from './kept-files.ts'
import { createPageLocks } from './page-locks.ts'
import { isMessageRecord, isRoomRecord, toMessage, toRoom, type MessageRecord, type RoomRecord } from './records.ts'
import type { AreaHandlers, ChatStorage, OpenArea, StorageArea } from './types.ts'

export interface IndexedDbStorageOptions {
  /** Name of the database. Two chats of one page that must not know each other need two. @default 'vue-chat-socket' */
  readonly name?: string
  /** Entries of each room's log that are shown after a reload before the server is asked. @default 100 */
  readonly tailLength?: number
  /** Bytes of the files that messages wait for, of one page: files beyond are lost with the page, and the message says so. @default 52428800 */
  readonly maxFileBytes?: number
}

interface Schema extends DBSchema {
  messages: { key: [string, string]; value: MessageRecord; indexes: { user: string } }
  rooms: { key: [string, string]; value: RoomRecord; indexes: { user: string } }
}

type WritableStore<S extends 'messages' | 'rooms'> = IDBPObjectStore<Schema, [S], S, 'readwrite'>

const VERSION = 1
const WRITE_DELAY_MS = 300
const REMOVE_DELAY_MS = 100
/** Messages that are read at once. */
const PIECE = 500
const HOLD_MS = 1_000
/** Looks after records that cannot be read. */
const NOBODY = 'nobody'

/**
 * Keeps unsent messages, with the files that they wait for, and the end of each room in IndexedDB, by user, so that a reload, a crash or a closed tab loses
 * nothing: what was not confirmed goes out under its id when the user is back. Of several tabs each looks after its own
 * messages, and one that is gone leaves them to another. Where the browser refuses the database (private mode, no
 * space), the chat goes on without, and an `error` event with the code `storage_refused` says so.
 *
 * A user is known once the server has told, or at once by the `user` option, which showing a room offline needs. Sign-out
 * must call `wipe()`.
 */
export const indexedDbStorage = ({ name = 'vue-chat-socket', tailLength = 100, maxFileBytes = 50 * 1024 * 1024 }: IndexedDbStorageOptions = {}): ChatStorage => ({
  attach: (session) =>
    typeof indexedDB === 'undefined' ? () => undefined : keep(session, opener(name), { tailLength, writeDelayMs: WRITE_DELAY_MS, holdMs: HOLD_MS }),
  async wipe(user) {
    wipeDrafts(user)
    if (typeof indexedDB === 'undefined') return
    const db = await connect(name)
    const transaction = db.transaction(['messages', 'rooms'], 'readwrite')
    for (const store of ['messages', 'rooms'] as const) {
      const keys = await transaction.objectStore(store).index('user').getAllKeys(user)
      for (const key of keys) void transaction.objectStore(store).delete(key)
    }
    await transaction.done
    db.close()
    await wipeFiles(filesOf(name), user)
  },
  ...(typeof indexedDB !== 'undefined' && {
    keepFiles: (user, adopted, report) =>
      keepFiles(user, adopted, { name: filesOf(name), maxBytes: maxFileBytes, trouble: (cause) => report(refused(cause)) }),
  }),
})

/** Apart, so that pages of an earlier version of the app go on with what they know. */
const filesOf = (name: string): string => `${name}:files`

const connect = (name: string): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>(name, VERSION, {
    upgrade(db) {
      db.createObjectStore('messages', { keyPath: ['user', 'clientId'] }).createIndex('user', 'user')
      db.createObjectStore('rooms', { keyPath: ['user', 'room'] }).createIndex('user', 'user')
    },
    // A newer version of the app in another tab must not wait for this one.
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  })

/** Foreign content under our name is no use to anybody; a newer version's content is left alone. */
const connectOrRenew = async (name: string, trouble: AreaHandlers['trouble']): Promise<IDBPDatabase<Schema>> => {
  const db = await connect(name)
  if (['messages', 'rooms'].every((store) => (db.objectStoreNames as DOMStringList).contains(store))) return db
  db.close()
  trouble(damaged('it was not ours'))
  await deleteDB(name)
  return connect(name)
}

const opener =
  (name: string): OpenArea =>
  async (user, handlers) => {
    try {
      return openArea(await connectOrRenew(name, handlers.trouble), name, user, handlers)
    } catch (cause) {
      handlers.trouble(refused(cause))
      return memoryArea
    }
  }

const refused = (cause: unknown): ChatError => {
  const isNewer = cause instanceof Error && cause.name === 'VersionError'
  const reason = isNewer ? 'it was written by a newer version; reload the page' : String(cause)
  return new ChatError('storage_refused', `What is unsent is not kept across a reload: ${reason}.`, { cause })
}

const damaged = (reason: string): ChatError =>
  new ChatError('storage_damaged', `Some of what was kept could not be read and was dropped: ${reason}.`)

/** Where nothing can be kept: the session has it all in memory anyway. */
const memoryArea: StorageArea = {
  load: async () => ({ messages: [], rooms: [] }),
  put: () => undefined,
  remove: () => undefined,
  saveRoom: () => undefined,
  flush: () => undefined,
  close: () => undefined,
}

const openArea = (db: IDBPDatabase<Schema>, name: string, user: string, handlers: AreaHandlers): StorageArea => {
  const page = createId()
  let order = 0
  let isTold = false
  let isClosed = false
  const underWay = new Set<Promise<void>>()
  /** The place of each message in the order of sending. */
  const orders = new Map<string, number>()

  /** Trouble is told once: a full disk fails every write. */
  const attempt = (work: () => Promise<unknown>): Promise<void> => {
    if (isClosed) return Promise.resolve()
    const done = start(work).then(
      () => undefined,
      (cause: unknown) => {
        if (isTold) return
        isTold = true
        handlers.trouble(refused(cause))
      },
    )
    underWay.add(done)
    void done.then(() => underWay.delete(done))
    return done
  }

  /**
   * One transaction that is begun and committed within the call: the database keeps the order of calls, and what a page
   * began in its last moment is still done.
   */
  const change = <S extends 'messages' | 'rooms'>(store: S, work: (store: WritableStore<S>) => Promise<unknown>): Promise<void> =>
    attempt(() => {
      const transaction = db.transaction(store, 'readwrite', { durability: 'relaxed' })
      // All at once, because a transaction that breaks off breaks each of them.
      return Promise.all([start(() => work(transaction.store)), transaction.done, start(async () => transaction.commit())])
    })

  /** When what was read from the disk was written, until the session has taken it. */
  const adopted = new Map<string, number>()
  const puts = new Map<string, MessageRecord>()
  const removals = new Set<string>()
  let isPlanned = false
  let timer: ReturnType<typeof setTimeout> | undefined

  /** One transaction for all: ten thousand that are queued or confirmed in a row would keep the page busy with theirs. */
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    isPlanned = false
    if (puts.size === 0 && removals.size === 0) return
    const [records, ids] = [[...puts.values()], [...removals]]
    puts.clear()
    removals.clear()
    void change('messages', (store) => Promise.all([...records.map((record) => start(() => store.put(record))), ...ids.map((clientId) => start(() => store.delete([user, clientId])))]))
  }

  /** In pieces, so that reading a long queue does not keep the page from anything else. */
  const readMessages = async (): Promise<readonly unknown[]> => {
    const all: unknown[] = []
    for (let from: IDBValidKey = [user]; ; ) {
      // Arrays come after texts in the order of keys.
      const keys: [string, string][] = await db.getAllKeys('messages', IDBKeyRange.bound(from, [user, []], true), PIECE)
      const last = keys.at(-1)
      if (!last) return all
      all.push(...(await db.getAll('messages', IDBKeyRange.bound(from, last, true))))
      from = last
    }
  }

  /** Looks after the messages of a page that is gone. */
  const adopt = async (of: string): Promise<readonly MessageRecord[]> => {
    const mine: MessageRecord[] = []
    for (const record of await readMessages()) {
      if (!isMessageRecord(record)) await change('messages', (store) => dropBroken(store, record, 'clientId'))
      else if (record.owner === of) {
        adopted.set(record.clientId, record.createdAt)
        orders.set(record.clientId, record.order)
        mine.push(record)
        // It may have stood in for others in turn.
      } else watch(record.owner)
    }
    return mine
  }

  const watched = new Set([page])
  const watch = (other: string): void => {
    if (watched.has(other)) return
    watched.add(other)
    adoptLater(other)
  }
  const adoptLater = (other: string): void =>
    locks.whenGone(other, () =>
      attempt(async () => {
        const messages = await adopt(other)
        if (messages.length > 0) handlers.adopted(inOrder(messages))
      }),
    )
  // Of this user only: whoever takes the place of a page keeps it.
  const locks = createPageLocks(`${name}:${user}`, page, watch)

  return {
    async load() {
      const rooms: RoomRecord[] = []
      const messages: MessageRecord[] = []
      await attempt(async () => {
        await locks.held
        const kept: readonly unknown[] = await db.getAllFromIndex('rooms', 'user', user)
        rooms.push(...kept.filter(isRoomRecord))
        const broken = kept.length - rooms.length
        if (broken > 0) await change('rooms', (store) => Promise.all(kept.flatMap((record) => (isRoomRecord(record) ? [] : dropBroken(store, record, 'room')))))
        const records = await readMessages()
        const unread = records.filter((record) => !isMessageRecord(record)).length
        if (broken + unread > 0) handlers.trouble(damaged(`${unread} messages and ${broken} rooms`))
        const owners = new Set(records.map((record) => (isMessageRecord(record) ? record.owner : NOBODY)).filter((owner) => !watched.has(owner)))
        for (const other of owners) watched.add(other)
        for (const other of owners) {
          const isGone = await locks.ifGone(other, async () => {
            messages.push(...(await adopt(other)))
          })
          if (!isGone) adoptLater(other)
        }
      })
      return { messages: inOrder(messages), rooms: rooms.map(toRoom) }
    },
    put(message) {
      const { clientId } = message
      order = Math.max(order + 1, Date.now())
      const place = orders.get(clientId) ?? order
      orders.set(clientId, place)
      const liesThere = adopted.get(clientId) === message.createdAt && !message.failure
      adopted.delete(clientId)
      if (liesThere) return
      removals.delete(clientId)
      puts.set(clientId, { ...message, user, owner: page, order: place })
      if (!isPlanned) queueMicrotask(flush)
      isPlanned = true
    },
    remove(clientId) {
      orders.delete(clientId)
      puts.delete(clientId)
      adopted.delete(clientId)
      removals.add(clientId)
      timer ??= setTimeout(flush, REMOVE_DELAY_MS)
    },
    saveRoom: (room) => void change('rooms', (store) => store.put({ ...room, user })),
    flush,
    close() {
      flush()
      isClosed = true
      // The lock last: as long as something is written here, nobody else may look after it.
      void Promise.all(underWay).then(() => {
        db.close()
        locks.release(orders.size > 0)
      })
    },
  }
}

/** Several pages may have written: in the order of sending over all of them. */
const inOrder = (records: readonly MessageRecord[]): readonly StoredMessage[] =>
  records.toSorted((a, b) => a.order - b.order || a.createdAt - b.createdAt).map(toMessage)

/** What throws at once fails like what fails later. */
const start = async (work: () => Promise<unknown>): Promise<unknown> => work()

const dropBroken = async (store: { delete?(key: [string, string]): Promise<void> }, record: unknown, name: 'clientId' | 'room'): Promise<void> => {
  const { user, [name]: id } = (record ?? {}) as { readonly [field: string]: unknown }
  if (typeof user === 'string' && typeof id === 'string') await store.delete?.([user, id])
}
