/** Socket.IO: the way to the server, and how plain servers talk. Needs `socket.io-client`. */
export { socketIoTransport, type SocketIoTransportOptions } from './socket-io/transport.ts'
export { socketIoDialect, type SocketIoDialectOptions } from './socket-io/dialect.ts'
export type { Refusal as SocketIoRefusal } from './socket-io/ends.ts'
