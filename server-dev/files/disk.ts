/** The bytes of files. A file appears whole under its id, or not at all. */
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, type ReadStream } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Disk {
  readonly directory: string
  /** A place to write to, which nobody sees. */
  create(id: string): Promise<FileHandle>
  /** Written whole: it is there from now on, also after a power cut. */
  keep(id: string): Promise<void>
  discard(id: string): Promise<void>
  /** @param end included */
  read(id: string, start: number, end: number): ReadStream
  remove(id: string): Promise<void>
  /** Clears up after a crash: what was being written goes, but for what the database knows already. */
  recover(isKnown: (id: string) => boolean): void
  /** Removes everything, where it is a temporary folder. */
  close(): void
}

const PART = '.part'

/** Ids are made here and are looked up before they become a path; this is the second lock on the same door. */
export const isFileId = (id: string): boolean => /^[\w-]{32}$/.test(id)

/** @param directory undefined: a temporary one */
export const openDisk = (directory: string | undefined): Disk => {
  const folder = directory ?? mkdtempSync(join(tmpdir(), 'vue-chat-socket-files-'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pathOf = (id: string): string => {
    if (!isFileId(id)) throw new TypeError(`"${id}" is no id of a file.`)
    return join(folder, id)
  }

  const syncFolder = async (): Promise<void> => {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } catch (error) {
      // Some systems cannot sync a folder, and do not need it.
      if (!['EINVAL', 'EPERM', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    } finally {
      await handle.close()
    }
  }

  return {
    directory: folder,
    create: (id) => open(pathOf(id) + PART, 'wx', 0o600),
    async keep(id) {
      await rename(pathOf(id) + PART, pathOf(id))
      await syncFolder()
    },
    discard: (id) => rm(pathOf(id) + PART, { force: true }),
    read: (id, start, end) => createReadStream(pathOf(id), { start, end }),
    remove: (id) => rm(pathOf(id), { force: true }),
    recover(isKnown) {
      for (const name of readdirSync(folder)) {
        const id = name.slice(0, -PART.length)
        if (!name.endsWith(PART) || !isFileId(id)) continue
        if (isKnown(id)) renameSync(join(folder, name), pathOf(id))
        else rmSync(join(folder, name), { force: true })
      }
    },
    close() {
      if (directory === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
