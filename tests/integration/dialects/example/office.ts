import { defineDialect } from 'vue-chat-socket'

/** A frame of our server, as far as anybody can know. */
interface Frame {
  op?: string
  nick?: unknown
  text?: unknown
  ref?: unknown
  users?: unknown
}

export const officeDialect = () =>
  defineDialect<Frame>({
    name: 'office',
    capabilities: { acks: true, presence: true },
    heartbeat: { interval: 15_000, timeout: 5_000 },
    write: {
      hello: ({ token, user }) => ({ op: 'login', nick: user?.name, token }),
      enter: ({ room }) => ({ op: 'join', room }),
      send: ({ body, clientId, room }) => ({ op: 'say', room, text: body, ref: clientId }),
      ping: () => ({ op: 'ping' }),
    },
    read({ op, nick, text, ref, users }, { room }) {
      switch (op) {
        case 'pong':
          return { type: 'pong' }
        case 'said':
          return { type: 'message', message: { author: String(nick), body: String(text) } }
        case 'stored':
          return { type: 'ack', room, clientId: String(ref), createdAt: Date.now() }
        case 'users':
          return { type: 'presence', count: Number(users) }
        case 'bye':
          return { type: 'denied', reason: 'Signed in elsewhere.', refresh: false }
      }
    },
  })
