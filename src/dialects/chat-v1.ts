import type { Command, Dialect, Inbound } from '../core/dialect.ts'
import type { ChatUser, ReceivedMessage, RoomListing, SessionRequests } from '../core/domain.ts'
import { decodeServerFrame, DEFAULT_LIMITS, encode, PROTOCOL_VERSION, SUBPROTOCOL, type ClientFrame, type Feature, type RoomEvent, type RoomListing as WireListing, type ServerFrame } from '../protocol/index.ts'

const FEATURES: Readonly<Record<string, Feature>> = { edit: 'edits', delete: 'edits', react: 'reactions', unreact: 'reactions' }

/** The wire format of this package's own server; PROTOCOL.md describes it. One per session. */
export const chatV1Dialect = (): Dialect => {
  let features: readonly string[] = []
  // An older server drops the fields it does not know: an edit would become a message. An answer is one without them too.
  const write = (command: Command): string | undefined => {
    if (command.type === 'mark' && !features.includes('receipts')) return undefined
    // It would answer with the newest page.
    if (command.type === 'history' && command.around !== undefined && !features.includes('around')) return undefined
    if (command.type !== 'send') return encode(toFrame(command))
    const { kind = 'message', replyTo, mentions, attachments, ...rest } = command
    if (kind !== 'message' && !features.includes(FEATURES[kind]!)) return undefined
    return encode({
      ...toFrame({
        ...rest,
        ...(kind !== 'message' && { kind }),
        ...(features.includes('replies') && { replyTo }),
        ...(features.includes('mentions') && { mentions }),
      }),
      // The server knows the rest by the id.
      ...(features.includes('attachments') && { attachments: attachments?.map(({ id }) => ({ id })) }),
    } as ClientFrame)
  }
  return {
    name: SUBPROTOCOL,
    protocols: [SUBPROTOCOL],
    capabilities: { acks: true, history: true, rooms: true, presence: true, members: true, typing: true, edits: true, reactions: true, replies: true, mentions: true, attachments: true, receipts: true, membership: true, search: true, around: true },
    ready: 'welcome',
    write,
    read(data) {
      const result = typeof data === 'string' ? decodeServerFrame(data) : { ok: false as const, reason: 'a binary frame' }
      if (!result.ok) return [{ type: 'bad', reason: result.reason }]
      const { frame } = result
      if (frame?.type === 'welcome') features = frame.features ?? []
      return frame ? toInbound(frame) : []
    },
  }
}

// What is undefined does not reach the wire.
const toFrame = (command: Command): ClientFrame =>
  (command.type === 'hello'
    ? { type: 'hello', version: PROTOCOL_VERSION, token: command.token }
    : command.type === 'enter'
      ? { ...command, type: 'join' }
      : command) as ClientFrame

/** Without what else a server may say of somebody. */
const person = ({ id, name }: ChatUser): ChatUser => ({ id, name })

// A log may hold kinds of a later version; their seq still counts, so they are not dropped here.
const toMessage = ({ room, seq, clientId, from, body, ts, kind, target, replyTo, deleted, deletedBy, mentions, attachments }: RoomEvent): ReceivedMessage => ({
  room,
  seq,
  clientId,
  author: person(from),
  body,
  createdAt: ts,
  ...(kind !== 'message' && { kind }),
  ...(target && { target }),
  ...(replyTo && { replyTo }),
  ...(deleted && { isDeleted: true }),
  ...(deleted && deletedBy && { deletedBy: person(deletedBy) }),
  ...(mentions && { mentions }),
  ...(attachments && { attachments }),
})

const toListing = ({ last, ...rest }: WireListing): RoomListing => ({ ...rest, ...(last && { last: toMessage(last) }) })

const toAnswer = (frame: Extract<ServerFrame, { type: 'answer' }>): SessionRequests[keyof SessionRequests]['answer'] => {
  if (frame.what === 'search') return { messages: frame.events.map(toMessage), more: frame.more, next: frame.next }
  if (frame.what === 'rooms') return { rooms: frame.rooms.map(toListing) }
  if ('listing' in frame) return { listing: toListing(frame.listing) }
  const { type: _type, id: _id, what: _what, ...answer } = frame
  return answer
}

const toInbound = (frame: ServerFrame): readonly Inbound[] => {
  switch (frame.type) {
    case 'welcome':
      return [{ ...frame, features: frame.features ?? [], limits: { ...DEFAULT_LIMITS, ...frame.limits } }]
    case 'joined': {
      const { type: _type, id, events, ...snapshot } = frame
      return [{ type: 'entered', id, snapshot, messages: events.map(toMessage) }]
    }
    case 'event':
      return [{ type: 'message', message: toMessage(frame) }]
    case 'ack':
      return [{ ...frame, createdAt: frame.ts }]
    case 'error':
      return [{ ...frame, type: 'refused' }]
    case 'page':
      return [{ ...frame, messages: frame.events.map(toMessage) }]
    case 'presence':
      return [{ joined: [], left: [], ...frame }]
    case 'ping': {
      const reply: Inbound = { type: 'reply', data: encode({ type: 'pong', n: frame.n }) }
      return frame.tops ? [reply, { type: 'tops', tops: frame.tops }] : [reply]
    }
    case 'listing':
      return [{ type: 'listing', listing: toListing(frame.listing) }]
    case 'answer':
      return [{ type: 'answer', id: frame.id, answer: toAnswer(frame) }]
    case 'left':
      return []
    default:
      return [frame]
  }
}
