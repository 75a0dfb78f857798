/** `GET <path>/files/<id>/<name>`: gives a file to whoever knows its address. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { problem, respond } from '../http.ts'
import { isFileId } from './disk.ts'
import { dispositionOf } from './file-names.ts'
import type { FileRow } from './file-rows.ts'
import type { FileKeeper } from './keeper.ts'
import { INLINE_TYPES, TEXT_TYPE } from './sniff.ts'

export interface ByteRange {
  readonly start: number
  /** Included. */
  readonly end: number
}

/** One range of bytes (RFC 9110). Undefined: all of it, also for several ranges; `'none'`: there is no such part. */
export const readRange = (header: string | undefined, size: number): ByteRange | 'none' | undefined => {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!found) return undefined
  const [, from, to] = found as unknown as [string, string, string]
  if (from === '' && to === '') return undefined
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (from !== '' && to !== '' && Number(to) < start) return undefined
  return start > end ? 'none' : { start, end }
}

/** What every answer with somebody's bytes says: they are what they are, run nothing, and are nobody's business. */
const GUARDS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
  'x-robots-tag': 'noindex',
  // What lies under an address never changes.
  'cache-control': 'private, max-age=31536000, immutable',
  'accept-ranges': 'bytes',
} as const

const headersOf = ({ id, name, type }: FileRow, isDownload: boolean): Record<string, string> => ({
  ...GUARDS,
  'content-type': type === TEXT_TYPE ? 'text/plain; charset=utf-8' : type,
  'content-disposition': dispositionOf(INLINE_TYPES.includes(type) && !isDownload ? 'inline' : 'attachment', name),
  etag: `"${id}"`,
})

export type Download = (request: IncomingMessage, response: ServerResponse, rest: string, cors: Readonly<Record<string, string>>) => Promise<void>

/** @returns answers; `rest` is the path after `files/` */
export const createDownload =
  ({ disk, rows }: FileKeeper): Download =>
  async (request, response, rest, cors) => {
    const id = rest.split('/', 1)[0]!
    const row = isFileId(id) ? rows().get(id) : undefined
    if (!row) {
      respond(response, { ...problem({ status: 404, code: 'not_found', message: 'There is no such file, or it was deleted.' }), headers: cors })
      return
    }
    const headers = { ...headersOf(row, /\?download\b/.test(request.url ?? '')), ...cors }
    if (request.headers['if-none-match'] === headers['etag']) {
      response.writeHead(304, headers).end()
      return
    }
    const condition = request.headers['if-range']
    const range = condition === undefined || condition === headers['etag'] ? readRange(request.headers.range, row.size) : undefined
    if (range === 'none') {
      response.writeHead(416, { ...headers, 'content-range': `bytes */${String(row.size)}` }).end()
      return
    }
    const { start, end } = range ?? { start: 0, end: row.size - 1 }
    const stream = request.method === 'HEAD' ? undefined : disk.read(id, start, end)
    if (stream) {
      try {
        await new Promise((resolve, reject) => stream.once('open', resolve).once('error', reject))
      } catch {
        respond(response, { ...problem({ status: 404, code: 'not_found', message: 'The bytes of this file are gone.' }), headers: cors })
        return
      }
    }
    response.writeHead(range ? 206 : 200, {
      ...headers,
      'content-length': String(end - start + 1),
      ...(range && { 'content-range': `bytes ${String(start)}-${String(end)}/${String(row.size)}` }),
    })
    if (!stream) response.end()
    // Whoever leaves in the middle is no error of ours.
    else await pipeline(stream, response).catch(() => undefined)
  }
