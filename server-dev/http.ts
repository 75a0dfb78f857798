/** The HTTP side: health, sign-in, and the refusals of what is not a WebSocket. */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Refusal } from './upgrade.ts'

export type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }

export const problem = ({ status, code, message, headers }: Refusal): Answer => ({
  status,
  body: { error: { code, message } },
  ...(headers && { headers }),
})

export const respond = (response: ServerResponse, { status, body, headers }: Answer): void => {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(text)
}

/** Answers a handshake with an ordinary response and ends the socket. */
export const refuseUpgrade = (socket: Duplex, refusal: Refusal): void => {
  const { status, body, headers } = problem(refusal)
  const text = JSON.stringify(body)
  const lines = Object.entries({
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.once('finish', () => {
    socket.destroy()
  })
  socket.end(`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${text}`)
}

const MAX_BODY_BYTES = 4_096
// Leaving the loop tears the connection before the answer is out, so a bit more is read and thrown away.
const MAX_IGNORED_BYTES = 1024 * 1024
const MAX_BODY_MS = 5_000

/** Reads a small JSON body. Undefined when it is too big, too slow (then the connection ends), broken off or not JSON. */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  let size = 0
  const tooSlow = setTimeout(() => request.destroy(), MAX_BODY_MS)
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > MAX_IGNORED_BYTES) return undefined
      if (size <= MAX_BODY_BYTES) chunks.push(chunk)
    }
    if (size > MAX_BODY_BYTES) return undefined
    return JSON.parse(Buffer.concat(chunks).toString()) as unknown
  } catch {
    return undefined
  } finally {
    clearTimeout(tooSlow)
  }
}
