/** Who is measured, with which page and server. */

export type ServerName = 'chat' | 'plain' | 'socket.io'

export interface LinkSubject {
  readonly name: string
  readonly page: string
  readonly server: ServerName
  /** What its heartbeat is set to, for the table. */
  readonly heartbeat: string
  /** For ours: the longest time that its heartbeat lets a dead link look alive, in milliseconds. */
  readonly heartbeatMs?: number
}

export const LINK_SUBJECTS: readonly LinkSubject[] = [
  {
    name: '**vue-chat-socket**, `useChatSocket` with `chat.v1`',
    page: 'chat-v1',
    server: 'chat',
    heartbeat: 'defaults: server every 10 s, silence 15 s; own ping every 10 s, answer 5 s',
    heartbeatMs: 15_000,
  },
  {
    name: '**vue-chat-socket**, `useChatSocket` with `rawDialect`',
    page: 'raw',
    server: 'plain',
    heartbeat: 'defaults: ping every 10 s, answer 5 s',
    heartbeatMs: 15_000,
  },
  {
    name: "**vue-chat-socket**, `rawDialect` with `useWebSocket`'s heartbeat",
    page: 'raw#second',
    server: 'plain',
    heartbeat: 'ping every 1 s, answer 1 s',
    heartbeatMs: 2_000,
  },
  { name: '`useWebSocket`', page: 'use-web-socket', server: 'plain', heartbeat: '`heartbeat: true`: ping every 1 s, answer 1 s' },
  { name: '`reconnecting-websocket`', page: 'reconnecting-websocket', server: 'plain', heartbeat: 'has none' },
  { name: '`partysocket`', page: 'partysocket', server: 'plain', heartbeat: 'has none' },
  { name: '`socket.io-client`', page: 'socket-io', server: 'socket.io', heartbeat: 'defaults: server every 25 s, answer 20 s' },
]
