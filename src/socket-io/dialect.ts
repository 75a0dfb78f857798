/** Plain Socket.IO servers: an event per message. */
import type { Dialect } from '../core/dialect.ts'
import { ChatUsageError } from '../core/errors.ts'
import { systemClock } from '../core/clock.ts'
import { defineDialect, type ReadResult } from '../dialects/define.ts'
import { countOf, timeOf, wordOf, type JsonObject } from '../dialects/frames.ts'
import { createMessages, type MappedMessage, type OutgoingMessage, type PeopleOptions } from '../dialects/messages.ts'
import { isFields } from '../protocol/shape.ts'
import { isAnswer, isEvent, PING, PONG, RESERVED, type Answer, type AskingEvent } from './words.ts'

export interface SocketIoDialectOptions extends PeopleOptions {
  /** The event that carries a message, both ways. @default 'chat' */
  readonly event?: string
  /** Room of messages that name none. @default the first entered one */
  readonly room?: string
  /**
   * What the event's arguments say; nothing when they are no message.
   * @default the first argument: a text is the body; in an object the names that servers use are looked for
   */
  readonly toMessage?: (...args: readonly unknown[]) => MappedMessage | string | undefined
  /** The arguments of the event for a message of ours. @default (message) => [message.body] */
  readonly fromMessage?: (message: OutgoingMessage) => readonly unknown[]
  /**
   * The server calls back for each message: until then it is not sent, and it goes again after a broken link.
   * `{ error }` or `{ ok: false }` as the first argument refuses it. @default false
   */
  readonly acks?: boolean
  /** The event that tells how many are online: a number, a list, or an object that holds one. @default none */
  readonly presence?: string
  /** The event that is sent with the room's name when a room is entered. @default none */
  readonly enter?: string
  /** The same when it is left. @default none */
  readonly leave?: string
}

/**
 * For servers that broadcast what comes in under an event, over `socketIoTransport()`. Without `acks` a message
 * counts as sent when an open socket took it.
 *
 * Unless the server tells more than a text, nobody's name is known, and all messages of others are from `peerName`.
 * @throws ChatUsageError for an event name that Socket.IO keeps for itself
 */
export const socketIoDialect = (options: SocketIoDialectOptions = {}): Dialect => {
  const { event = 'chat', room, acks = false, presence, enter, leave, fromMessage = ({ body }) => [body] } = options
  for (const [name, value] of Object.entries({ event, presence, enter, leave })) checkEvent(name, value)
  const messages = createMessages(options)
  const now = options.now ?? (() => systemClock.now())
  const place = room === undefined ? {} : { room }

  return defineDialect({
    name: 'socket.io',
    format: 'raw',
    capabilities: { acks, presence: presence !== undefined },
    write: {
      // Finds out early whether the server can be asked.
      hello: () => PING,
      ping: () => PING,
      send(command, about) {
        const said = { event, args: fromMessage(messages.outgoing(command, about)) }
        return acks ? ({ ...said, answerTo: command.clientId } satisfies AskingEvent) : said
      },
      ...(enter !== undefined && { enter: ({ room: name }) => ({ event: enter, args: [name] }) }),
      ...(leave !== undefined && { leave: ({ room: name }) => ({ event: leave, args: [name] }) }),
    },
    read(data, about) {
      if (data === PONG) return { type: 'pong' }
      if (!isEvent(data)) return undefined
      if (isAnswer(data)) return outcomeOf(data, about.room, now)
      const { args } = data
      if (data.event === presence) return onlineOf(args[0], place)
      if (data.event !== event) return undefined
      if (options.toMessage) {
        const told = options.toMessage(...args)
        return messages.incoming(typeof told === 'string' ? { ...place, body: told } : told && { ...place, ...told }, about)
      }
      const [first] = args
      const found = isFields(first) ? messages.fromFrame(first, about) : messages.incoming({ body: wordOf(first) ?? '' }, about)
      return found?.type === 'message' ? { ...found, message: { ...place, ...found.message } } : found
    },
  })
}

const onlineOf = (told: unknown, place: { readonly room?: string }): ReadResult | undefined => {
  const count = countOf(isFields(told) ? told : { count: told })
  return count === undefined ? undefined : { type: 'presence', count, ...place }
}

const outcomeOf = ({ to: clientId, args }: Answer, room: string, now: () => number): ReadResult => {
  const told: JsonObject = isFields(args[0]) ? args[0] : {}
  const { error, ok, retry } = told
  if ((error === undefined || error === null || error === false) && ok !== false) {
    return { type: 'ack', room, clientId, createdAt: timeOf(told) ?? now() }
  }
  const message = wordOf(error) ?? (isFields(error) ? wordOf(error['message']) : undefined) ?? 'The server refused the message.'
  return { type: 'refused', clientId, code: 'forbidden', message, retry: retry === true }
}

const checkEvent = (name: string, value: string | undefined): void => {
  if (value === undefined || (value !== '' && !RESERVED.includes(value))) return
  throw new ChatUsageError(`\`${name}\` of socketIoDialect() is "${value}", which cannot be an event; choose another name.`)
}
