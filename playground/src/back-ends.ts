/** The servers to talk to, and how: a dialect each. Our own server comes first, then styles that people run today. */
import {
  chatV1Dialect,
  eventRoomDialect,
  heartbeatAckDialect,
  pingPongDialect,
  textPingDialect,
  typePingDialect,
  type CreateChatOptions,
  type Dialect,
} from 'vue-chat-socket'
import { socketIoDialect, socketIoTransport } from 'vue-chat-socket/socket-io'

export type BackEndName =
  | 'chat.v1'
  | 'chat.v1-socket-io'
  | 'text-ping'
  | 'type-ping'
  | 'ping-pong'
  | 'heartbeat-ack'
  | 'event-room'
  | 'socket-io'

type Connection = Pick<CreateChatOptions, 'url' | 'transport'>

export interface BackEnd {
  /** The same in every language. */
  readonly label: string
  /** It signs people in by name; elsewhere everybody is who they say. */
  readonly hasSignIn: boolean
  /** The wire tells who wrote a message. */
  readonly hasNames: boolean
  /** The server tells how many are there, where the dialect has a word for it. @default true */
  readonly hasCount?: boolean
  /** The server asks whether we are there, so that there is no round trip to measure. */
  readonly isServerLed: boolean
  readonly dialect: () => Dialect
  /** @param server the address of a server elsewhere */
  readonly connection: (server: string | undefined) => Connection
  /** Below it are `sign-in` and `faults`. Nothing: the server cannot be hurt from here. */
  readonly httpUrl: (server: string | undefined) => string | undefined
}

const ours = (transport?: CreateChatOptions['transport']): Pick<BackEnd, 'hasSignIn' | 'connection' | 'httpUrl'> => ({
  hasSignIn: true,
  connection: (server = '/chat') => ({ url: server, ...(transport && { transport }) }),
  httpUrl: (server = '/chat') => new URL(server, location.href).href.replace(/^ws/, 'http'),
})

const small = (name: BackEndName): Pick<BackEnd, 'hasSignIn' | 'connection' | 'httpUrl'> => ({
  hasSignIn: false,
  connection: (server = `/backends/${name}`) => ({ url: server }),
  httpUrl: (server) => (server === undefined ? `/backends/${name}` : undefined),
})

export const backEnds: Readonly<Record<BackEndName, BackEnd>> = {
  'chat.v1': { label: 'chat.v1', hasNames: true, isServerLed: false, dialect: chatV1Dialect, ...ours() },
  'chat.v1-socket-io': {
    label: 'chat.v1 · Socket.IO',
    hasNames: true,
    isServerLed: false,
    dialect: chatV1Dialect,
    ...ours(socketIoTransport({ frames: 'chat.v1' })),
  },
  'text-ping': { label: 'text-ping', hasNames: false, isServerLed: false, dialect: textPingDialect, ...small('text-ping') },
  'type-ping': { label: 'type-ping', hasNames: true, isServerLed: false, dialect: typePingDialect, ...small('type-ping') },
  'ping-pong': {
    label: 'ping-pong',
    hasNames: true,
    hasCount: false,
    isServerLed: false,
    dialect: pingPongDialect,
    ...small('ping-pong'),
  },
  'heartbeat-ack': {
    label: 'heartbeat-ack',
    hasNames: true,
    hasCount: false,
    isServerLed: false,
    dialect: heartbeatAckDialect,
    ...small('heartbeat-ack'),
  },
  'event-room': { label: 'event-room', hasNames: true, isServerLed: true, dialect: eventRoomDialect, ...small('event-room') },
  'socket-io': {
    ...small('socket-io'),
    label: 'Socket.IO',
    hasNames: true,
    isServerLed: false,
    dialect: () =>
      socketIoDialect({
        presence: 'online',
        fromMessage: ({ body, author, clientId }) => [{ text: body, name: author.name, userId: author.id, clientId }],
      }),
    // There the path of an address is the namespace.
    connection: (server) =>
      server === undefined
        ? { url: '/', transport: socketIoTransport({ path: '/backends/socket-io' }) }
        : { url: server, transport: socketIoTransport() },
  },
}

export const backEndNames = Object.keys(backEnds) as readonly BackEndName[]

export const isBackEndName = (name: string | undefined): name is BackEndName => name !== undefined && Object.hasOwn(backEnds, name)

/** What a chat may want and this server has no word for. */
export type Lack = 'names' | 'acks' | 'history' | 'rooms' | 'presence' | 'typing'

export const lacksOf = (name: BackEndName): readonly Lack[] => {
  const { dialect, hasNames, hasCount = true } = backEnds[name]
  const { capabilities } = dialect()
  const can: Readonly<Record<Lack, boolean>> = { ...capabilities, names: hasNames, presence: capabilities.presence && hasCount }
  return (['names', 'acks', 'history', 'rooms', 'presence', 'typing'] as const).filter((lack) => !can[lack])
}
