/** Rooms by events. The server asks every second; who has not answered when it asks again is terminated. */
import type { Server } from 'node:http'
import { objectOf, serve, wordOf, type Client, type Clients, type SmallServer, type SmallServerOptions } from './small-server.ts'

export interface EventRoomServerOptions extends SmallServerOptions {
  /** Milliseconds between heartbeats. @default 1000 */
  readonly intervalMs?: number
  /** Says whether a token of `auth` is good; without a good one nobody enters. @default everybody may enter */
  readonly accepts?: (token: string) => boolean
}

interface Person {
  name: string
  /** Empty before `enter`. */
  room: string
  isWelcome: boolean
  /** A heartbeat is under way. */
  isAsked: boolean
}

/** The server side of `eventRoomDialect()`. */
export const eventRoomServer = (server: Server, options: EventRoomServerOptions = {}): SmallServer => {
  const { intervalMs = 1_000, accepts } = options

  const inRoom = (clients: Clients<Person>, room: string): readonly Client<Person>[] =>
    room === '' ? [] : clients.all.filter(({ state }) => state.room === room)

  const broadcast = (clients: Clients<Person>, room: string, frame: object): void => {
    const people = inRoom(clients, room)
    for (const { say } of people) say({ ...frame, num: people.length })
  }

  const leave = ({ state }: Client<Person>, clients: Clients<Person>): void => {
    const { room, name } = state
    state.room = ''
    broadcast(clients, room, { event: 'out', name })
  }

  return serve<Person>(server, options, {
    init: () => ({ name: '', room: '', isWelcome: accepts === undefined, isAsked: false }),
    received(client, text, clients) {
      const frame = objectOf(text)
      if (!frame) return
      const { state } = client
      const message = wordOf(frame['message'])
      switch (frame['event']) {
        case 'heartbeat':
          if (message === 'pong') state.isAsked = false
          return
        case 'auth':
          state.isWelcome = accepts === undefined || accepts(message)
          if (!state.isWelcome) client.say({ event: 'noAuth' })
          return
        case 'enter': {
          if (!state.isWelcome) {
            client.say({ event: 'noAuth' })
            return
          }
          const room = wordOf(frame['roomId'])
          if (state.room !== '' && state.room !== room) leave(client, clients)
          state.name = message
          state.room = room
          broadcast(clients, room, { event: 'enter', message, name: message })
          return
        }
        case 'message':
          if (!state.isWelcome) client.say({ event: 'noAuth' })
          else broadcast(clients, state.room, { event: 'message', message, name: state.name })
      }
    },
    gone: leave,
    tick: {
      everyMs: intervalMs,
      each(client, clients) {
        if (client.state.isAsked) {
          client.kick()
          return
        }
        client.state.isAsked = true
        client.say({ event: 'heartbeat', message: 'ping', num: inRoom(clients, client.state.room).length })
      },
    },
  })
}
