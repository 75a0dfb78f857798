/** A Socket.IO client that knows `chat.v1` from PROTOCOL.md alone: nothing of ours is imported. */
import { io, type Socket } from 'socket.io-client'
import type { Frame } from '../../server/support/raw-client.ts'

export interface RawSocketIo {
  readonly socket: Socket
  /** Everything that came, in order; pings are answered and kept out. */
  readonly frames: Frame[]
  send(frame: object | string): void
  /** The first frame for which this holds, among those that came and those that will. */
  next(is: (frame: Frame) => boolean): Promise<Frame>
  hello(token?: string): Promise<Frame>
  join(room: string): Promise<Frame>
  say(room: string, clientId: string, body: string): Promise<Frame>
  /** What `err` said last, and why the client was disconnected. */
  readonly ended: Promise<{ readonly err: unknown; readonly reason: string }>
}

/** @param httpUrl the address of the chat, such as `http://127.0.0.1:8787/chat` */
export const openSocketIo = async (httpUrl: string): Promise<RawSocketIo> => {
  const { origin, pathname } = new URL(httpUrl)
  const socket = io(origin, { path: `${pathname}/socket.io`, transports: ['websocket'], reconnection: false, forceNew: true })
  const frames: Frame[] = []
  const waiting = new Set<{ is: (frame: Frame) => boolean; resolve: (frame: Frame) => void; reject: (error: Error) => void }>()
  let err: unknown
  let ids = 0
  const send: RawSocketIo['send'] = (frame) => {
    socket.emit('chat.v1', typeof frame === 'string' ? frame : JSON.stringify(frame))
  }
  socket.on('err', (told: unknown) => {
    err = told
  })
  socket.on('chat.v1', (text: string) => {
    const frame = JSON.parse(text) as Frame
    if (frame.type === 'ping') {
      send({ type: 'pong', n: frame['n'] })
      return
    }
    frames.push(frame)
    for (const entry of waiting) {
      if (!entry.is(frame)) continue
      waiting.delete(entry)
      entry.resolve(frame)
    }
  })
  const ended = new Promise<{ err: unknown; reason: string }>((resolve) => {
    socket.on('disconnect', (reason) => {
      for (const entry of waiting) entry.reject(new Error(`ended with ${JSON.stringify(err)} while waiting`))
      waiting.clear()
      resolve({ err, reason })
    })
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  const next: RawSocketIo['next'] = (is) =>
    new Promise((resolve, reject) => {
      const found = frames.find(is)
      if (found) resolve(found)
      else if (socket.disconnected) reject(new Error('disconnected'))
      else waiting.add({ is, resolve, reject })
    })
  return {
    socket,
    frames,
    send,
    next,
    ended,
    hello(token) {
      send({ type: 'hello', version: 1, ...(token !== undefined && { token }) })
      return next((frame) => frame.type === 'welcome')
    },
    join(room) {
      const id = ++ids
      send({ type: 'join', id, room })
      return next((frame) => frame.type === 'joined' && frame['id'] === id)
    },
    say(room, clientId, body) {
      send({ type: 'send', room, clientId, body })
      return next((frame) => (frame.type === 'ack' || frame.type === 'error') && frame['clientId'] === clientId)
    },
  }
}
