/** What every connection shares: the settings, the storage, the rooms, the way in. */
import type { ErrorCode } from '../src/protocol/error-codes.ts'
import type { RoomEvent } from '../src/protocol/entities.ts'
import type { Connection } from './connection.ts'
import { createFileKeeper, type FileKeeper } from './files/keeper.ts'
import { createGroupCommit, type GroupCommit } from './group-commit.ts'
import { createHub, type Hub, type Member } from './hub.ts'
import type { Settings } from './options.ts'
import { createReceipts, type Receipts } from './receipts/receipts.ts'
import { createDirectory, type Directory } from './rooms/directory.ts'
import { openStore, type NewMessage, type Store, type Stored } from './store.ts'
import type { Identify } from './tokens.ts'

export type SendOutcome =
  | { readonly ok: true; readonly event: RoomEvent; readonly duplicate: boolean }
  | { readonly ok: false; readonly code: ErrorCode; readonly afterMs?: number }

export interface Chat {
  readonly settings: Settings
  readonly hub: Hub<Member>
  readonly connections: Set<Connection>
  readonly directory: Directory
  readonly receipts: Receipts
  readonly identify: Identify
  /** Undefined where the server takes none. */
  readonly files: FileKeeper | undefined
  /** Throws while the storage is closed. */
  store(): Store
  /** Stores a message; everyone in the room and then `done` hear of it after the commit. */
  send(message: NewMessage, done: (outcome: SendOutcome) => void): void
  flush(): void
  isHealthy(): boolean
  /** @param clean false: as after a crash; what waited is dropped without an answer */
  closeStorage(clean: boolean): void
  openStorage(): void
}

const PROBE_MS = 1_000

export const createChat = (settings: Settings, identify: Identify): Chat => {
  const hub = createHub<Member>()
  let current: Store | undefined
  let probe: NodeJS.Timeout | undefined

  const store = (): Store => {
    if (!current) throw new Error('the storage is closed')
    return current
  }

  const directory = createDirectory(hub, settings, store, (room, user) => receipts.readBy(room, user))

  const receipts = createReceipts({
    room: hub.room,
    rows: () => store().marks,
    onRead: (room, user) => directory.read(user.id, room),
    onFailure(error) {
      settings.log({ level: 'error', event: 'marks_failed', error: String(error) })
    },
  })

  const commits: GroupCommit<NewMessage, Stored> = createGroupCommit({
    commit: (messages) => store().append(messages),
    onFailure(error) {
      settings.log({ level: 'error', event: 'storage_failed', error: String(error) })
      watch()
    },
  })

  // Without traffic nobody would notice that the storage works again.
  const watch = (): void => {
    probe ??= setTimeout(() => {
      probe = undefined
      if (!current || commits.isHealthy()) return
      try {
        current.probe()
        commits.reset()
        settings.log({ level: 'info', event: 'storage_recovered' })
      } catch {
        watch()
      }
    }, PROBE_MS).unref()
  }

  const openStorage = (): void => {
    const opened = openStore({ database: settings.database })
    for (const { room, title, readOnly = false, owners = [] } of settings.rooms) {
      opened.saveRoom({ room, title })
      opened.members.setReadOnly(room, readOnly)
      opened.members.setOwners(room, owners)
    }
    current = opened
    commits.reset()
  }

  const saveMarks = (): void => {
    try {
      receipts.flush()
    } catch (error) {
      settings.log({ level: 'error', event: 'marks_failed', error: String(error) })
    }
  }

  openStorage()
  const files = settings.files && createFileKeeper(settings.files, settings.database, {
    rows: () => store().files,
    failed(error) {
      settings.log({ level: 'error', event: 'storage_failed', error: String(error) })
    },
  })
  return {
    settings,
    hub,
    connections: new Set(),
    directory,
    receipts,
    identify,
    files,
    store,
    send(message, done) {
      commits.submit(message, (outcome) => {
        if (!outcome.ok) {
          done({ ok: false, code: outcome.failure, afterMs: outcome.afterMs })
          return
        }
        const stored = outcome.result
        if (stored.ok && !stored.duplicate) {
          hub.publish(stored.event)
          directory.changed(stored.event)
          if (stored.event.kind === 'delete') files?.clear()
        }
        done(stored)
      })
    },
    flush: () => {
      commits.flush()
    },
    isHealthy: () => current !== undefined && commits.isHealthy(),
    closeStorage(clean) {
      if (clean) commits.flush()
      else commits.drop()
      if (clean) saveMarks()
      receipts.drop()
      clearTimeout(probe)
      probe = undefined
      current?.close(clean)
      current = undefined
    },
    openStorage,
  }
}
