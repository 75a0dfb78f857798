import type { Dialect } from '../core/dialect.ts'
import { defineDialect } from './define.ts'
import { wordOf } from './frames.ts'
import { createMessages, onlineIn, type MessageMapping, type PeopleOptions } from './messages.ts'

export interface TypePingDialectOptions extends PeopleOptions, MessageMapping {
  /** Type of the messages that are sent: to a group, to one other person, or to a bot. @default 'ongroupchat' */
  readonly type?: 'ongroupchat' | 'onchat' | 'onaichat' | (string & {})
  /** Types that are messages besides `type`. @default ['onchat', 'ongroupchat', 'onaichat'] */
  readonly accept?: readonly string[]
}

/**
 * Servers that talk `{"type": …, …state}`: `ping` comes back with `"status":"pong"`, often with the number of active
 * clients, and a ping with another status means that the link is broken. The next ping leaves 6 s after the answer.
 */
export const typePingDialect = (options: TypePingDialectOptions = {}): Dialect => {
  const { type = 'ongroupchat', accept = ['onchat', 'ongroupchat', 'onaichat'] } = options
  const messages = createMessages(options)
  const isChat = (told: string): boolean => told === type || accept.includes(told)

  return defineDialect({
    name: 'type-ping',
    capabilities: { presence: true },
    // The first one at once: its answer tells how many are there.
    heartbeat: { interval: 6_000, pause: true, first: 'now' },
    write: {
      hello({ token }, about) {
        const { id, name } = messages.me(about)
        return { type: 'onopen', name, userId: id, ...(token !== undefined && { token }) }
      },
      ping: () => ({ type: 'ping' }),
      send(command, about) {
        const frame = messages.toFrame(command, about)
        return frame && { type, ...frame }
      },
    },
    read(frame, about) {
      const told = wordOf(frame['type']) ?? ''
      if (told === 'ping') {
        const status = wordOf(frame['status'])
        return status === 'pong'
          ? [{ type: 'pong' }, ...onlineIn(frame)]
          : { type: 'fault', reason: `The server answered a ping with the status ${status ?? 'none'}.` }
      }
      return isChat(told) ? messages.fromFrame(frame, about) : onlineIn(frame)
    },
  })
}
