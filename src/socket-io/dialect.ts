/** Plain Socket.IO servers: an event per message. */
import { ChatUsageError, type ChatUser, type Command, type Dialect, type DialectContext, type Inbound } from '../core/index.ts'
import { PING, PONG, RESERVED } from './words.ts'

/** A message as a server tells it. */
export interface SocketIoMessage {
  readonly body: string
  /** @default unknown */
  readonly author?: ChatUser
  /** @default the `room` option, otherwise the first entered room */
  readonly room?: string
  /** Milliseconds since 1970. @default when it came */
  readonly createdAt?: number
  /** The sender's id of the message; an own message that comes back under it is shown once. @default none */
  readonly clientId?: string
}

/** A message of ours on its way out. */
export interface SocketIoOutgoing {
  readonly room: string
  readonly clientId: string
  readonly body: string
}

export interface SocketIoDialectOptions {
  /** The event that carries a message, both ways. @default 'chat' */
  readonly event?: string
  /** Room of messages that name none. @default the first entered one */
  readonly room?: string
  /** What the event's arguments say; nothing when they are no message. @default the first argument, when it is a text */
  readonly toMessage?: (...args: readonly unknown[]) => SocketIoMessage | string | undefined
  /** The arguments of the event for a message of ours. @default (message) => [message.body] */
  readonly fromMessage?: (message: SocketIoOutgoing, about: DialectContext) => readonly unknown[]
  /** Events that are sent with the room's name when a room is entered and left. @default none */
  readonly enter?: string
  readonly leave?: string
  /** The event that tells how many are online: a number as its first argument, or as `count`, `num` or `online` in it. @default none */
  readonly presence?: string
}

const SOMEBODY: ChatUser = { id: '?', name: '?' }

/**
 * For servers that broadcast what comes in under an event, over `socketIoTransport()`.
 * Nothing is confirmed: a message counts as sent when an open socket took it.
 * @throws ChatUsageError for an event name that Socket.IO keeps for itself
 */
export const socketIoDialect = (options: SocketIoDialectOptions = {}): Dialect => {
  const { event = 'chat', room, enter, leave, presence } = options
  const { toMessage = (body) => (typeof body === 'string' ? body : undefined), fromMessage = ({ body }) => [body] } = options
  for (const [name, value] of Object.entries({ event, enter, leave, presence })) checkEvent(name, value)

  const readMessage = (args: readonly unknown[]): readonly Inbound[] => {
    const told = toMessage(...args)
    if (told === undefined) return []
    const { author = SOMEBODY, createdAt = Date.now(), ...rest } = typeof told === 'string' ? { body: told } : told
    const place = rest.room ?? room
    return [{ type: 'message', message: { ...rest, author, createdAt, ...(place !== undefined && { room: place }) } }]
  }

  const readPresence = (args: readonly unknown[]): readonly Inbound[] => {
    const count = countOf(args[0])
    return count === undefined ? [] : [{ type: 'presence', count, joined: [], left: [], ...(room !== undefined && { room }) }]
  }

  return {
    name: 'socket.io',
    protocols: [],
    capabilities: { acks: false, history: false, rooms: false, presence: presence !== undefined, members: false, typing: false },
    ready: 'open',
    write(command: Command, about) {
      switch (command.type) {
        case 'send':
          return { event, args: fromMessage(command, about) }
        case 'enter':
          return enter === undefined ? undefined : { event: enter, args: [command.room] }
        case 'leave':
          return leave === undefined ? undefined : { event: leave, args: [command.room] }
        case 'ping':
          return PING
        default:
          return undefined
      }
    },
    read(data) {
      if (data === PONG) return [{ type: 'pong' }]
      if (!isWireEvent(data)) return []
      if (data.event === presence) return readPresence(data.args)
      if (data.event !== event) return []
      try {
        return readMessage(data.args)
      } catch (thrown) {
        return [{ type: 'bad', reason: `\`toMessage\` threw: ${String(thrown)}` }]
      }
    },
  }
}

const isWireEvent = (data: unknown): data is { readonly event: string; readonly args: readonly unknown[] } =>
  typeof data === 'object' && data !== null && 'event' in data && 'args' in data

const countOf = (told: unknown): number | undefined => {
  const fields = typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : { count: told }
  return [fields['count'], fields['num'], fields['online']].find((n): n is number => Number.isSafeInteger(n) && (n as number) >= 0)
}

const checkEvent = (name: string, value: string | undefined): void => {
  if (value === undefined || (value !== '' && !RESERVED.includes(value))) return
  throw new ChatUsageError(`\`${name}\` of socketIoDialect() is "${value}", which cannot be an event; choose another name.`)
}
