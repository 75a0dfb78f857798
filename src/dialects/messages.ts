/** Messages of servers that know little of people: who wrote them, and which of them are our own. */
import type { Command, DialectContext } from '../core/dialect.ts'
import { systemClock } from '../core/clock.ts'
import type { ChatUser } from '../core/domain.ts'
import { createId } from '../core/ids.ts'
import type { ReadMessage } from './define.ts'
import { bodyOf, clientIdOf, countOf, personOf, roomOf, timeOf, wordOf, type JsonObject } from './frames.ts'

export interface PeopleOptions {
  /** Our name on the wire while the session has no `user`. @default 'Guest' */
  readonly author?: string
  /** Who a message is from when the frame does not tell. @default 'Guest' */
  readonly peerName?: string
  /** Milliseconds since 1970, for messages that do not tell their time. @default the system's clock */
  readonly now?: () => number
}

/** A message of ours, about to be written. */
export interface OutgoingMessage {
  readonly body: string
  readonly author: ChatUser
  readonly room: string
  /** Stays the same when the message is sent again. */
  readonly clientId: string
}

/** What a mapping function found in a frame. */
export interface MappedMessage {
  readonly body: string | number
  /** A text is a name. @default unknown, shown as `peerName` */
  readonly author?: string | number | { readonly id?: string | number; readonly name?: string | number }
  readonly clientId?: string
  /** Milliseconds since 1970. @default now */
  readonly createdAt?: number
  /** @default the first room that was entered */
  readonly room?: string
}

export interface MessageMapping {
  /** Names rooms on the wire, in `room`, in both directions. Without it every message is of the first entered room. @default false */
  readonly rooms?: boolean
  /** A message as a frame. What it leaves out of `type` is filled in. @default { message, name, userId, clientId } */
  readonly toFrame?: (message: OutgoingMessage) => object | undefined
  /** A frame as a message; nothing for frames that are none. @default looks for the names that servers use */
  readonly fromFrame?: (frame: JsonObject) => MappedMessage | undefined
}

type MessageResult = { readonly type: 'message'; readonly message: ReadMessage }

export interface Messages {
  /** Who we are on the wire. */
  me(about: DialectContext): ChatUser
  outgoing(command: Extract<Command, { type: 'send' }>, about: DialectContext): OutgoingMessage
  /** A message of somebody else, or of another tab of ours; nothing for an echo. */
  incoming(found: MappedMessage | undefined, about: DialectContext): MessageResult | undefined
  toFrame(command: Extract<Command, { type: 'send' }>, about: DialectContext): object | undefined
  fromFrame(frame: JsonObject, about: DialectContext): MessageResult | undefined
}

export const createMessages = (options: PeopleOptions & MessageMapping): Messages => {
  const { author = 'Guest', peerName = 'Guest', now = () => systemClock.now(), rooms = false } = options
  // Nobody else has this id, so that an echo is known as one even without a user.
  const nobody: ChatUser = { id: createId(), name: author }

  const me = (about: DialectContext): ChatUser => about.user ?? nobody

  const outgoing: Messages['outgoing'] = ({ body, room, clientId }, about) => ({ body, room, clientId, author: me(about) })

  const incoming: Messages['incoming'] = (found, about) => {
    const body = found && wordOf(found.body)
    if (!found || body === undefined) return undefined
    const { author: told } = found
    const id = typeof told === 'object' ? wordOf(told?.id) : undefined
    const name = wordOf(typeof told === 'object' ? told?.name : told)
    const mine = me(about)
    const message = {
      body,
      createdAt: found.createdAt ?? now(),
      ...(found.clientId !== undefined && { clientId: found.clientId }),
      ...(found.room !== undefined && { room: found.room }),
    }
    if (id === undefined ? about.user !== undefined && name === about.user.name : id === mine.id) {
      // Ours: with its client id it merges with the row; without, or without a user, it would be a second one.
      return about.user && found.clientId !== undefined
        ? { type: 'message', message: { ...message, author: about.user } }
        : undefined
    }
    return { type: 'message', message: { ...message, author: peer(id, name ?? peerName, mine) } }
  }

  const toFrame = options.toFrame ?? (({ body, author: { id, name }, clientId }) => ({ message: body, name, userId: id, clientId }))
  const fromFrame = options.fromFrame ?? findMessage

  return {
    me,
    outgoing,
    incoming,
    toFrame(command, about) {
      const frame = toFrame(outgoing(command, about))
      return frame && rooms ? { room: command.room, ...frame } : frame
    },
    fromFrame(frame, about) {
      const found = fromFrame(frame)
      const room = rooms ? roomOf(frame) : undefined
      return incoming(found && room !== undefined ? { room, ...found } : found, about)
    },
  }
}

const findMessage = (frame: JsonObject): MappedMessage | undefined => {
  const body = bodyOf(frame)
  if (body === undefined) return undefined
  const { id, name } = personOf(frame)
  const clientId = clientIdOf(frame)
  const createdAt = timeOf(frame)
  return {
    body,
    author: { ...(id !== undefined && { id }), ...(name !== undefined && { name }) },
    ...(clientId !== undefined && { clientId }),
    ...(createdAt !== undefined && { createdAt }),
  }
}

/** How many are there, where the frame tells it. */
export const onlineIn = (frame: JsonObject): readonly { readonly type: 'presence'; readonly count: number }[] => {
  const count = countOf(frame)
  return count === undefined ? [] : [{ type: 'presence', count }]
}

/** A name is the person where there is no id; it must not be taken for ours. */
export const peer = (id: string | undefined, name: string, mine: ChatUser): ChatUser => {
  if (id !== undefined) return { id, name }
  return { id: name === mine.id ? `name:${name}` : name, name }
}
