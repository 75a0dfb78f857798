/** The disk that the pages of one scenario share: IndexedDB in memory, looked at from outside. */
import 'fake-indexeddb/auto'
import { deleteDB, openDB } from 'idb'
import { indexedDbStorage } from '../../../src/storage/indexed-db.ts'
import type { ChatStorage } from '../../../src/storage/types.ts'

export interface Disk {
  readonly storage: ChatStorage
  /** Whether all that could be sent is gone from it. Waits a while for writes that are under way. */
  isClear(): Promise<boolean>
  describe(): Promise<string>
  /** @returns names of locks that pages still hold */
  remove(): Promise<string>
}

interface Kept {
  readonly clientId: string
  readonly owner: string
  readonly failure?: object
}

const TRIES = 100
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export const createDisk = (name: string): Disk => {
  const left = async (): Promise<readonly Kept[]> => {
    const db = await openDB(name)
    const all: readonly Kept[] = db.objectStoreNames.contains('messages') ? await db.getAll('messages') : []
    db.close()
    // What was refused stays until its person has seen it.
    return all.filter(({ failure }) => !failure)
  }
  const locks = async (): Promise<string> =>
    ((await navigator.locks.query()).held ?? []).flatMap((lock) => (lock.name?.startsWith(`${name}:`) ? lock.name : [])).join()
  const settle = async <T>(look: () => Promise<T>, isGood: (value: T) => boolean): Promise<T> => {
    for (let tries = 1; ; tries += 1) {
      const value = await look()
      if (isGood(value) || tries === TRIES) return value
      await pause(20)
    }
  }
  return {
    storage: indexedDbStorage({ name }),
    isClear: async () => (await settle(left, ({ length }) => length === 0)).length === 0,
    describe: async () => (await left()).map(({ clientId, owner }) => `${clientId} of ${owner}`).join(),
    async remove() {
      const held = await settle(locks, (names) => names === '')
      await deleteDB(name)
      return held
    },
  }
}
