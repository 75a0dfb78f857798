/** `{"type":"PING"}` is answered with `{"type":"PONG"}`; other objects go to all others, after `AUTH` where it is wanted. */
import type { Server } from 'node:http'
import { objectOf, serve, wordOf, type SmallServer, type SmallServerOptions } from './small-server.ts'

export interface PingPongServerOptions extends SmallServerOptions {
  /** Who has sent no `PING` for so many milliseconds is terminated. @default 60000 */
  readonly patienceMs?: number
  /** Says whether a token of `AUTH` is good. @default everybody may talk, and `AUTH` is passed over */
  readonly accepts?: (token: string) => boolean
}

/** The server side of `pingPongDialect()`. */
export const pingPongServer = (server: Server, options: PingPongServerOptions = {}): SmallServer => {
  const { patienceMs = 60_000, accepts } = options
  return serve(server, options, {
    init: () => ({ pingedAt: performance.now(), isWelcome: accepts === undefined }),
    received(client, text, room) {
      const frame = objectOf(text)
      if (!frame) return
      const { state } = client
      switch (frame['type']) {
        case 'PING':
          state.pingedAt = performance.now()
          client.say({ type: 'PONG' })
          return
        case 'AUTH':
          if (!accepts) return
          state.isWelcome = accepts(wordOf(frame['token']))
          client.say(state.isWelcome ? { type: 'AUTH_OK' } : { type: 'AUTH_FAILED', code: 401, message: 'The token does not hold.' })
          return
        default:
          if (!state.isWelcome) {
            client.say({ code: 401, message: 'AUTH comes first.' })
            return
          }
          for (const other of room.others(client)) if (other.state.isWelcome) other.say(text)
      }
    },
    tick: {
      everyMs: Math.min(1_000, patienceMs / 4),
      each({ state, kick }) {
        if (performance.now() - state.pingedAt > patienceMs) kick()
      },
    },
  })
}
