/**
 * `{"type":"ping"}` comes back as the same object with `"status":"pong"` and the number of clients, to the one who
 * asked. `onchat` and `ongroupchat` go to others, `onaichat` is answered by the server.
 */
import type { Server } from 'node:http'
import { objectOf, serve, wordOf, type SmallServer, type SmallServerOptions } from './small-server.ts'

export interface TypePingServerOptions extends SmallServerOptions {
  /** Name of the field that tells how many are there; false tells nothing. @default 'count' */
  readonly count?: 'count' | 'num' | 'online' | false
}

export interface TypePingServer extends SmallServer {
  /** Answers every ping with this status from now on. */
  setStatus(status: string): void
}

/** The server side of `typePingDialect()`. */
export const typePingServer = (server: Server, options: TypePingServerOptions = {}): TypePingServer => {
  const { count = 'count' } = options
  let status = 'pong'
  const small = serve(server, options, {
    init: () => ({ name: '' }),
    received(client, text, room) {
      const frame = objectOf(text)
      if (!frame) return
      const online = count === false ? {} : { [count]: room.all.length }
      switch (frame['type']) {
        case 'ping':
          client.say({ ...frame, status, ...online })
          return
        case 'onopen':
          client.state.name = wordOf(frame['name'])
          client.say({ ...frame, status: 'ok', ...online })
          return
        case 'onchat': {
          const to = wordOf(frame['to'])
          for (const other of room.others(client)) if (to === '' || other.state.name === to) other.say(text)
          return
        }
        case 'ongroupchat':
          for (const other of room.others(client)) other.say(text)
          return
        case 'onaichat':
          client.say({ type: 'onaichat', name: 'Echo', message: `You said: ${wordOf(frame['message'])}` })
      }
    },
  })
  return {
    ...small,
    setStatus(next) {
      status = next
    },
  }
}
