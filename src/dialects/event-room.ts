import type { Dialect, DialectContext } from '../core/dialect.ts'
import type { ChatUser } from '../core/domain.ts'
import { ChatUsageError } from '../core/errors.ts'
import { systemRandom } from '../core/ids.ts'
import { defineDialect, type ReadResult } from './define.ts'
import { bodyOf, countOf, LONGEST_NAME, personOf, timeOf, wordOf, type JsonObject } from './frames.ts'
import { createMessages, peer, type PeopleOptions } from './messages.ts'

export interface EventRoomDialectOptions extends PeopleOptions {
  /** Our name in the room while the session has no `user`. @default 'Guest' and a number, as names must differ */
  readonly author?: string
  /** Milliseconds between the heartbeats of the server; half as much again without one, and the link is dead. @default 1000 */
  readonly interval?: number
}

/**
 * Servers with rooms by events: `enter`, `message` and `out` are told to the whole room with the number of people in
 * it, and the server beats the heart.
 *
 * The wire knows people by name alone, so what carries our name is our own echo and is dropped: two people of one
 * name do not see each other. One connection is in one room; messages for another one are refused as `unsupported`.
 */
export const eventRoomDialect = (options: EventRoomDialectOptions = {}): Dialect => {
  const { interval = 1_000, peerName = 'Guest', author = `Guest ${Math.floor(systemRandom() * 9_000) + 1_000}` } = options
  if (!(interval > 0)) {
    throw new ChatUsageError(`eventRoomDialect(): \`interval\` is ${String(interval)}; give the milliseconds between two heartbeats of the server.`)
  }
  const messages = createMessages({ ...options, author })
  const here = new Set<string>()
  let gone: readonly string[] = []
  /** Where this connection is. */
  let entered = ''

  const nameOf = (about: DialectContext): string => messages.me(about).name.trim().slice(0, LONGEST_NAME)
  const isOwn = (name: string, about: DialectContext): boolean => name.trim() === nameOf(about)
  const isOtherRoom = (room: string, about: DialectContext): boolean => about.room !== '' && about.room !== room

  const enter = (room: string, about: DialectContext): object => {
    entered = room
    return { event: 'enter', message: nameOf(about), roomId: room }
  }

  /** Who came and went, where the frame also tells how many are there. */
  const presence = (frame: JsonObject, joined: readonly ChatUser[] = [], left: readonly string[] = []): readonly ReadResult[] => {
    const count = countOf(frame)
    if (count === undefined) return []
    for (const { id } of joined) here.add(id)
    for (const id of left) here.delete(id)
    const stale = gone.filter((id) => !here.has(id))
    gone = []
    return [{ type: 'presence', count, joined, left: [...stale, ...left] }]
  }

  const someone = (frame: JsonObject, about: DialectContext): ChatUser | undefined => {
    const { name = wordOf(frame['message']) } = personOf(frame)
    return name === undefined || isOwn(name, about) ? undefined : peer(undefined, name, messages.me(about))
  }

  return defineDialect({
    name: 'event-room',
    capabilities: { presence: true },
    heartbeat: { silence: interval * 1.5 },
    write: {
      hello({ token }) {
        // Who left while we were away was not told to us.
        gone = [...here]
        here.clear()
        entered = ''
        return token === undefined ? undefined : { event: 'auth', message: token }
      },
      auth: ({ token }) => ({ event: 'auth', message: token }),
      enter: ({ room }, about) => (isOtherRoom(room, about) ? undefined : enter(room, about)),
      // There is no word for it, but the next room that waits can be entered now.
      leave: ({ room }, about) =>
        room === entered && about.room !== '' && about.room !== room ? enter(about.room, about) : undefined,
      send: ({ room, body }, about) => (isOtherRoom(room, about) ? undefined : { event: 'message', message: body }),
    },
    read(frame, about) {
      const person = () => someone(frame, about)
      switch (wordOf(frame['event'])) {
        case 'heartbeat':
          return [{ type: 'reply', data: { event: 'heartbeat', message: 'pong' } }, ...presence(frame)]
        case 'noAuth':
          return { type: 'denied', reason: wordOf(frame['message']) ?? 'The server wants a login.', refresh: false }
        case 'enter': {
          const user = person()
          return presence(frame, user ? [user] : [])
        }
        case 'out': {
          const user = person()
          return presence(frame, [], user ? [user.id] : [])
        }
        case 'message': {
          const body = bodyOf(frame)
          const { name = peerName } = personOf(frame)
          if (body === undefined || isOwn(name, about)) return presence(frame)
          const createdAt = timeOf(frame)
          const author = peer(undefined, name, messages.me(about))
          const message = messages.incoming({ body, author, ...(createdAt !== undefined && { createdAt }) }, about)
          return [...(message ? [message] : []), ...presence(frame)]
        }
        default:
          return undefined
      }
    },
  })
}
