/** Files of a server: their bytes on disk, and the removal of what nobody may have any more. */
import { openDisk, type Disk } from './disk.ts'
import type { FileSettings } from './file-options.ts'
import type { FileRows } from './file-rows.ts'

export interface FileKeeper {
  readonly settings: FileSettings
  readonly disk: Disk
  /** Throws while the storage is closed. */
  rows(): FileRows
  /** Removes the bytes of files that were dropped. */
  clear(): void
  close(): void
}

export interface KeeperPort {
  /** Throws while the storage is closed. */
  rows(): FileRows
  failed(error: unknown): void
}

const SWEEP_MS = 3_600_000
const BATCH = 100

/** Clears up what a crash left, then sweeps every hour. @param database its name; the files lie beside it */
export const createFileKeeper = (settings: FileSettings, database: string, { rows, failed }: KeeperPort): FileKeeper => {
  const disk = openDisk(settings.directory ?? (database === ':memory:' ? undefined : `${database}.files`))
  let isClearing = false

  const clear = async (): Promise<void> => {
    if (isClearing) return
    isClearing = true
    try {
      for (let ids = rows().dropped(BATCH); ids.length > 0; ids = rows().dropped(BATCH)) {
        for (const id of ids) {
          await disk.remove(id)
          rows().forget(id)
        }
      }
    } catch (error) {
      // They are still marked, so the next sweep takes them.
      failed(error)
    } finally {
      isClearing = false
    }
  }

  const sweep = (): void => {
    try {
      rows().dropUnsent(Date.now() - settings.unsentMs)
    } catch (error) {
      failed(error)
    }
    void clear()
  }

  disk.recover((id) => rows().get(id) !== undefined)
  sweep()
  const timer = setInterval(sweep, Math.min(SWEEP_MS, settings.unsentMs)).unref()

  return {
    settings,
    disk,
    rows,
    clear: () => void clear(),
    close() {
      clearInterval(timer)
      disk.close()
    },
  }
}
