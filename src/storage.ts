/** What survives a reload: unsent messages, and the end of each room. */
export { indexedDbStorage, type IndexedDbStorageOptions } from './storage/indexed-db.ts'
export type { ChatStorage } from './storage/types.ts'
