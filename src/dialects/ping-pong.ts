import type { Dialect } from '../core/dialect.ts'
import { defineDialect } from './define.ts'
import { bodyOf, wordOf, type JsonObject } from './frames.ts'
import { createMessages, onlineIn, type MessageMapping, type PeopleOptions } from './messages.ts'

export interface PingPongDialectOptions extends PeopleOptions, MessageMapping {
  /** Type of the messages that are sent. @default 'CHAT' */
  readonly type?: string
  /**
   * Type of the frame with which the server accepts `AUTH`. With it nothing is said before that frame has come;
   * without it messages follow `AUTH` at once, and are lost when it is refused. @default none
   */
  readonly accepted?: string
}

const LOST_LOGIN = ['AUTH_FAILED', 'AUTH_ERROR', 'UNAUTHORIZED']

/**
 * Servers that talk `{"type":"PING"}` and `{"type":"PONG"}`, with a login by `{"type":"AUTH","token": …}`; other
 * objects are messages. A frame with `code` or `status` 401 means that the login is lost: the token is asked for anew
 * once, and then nobody tries again.
 */
export const pingPongDialect = (options: PingPongDialectOptions = {}): Dialect => {
  const { type = 'CHAT', accepted } = options
  const messages = createMessages(options)
  return defineDialect({
    name: 'ping-pong',
    capabilities: { presence: true },
    ready: accepted === undefined ? 'open' : 'welcome',
    // The server drops who sent no PING for 60 s; a minute between them while hidden would come just too late.
    heartbeat: { interval: 20_000, hiddenInterval: 50_000, timeout: 10_000 },
    write: {
      hello: ({ token }) => (token === undefined ? undefined : { type: 'AUTH', token }),
      auth: ({ token }) => ({ type: 'AUTH', token }),
      ping: () => ({ type: 'PING' }),
      send(command, about) {
        const frame = messages.toFrame(command, about)
        return frame && { type, ...frame }
      },
    },
    read(frame, about) {
      const told = wordOf(frame['type']) ?? ''
      if (told.toUpperCase() === 'PONG') return [{ type: 'pong' }, ...onlineIn(frame)]
      if (told.toUpperCase() === 'PING') return { type: 'reply', data: { type: 'PONG' } }
      if (isLostLogin(frame, told)) return { type: 'denied', reason: reasonOf(frame), refresh: true }
      if (told === accepted) return { type: 'welcome', user: about.user, rooms: [] }
      // Answers to a login, whatever they say beside it.
      if (/^auth/i.test(told)) return undefined
      return messages.fromFrame(frame, about) ?? onlineIn(frame)
    },
  })
}

const isLostLogin = (frame: JsonObject, told: string): boolean =>
  LOST_LOGIN.includes(told.toUpperCase()) || [frame['code'], frame['status']].some((code) => wordOf(code) === '401')

const reasonOf = (frame: JsonObject): string =>
  bodyOf(frame) ?? wordOf(frame['reason']) ?? wordOf(frame['error']) ?? 'The server wants a login.'
