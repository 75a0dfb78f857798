import { decodeServerFrame, DEFAULT_LIMITS, encode, PROTOCOL_VERSION, SUBPROTOCOL, type ClientFrame, type RoomEvent, type ServerFrame } from '../protocol/index.ts'
import type { Command, Dialect, Inbound } from '../core/dialect.ts'
import type { ReceivedMessage } from '../core/domain.ts'

/** The wire format of this package's own server; PROTOCOL.md describes it. */
export const chatV1Dialect = (): Dialect => ({
  name: SUBPROTOCOL,
  protocols: [SUBPROTOCOL],
  capabilities: { acks: true, history: true, rooms: true, presence: true, members: true, typing: true },
  ready: 'welcome',
  write: (command) => encode(toFrame(command)),
  read(data) {
    if (typeof data !== 'string') return [{ type: 'bad', reason: 'a binary frame' }]
    const result = decodeServerFrame(data)
    if (!result.ok) return [{ type: 'bad', reason: result.reason }]
    return result.frame ? toInbound(result.frame) : []
  },
})

const toFrame = (command: Command): ClientFrame => {
  switch (command.type) {
    case 'hello':
      return { type: 'hello', version: PROTOCOL_VERSION, ...(command.token !== undefined && { token: command.token }) }
    case 'enter':
      return { type: 'join', id: command.id, room: command.room, ...(command.since && { since: command.since }) }
    default:
      // What is undefined does not reach the wire.
      return command as ClientFrame
  }
}

const toMessage = (event: RoomEvent): ReceivedMessage => ({
  room: event.room,
  seq: event.seq,
  clientId: event.clientId,
  author: { id: event.from.id, name: event.from.name },
  body: event.body,
  createdAt: event.ts,
})

// A log may hold kinds of a later version; their seq still counts, so they are not dropped here.
const toInbound = (frame: ServerFrame): readonly Inbound[] => {
  switch (frame.type) {
    case 'welcome': {
      const { user, rooms, token, expiresInMs, heartbeat } = frame
      const limits = { ...DEFAULT_LIMITS, ...frame.limits }
      return [{ type: 'welcome', user, rooms, ...(token !== undefined && { token }), ...(expiresInMs !== undefined && { expiresInMs }), heartbeat, limits }]
    }
    case 'joined': {
      const { id, room, title, epoch, top, first, recovered, members, count } = frame
      const snapshot = { room, title, epoch, top, first, recovered, members, count }
      return [{ type: 'entered', id, snapshot, messages: frame.events.map(toMessage) }]
    }
    case 'event':
      return [{ type: 'message', message: toMessage(frame) }]
    case 'ack':
      return [{ type: 'ack', room: frame.room, clientId: frame.clientId, seq: frame.seq, createdAt: frame.ts }]
    case 'error':
      return [{ ...frame, type: 'refused' }]
    case 'page':
      return [{ type: 'page', id: frame.id, room: frame.room, epoch: frame.epoch, messages: frame.events.map(toMessage), more: frame.more }]
    case 'gap':
      return [frame]
    case 'presence':
      return [{ type: 'presence', room: frame.room, count: frame.count, joined: frame.joined ?? [], left: frame.left ?? [] }]
    case 'typing':
      return [frame]
    case 'ping': {
      const reply: Inbound = { type: 'reply', data: encode({ type: 'pong', n: frame.n }) }
      return frame.tops ? [reply, { type: 'tops', tops: frame.tops }] : [reply]
    }
    case 'pong':
    case 'authenticated':
      return [frame]
    case 'bye':
      return [{ ...frame, afterMs: [frame.afterMs[0], frame.afterMs[1]] }]
    case 'left':
      return []
  }
}
