/**
 * The small servers on the port of the page. Each starts with its first guest and lives at `/backends/NAME`;
 * `POST /backends/NAME/faults` with `{"do": "cut"|"mute"|"refuse"|"restart"}` hurts it, as the chat server can be hurt.
 */
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { attachDialectServer, isDialectServerName, type DialectServerName, type SmallServer } from './servers/index.ts'

export interface BackEndsHost {
  /** @returns whether the request was for one of the servers */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** @returns whether the request was for one of the servers */
  request(request: IncomingMessage, response: ServerResponse): boolean
  close(): Promise<void>
}

interface Running {
  /** Never listens: it is told of the upgrades that are for it. */
  readonly http: Server
  readonly server: SmallServer
}

const PREFIX = '/backends/'
const REFUSE_MS = 10_000
const RESTART_MS = 1_000
const LONGEST_BODY = 1_024

const partsOf = ({ url = '' }: IncomingMessage): readonly string[] | undefined => {
  const path = url.split('?', 1)[0]!
  return path.startsWith(PREFIX) ? path.slice(PREFIX.length).split('/') : undefined
}

/** Socket.IO's client puts a slash behind the path. */
const isSocket = (name: DialectServerName, more: readonly string[]): boolean =>
  more.length === 0 || (name === 'socket-io' && more.length === 1 && more[0] === '')

/** Pages of other sites have no business with a server on this machine. */
const isForeign = ({ headers: { origin, host } }: IncomingMessage): boolean =>
  origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)

const refuse = (socket: Duplex, status: number): void => {
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

const readFault = async (request: IncomingMessage): Promise<unknown> => {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > LONGEST_BODY) return undefined
  }
  try {
    return (JSON.parse(text) as { readonly do?: unknown } | null)?.do
  } catch {
    return undefined
  }
}

export const createBackEndsHost = (): BackEndsHost => {
  const running = new Map<DialectServerName, Running>()
  const downUntil = new Map<DialectServerName, number>()

  const serverOf = (name: DialectServerName): Running => {
    const present = running.get(name)
    if (present) return present
    const http = createServer()
    const made = { http, server: attachDialectServer(name, http, { path: PREFIX + name }) }
    running.set(name, made)
    return made
  }

  const stop = async (name: DialectServerName): Promise<void> => {
    const present = running.get(name)
    running.delete(name)
    await present?.server.close()
  }

  const hurt = async (name: DialectServerName, fault: unknown): Promise<boolean> => {
    switch (fault) {
      case 'cut':
        running.get(name)?.server.cut()
        return true
      case 'mute':
        running.get(name)?.server.mute()
        return true
      case 'refuse':
        downUntil.set(name, Date.now() + REFUSE_MS)
        running.get(name)?.server.cut()
        return true
      case 'restart':
        downUntil.set(name, Date.now() + RESTART_MS)
        await stop(name)
        return true
      default:
        return false
    }
  }

  const answer = async (request: IncomingMessage, [name, what, ...more]: readonly string[]): Promise<number> => {
    if (isForeign(request)) return 403
    if (!isDialectServerName(name) || what !== 'faults' || more.length > 0) return 404
    if (request.method !== 'POST') return 405
    return (await hurt(name, await readFault(request))) ? 200 : 400
  }

  return {
    upgrade(request, socket, head) {
      const parts = partsOf(request)
      if (!parts) return false
      socket.on('error', () => undefined)
      const [name, ...more] = parts
      if (isForeign(request)) refuse(socket, 403)
      else if (!isDialectServerName(name) || !isSocket(name, more)) refuse(socket, 404)
      else if ((downUntil.get(name) ?? 0) > Date.now()) refuse(socket, 503)
      else serverOf(name).http.emit('upgrade', request, socket, head)
      return true
    },
    request(request, response) {
      const parts = partsOf(request)
      if (!parts) return false
      void answer(request, parts)
        .catch(() => 400)
        .then((status) => {
          response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
          response.end(JSON.stringify({ ok: status === 200 }))
        })
      return true
    },
    async close() {
      await Promise.all([...running.keys()].map(stop))
    },
  }
}
