/** `POST <path>/files`: takes one file, as the raw body, onto the disk. Never holds more of it in memory than its head. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { UserRef } from '../../src/protocol/entities.ts'
import { problem, respond, type Answer } from '../http.ts'
import { createBucket, type Bucket } from '../rate-limit.ts'
import type { Refusal } from '../upgrade.ts'
import { cleanName } from './file-names.ts'
import { isTypeIn } from './file-options.ts'
import { toAttachment } from './file-rows.ts'
import { imageSize } from './image-size.ts'
import type { FileKeeper } from './keeper.ts'
import { HEAD_BYTES, sniff } from './sniff.ts'

/** Uploads of one user: how often, and how many at once. */
const RATE = { perSecond: 1, burst: 60 }
const MAX_AT_ONCE = 6
const MAX_USERS = 10_000

interface Guest {
  readonly bucket: Bucket
  open: number
  /** Bytes that are on their way. */
  reserved: number
}

class Refused extends Error {
  readonly refusal: Refusal
  constructor(status: number, code: string, message: string, headers?: Readonly<Record<string, string>>) {
    super(message)
    this.refusal = { status, code, message, ...(headers && { headers }) }
  }
}

export interface UploadPort {
  readonly files: FileKeeper
  log(event: string, fields: Readonly<Record<string, unknown>>): void
}

export type Upload = (request: IncomingMessage, response: ServerResponse, user: UserRef, name: string) => Promise<Answer | undefined>

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? '')
const SQLITE_FULL = 13

const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes(codeOf(error)) || (Number((error as { errcode?: unknown }).errcode ?? 0) & 0xff) === SQLITE_FULL

export const createUpload = ({ files, log }: UploadPort): Upload => {
  const { settings, disk, rows } = files
  const { maxBytes, perUserBytes, totalBytes } = settings
  const users = new Map<string, Guest>()

  const guestOf = (id: string): Guest => {
    const known = users.get(id)
    if (known) return known
    if (users.size >= MAX_USERS) for (const [other, { open }] of users) if (open === 0) users.delete(other)
    const guest = { bucket: createBucket(RATE, performance.now()), open: 0, reserved: 0 }
    users.set(id, guest)
    return guest
  }

  /** What can be known before the first byte. @returns bytes that it may have */
  const admit = (request: IncomingMessage, user: UserRef, guest: Guest): number => {
    const wait = guest.bucket.take(performance.now())
    if (wait > 0) throw new Refused(429, 'rate_limited', 'Too many files at once; wait a moment.', { 'retry-after': String(Math.ceil(wait / 1000)) })
    if (guest.open >= MAX_AT_ONCE) throw new Refused(429, 'rate_limited', `At most ${String(MAX_AT_ONCE)} uploads at the same time.`, { 'retry-after': '1' })
    const told = request.headers['content-length']
    const length = told === undefined ? maxBytes : Number(told)
    if (length === 0) throw new Refused(400, 'file_empty', 'The file is empty.')
    if (length > maxBytes) throw new Refused(413, 'file_too_big', `A file may have ${String(maxBytes)} bytes.`)
    if (rows().bytesOf(user.id) + guest.reserved + length > perUserBytes) {
      throw new Refused(403, 'file_quota', 'Your files take all the place that you have here; delete messages with files first.')
    }
    if (rows().bytes() + length > totalBytes) throw new Refused(507, 'disk_full', 'The server has no place for more files.')
    return length
  }

  /** Writes the body to disk. @returns its size and its head */
  const write = async (request: IncomingMessage, id: string, heard: () => void): Promise<{ readonly size: number; readonly head: Buffer }> => {
    const handle = await disk.create(id)
    try {
      const head: Buffer[] = []
      let size = 0
      // Left early, it must not take the connection with it: the answer is still to come.
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        heard()
        if (size < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - size))
        size += chunk.length
        if (size > maxBytes) throw new Refused(413, 'file_too_big', `A file may have ${String(maxBytes)} bytes.`)
        await handle.writeFile(chunk)
      }
      if (size === 0) throw new Refused(400, 'file_empty', 'The file is empty.')
      await handle.sync()
      return { size, head: Buffer.concat(head) }
    } finally {
      await handle.close()
    }
  }

  const take = async (request: IncomingMessage, user: UserRef, name: string, heard: () => void): Promise<Answer> => {
    const id = randomBytes(24).toString('base64url')
    try {
      const { size, head } = await write(request, id, heard)
      const type = sniff(head)
      if (!isTypeIn(type, settings.types)) throw new Refused(415, 'file_type', `This server takes no files of the type ${type}.`)
      const file = { id, owner: user.id, name: cleanName(name), type, size, ...imageSize(type, head) }
      // First the row, then the name: after a crash in between, the row says that the bytes are whole.
      rows().add(file)
      try {
        await disk.keep(id)
      } catch (error) {
        rows().dropOne(id)
        throw error
      }
      log('file_stored', { user: user.id, type, size })
      return { status: 201, body: toAttachment({ ...file, width: file.width ?? null, height: file.height ?? null }) }
    } catch (error) {
      await disk.discard(id).catch(() => undefined)
      throw error
    }
  }

  const explain = (error: unknown): Answer => {
    if (error instanceof Refused) return problem(error.refusal)
    log('storage_failed', { error: String(error) })
    return isFull(error)
      ? problem({ status: 507, code: 'disk_full', message: 'The server has no place for more files.' })
      : problem({ status: 503, code: 'storage_unavailable', message: 'The server cannot store anything now.', headers: { 'retry-after': '2' } })
  }

  return async (request, response, user, name) => {
    const guest = guestOf(user.id)
    let reserved = 0
    let isOver = false
    const giveUp = (): void => {
      isOver = true
      response.once('finish', () => request.destroy())
      respond(response, problem({ status: 408, code: 'upload_timeout', message: 'The upload took too long.', headers: { connection: 'close' } }))
    }
    const total = setTimeout(giveUp, settings.uploadMs)
    const idle = setTimeout(giveUp, settings.idleMs)
    try {
      reserved = admit(request, user, guest)
      guest.reserved += reserved
      guest.open += 1
      try {
        return await take(request, user, name, () => idle.refresh())
      } finally {
        guest.reserved -= reserved
        guest.open -= 1
      }
    } catch (error) {
      return isOver || request.errored ? undefined : explain(error)
    } finally {
      clearTimeout(total)
      clearTimeout(idle)
    }
  }
}
