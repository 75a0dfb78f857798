/** Texts only: `ping` is answered with `pong`, everything else goes to all others. */
import type { Server } from 'node:http'
import { serve, type SmallServer, type SmallServerOptions } from './small-server.ts'

export interface TextPingServerOptions extends SmallServerOptions {
  /** Milliseconds between pings of the WebSocket protocol; who did not answer the last one is terminated. @default 30000 */
  readonly protocolPingMs?: number
}

/** The server side of `textPingDialect()`. */
export const textPingServer = (server: Server, options: TextPingServerOptions = {}): SmallServer => {
  const { protocolPingMs = 30_000 } = options
  return serve(server, options, {
    init(socket) {
      const state = { isAlive: true }
      socket.on('pong', () => (state.isAlive = true))
      return state
    },
    received(client, text, room) {
      if (text === 'ping') client.say('pong')
      else for (const other of room.others(client)) other.say(text)
    },
    tick: {
      everyMs: protocolPingMs,
      each({ socket, state, kick }) {
        if (!state.isAlive) {
          kick()
          return
        }
        state.isAlive = false
        socket.ping()
      },
    },
  })
}
