/** Messages that wait for their files, with the files, in a database of their own. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { createId } from '../core/ids.ts'
import { createPageLocks } from './page-locks.ts'
import type { KeptFile, KeptSending, SendingShelf } from './types.ts'

interface SendingRecord extends KeptSending {
  readonly user: string
  readonly owner: string
  readonly clientId: string
}

interface Schema extends DBSchema {
  sendings: { key: [string, string]; value: SendingRecord; indexes: { user: string } }
}

export interface KeptFilesOptions {
  readonly name: string
  /** Of all files that one page keeps. */
  readonly maxBytes: number
  trouble(cause: unknown): void
}

// Browsers that refuse it may throw at once.
const connect = async (name: string): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>(name, 1, {
    upgrade: (db) => void db.createObjectStore('sendings', { keyPath: ['user', 'clientId'] }).createIndex('user', 'user'),
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  })

const isFile = (value: unknown): value is KeptFile => {
  const { name, type, size, file } = (value ?? {}) as Partial<Record<keyof KeptFile, unknown>>
  return typeof name === 'string' && typeof type === 'string' && typeof size === 'number' && (file === undefined || file instanceof Blob)
}
const isSending = (value: unknown): value is SendingRecord => {
  const { message, files } = (value ?? {}) as Partial<Record<keyof SendingRecord, unknown>>
  const { room, clientId, body, createdAt } = (message ?? {}) as Record<string, unknown>
  const isMessage = [room, clientId, body].every((text) => typeof text === 'string') && typeof createdAt === 'number'
  return isMessage && Array.isArray(files) && files.every(isFile)
}

const nothing = (): void => undefined
const without = (files: readonly KeptFile[]): readonly KeptFile[] => files.map(({ name, type, size }) => ({ name, type, size }))
const sizeOf = (files: readonly KeptFile[]): number => files.reduce((sum, { file, size }) => sum + (file ? size : 0), 0)

/** Of one user. Each page looks after its own; what a page leaves is given to one that is open, or to the next. */
export const keepFiles = (user: string, adopted: (left: readonly KeptSending[]) => void, { name, maxBytes, trouble }: KeptFilesOptions): SendingShelf => {
  const page = createId()
  /** Bytes of each message. */
  const sizes = new Map<string, number>()
  const watched = new Set([page])
  let isClosed = false
  let isTold = false

  /** Told once, and only when there is something to lose. */
  const failed = (cause: unknown): false => {
    if (!isTold) trouble(cause)
    isTold = true
    return false
  }

  const recordsOf = async (db: IDBPDatabase<Schema>): Promise<readonly SendingRecord[]> => {
    const all: readonly unknown[] = await db.getAllFromIndex('sendings', 'user', user)
    return all.filter(isSending)
  }
  const adopt = async (of: string): Promise<void> => {
    const db = await opened
    const left: KeptSending[] = []
    for (const { owner, message, files } of await recordsOf(db)) {
      if (owner !== of) {
        if (!watched.has(owner)) look(owner)
        continue
      }
      sizes.set(message.clientId, sizeOf(files))
      left.push({ message, files })
    }
    if (!isClosed && left.length > 0) adopted(left.sort((a, b) => a.message.createdAt - b.message.createdAt))
  }
  const look = (owner: string): void => {
    if (watched.has(owner)) return
    watched.add(owner)
    locks.whenGone(owner, () => adopt(owner).catch(nothing))
  }

  const locks = createPageLocks(`${name}:${user}`, page, look)
  const opened = connect(name)
  /** One after the other, as they were asked for. */
  let last: Promise<unknown> = Promise.all([opened, locks.held]).then(async ([db]) => {
    for (const { owner } of await recordsOf(db)) look(owner)
  })
  last = last.catch(nothing)
  const next = (work: (db: IDBPDatabase<Schema>) => Promise<unknown>): Promise<unknown> => {
    const done = last.then(() => opened).then(work)
    last = done.catch(nothing)
    return done
  }

  return {
    async put({ message, files }) {
      if (isClosed) return false
      const { clientId } = message
      const others = [...sizes].reduce((sum, [id, size]) => sum + (id === clientId ? 0 : size), 0)
      const isSmall = others + sizeOf(files) <= maxBytes
      const write = (kept: readonly KeptFile[]): Promise<boolean> =>
        next((db) => db.put('sendings', { user, owner: page, clientId, message, files: kept })).then(() => true, failed)
      sizes.set(clientId, isSmall ? sizeOf(files) : 0)
      if (isSmall && (await write(files))) return true
      // So that it does not vanish: what is left says what was lost.
      sizes.set(clientId, 0)
      if (!isClosed) await write(without(files))
      return false
    },
    remove(clientId) {
      if (isClosed || !sizes.delete(clientId)) return
      next((db) => db.delete('sendings', [user, clientId])).catch(nothing)
    },
    close() {
      if (isClosed) return
      isClosed = true
      // The lock last: as long as something is written here, nobody else may look after it.
      void last.then(() => opened).then((db) => db.close(), nothing).then(() => locks.release(sizes.size > 0))
    },
  }
}

/** Forgets the files of a user, or of everybody. */
export const wipeFiles = async (name: string, user?: string): Promise<void> => {
  const db = await connect(name)
  const { store, done } = db.transaction('sendings', 'readwrite')
  for (const key of await store.index('user').getAllKeys(user)) void store.delete(key)
  await done
  db.close()
}
