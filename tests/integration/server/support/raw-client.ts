/** A WebSocket client that knows `chat.v1` from PROTOCOL.md alone: nothing of ours is imported. */
import { WebSocket, type ClientOptions } from 'ws'

export type Frame = Readonly<Record<string, unknown>> & { readonly type: string }

export interface SignedIn {
  readonly token: string
  readonly user: { readonly id: string; readonly name: string }
  readonly expiresAt: number
}

export const signIn = async (httpUrl: string, name: string): Promise<SignedIn> => {
  const response = await fetch(`${httpUrl}/sign-in`, { method: 'POST', body: JSON.stringify({ name }) })
  if (!response.ok) throw new Error(`sign-in answered ${String(response.status)}: ${await response.text()}`)
  return (await response.json()) as SignedIn
}

export interface RawClient {
  readonly ws: WebSocket
  /** Everything that came, in order. Pings are answered and kept out. */
  readonly frames: Frame[]
  readonly pings: Frame[]
  send(frame: object | string | Buffer): void
  /** The first frame, among those that came and those that will, for which this holds. */
  next(is: (frame: Frame) => boolean): Promise<Frame>
  /** Frames of a type, so far. */
  of(type: string): Frame[]
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  /** Sends hello and waits for welcome. */
  hello(token?: string): Promise<Frame>
  join(room: string, since?: { epoch: string; seq: number }): Promise<Frame>
  /** Sends a message and waits for its ack or refusal. */
  say(room: string, clientId: string, body: string, more?: { kind?: string; target?: unknown; replyTo?: unknown }): Promise<Frame>
  close(): Promise<void>
}

export interface RawOptions extends ClientOptions {
  /** @default ['chat.v1'] */
  readonly protocols?: string[]
  /** @default true */
  readonly pong?: boolean
}

/** Opens a socket; rejects with the HTTP status when the handshake is refused. */
export const openRaw = async (url: string, { protocols = ['chat.v1'], pong = true, ...options }: RawOptions = {}): Promise<RawClient> => {
  const ws = new WebSocket(url, protocols, options)
  const frames: Frame[] = []
  const pings: Frame[] = []
  const waiting = new Set<{ is: (frame: Frame) => boolean; resolve: (frame: Frame) => void; reject: (error: Error) => void }>()
  let ids = 0
  ws.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame
    if (frame.type === 'ping') {
      pings.push(frame)
      if (pong) ws.send(JSON.stringify({ type: 'pong', n: frame['n'] }))
      return
    }
    frames.push(frame)
    for (const entry of waiting) {
      if (!entry.is(frame)) continue
      waiting.delete(entry)
      entry.resolve(frame)
    }
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on('close', (code, reason) => {
      for (const entry of waiting) entry.reject(new Error(`closed with ${String(code)} ${reason.toString()} while waiting`))
      waiting.clear()
      resolve({ code, reason: reason.toString() })
    })
  })
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve)
    ws.once('unexpected-response', (request, response) => {
      request.destroy()
      reject(new Error(`refused with ${String(response.statusCode)}`))
    })
    ws.on('error', reject)
  })

  const send: RawClient['send'] = (frame) => {
    ws.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame))
  }
  const next: RawClient['next'] = (is) =>
    new Promise((resolve, reject) => {
      const found = frames.find(is)
      if (found) resolve(found)
      else if (ws.readyState === ws.CLOSED) reject(new Error('closed'))
      else waiting.add({ is, resolve, reject })
    })
  return {
    ws,
    frames,
    pings,
    send,
    next,
    of: (type) => frames.filter((frame) => frame.type === type),
    closed,
    hello(token) {
      send({ type: 'hello', version: 1, ...(token !== undefined && { token }) })
      return next((frame) => frame.type === 'welcome')
    },
    join(room, since) {
      const id = ++ids
      send({ type: 'join', id, room, ...(since && { since }) })
      return next((frame) => (frame.type === 'joined' || frame.type === 'error') && frame['id'] === id)
    },
    say(room, clientId, body, more) {
      const already = frames.length
      send({ type: 'send', room, clientId, body, ...more })
      return next((frame) => (frame.type === 'ack' || frame.type === 'error') && frame['clientId'] === clientId && frames.indexOf(frame) >= already)
    },
    async close() {
      ws.close()
      await closed
    },
  }
}

/** Signs in, says hello and joins a room. */
export const enterRaw = async (
  server: { readonly httpUrl: string; readonly wsUrl: string },
  name: string,
  room = 'general',
  options?: RawOptions,
): Promise<RawClient & { readonly user: SignedIn['user']; readonly token: string }> => {
  const { token, user } = await signIn(server.httpUrl, name)
  const client = await openRaw(server.wsUrl, options)
  await client.hello(token)
  await client.join(room)
  return Object.assign(client, { token, user })
}
