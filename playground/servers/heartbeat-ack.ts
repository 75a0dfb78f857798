/** `{"type":"heartbeat"}` is answered with `{"type":"heartbeat_ack"}`; other objects go to all others. */
import type { Server } from 'node:http'
import { objectOf, serve, type SmallServer, type SmallServerOptions } from './small-server.ts'

export interface HeartbeatAckServerOptions extends SmallServerOptions {
  /** Who says nothing for so many milliseconds is terminated. @default 40000 */
  readonly silenceMs?: number
}

/** The server side of `heartbeatAckDialect()`. */
export const heartbeatAckServer = (server: Server, options: HeartbeatAckServerOptions = {}): SmallServer => {
  const { silenceMs = 40_000 } = options
  return serve(server, options, {
    init: () => ({ heardAt: performance.now() }),
    received(client, text, room) {
      client.state.heardAt = performance.now()
      const frame = objectOf(text)
      if (!frame) return
      if (frame['type'] === 'heartbeat') client.say({ type: 'heartbeat_ack', timestamp: frame['timestamp'] })
      else for (const other of room.others(client)) other.say(text)
    },
    tick: {
      everyMs: Math.min(1_000, silenceMs / 4),
      each({ state, kick }) {
        if (performance.now() - state.heardAt > silenceMs) kick()
      },
    },
  })
}
