/** Small servers in the styles that people run today, one per dialect. */
export { eventRoomServer, type EventRoomServerOptions } from './event-room.ts'
export { heartbeatAckServer, type HeartbeatAckServerOptions } from './heartbeat-ack.ts'
export { pingPongServer, type PingPongServerOptions } from './ping-pong.ts'
export type { SmallServer, SmallServerOptions } from './small-server.ts'
export { socketIoServer, type SocketIoServerOptions } from './socket-io.ts'
export {
  attachDialectServer,
  dialectServerNames,
  isDialectServerName,
  startDialectServer,
  type AttachOptions,
  type DialectServerName,
  type StartedServer,
  type StartOptions,
} from './start.ts'
export { textPingServer, type TextPingServerOptions } from './text-ping.ts'
export { typePingServer, type TypePingServer, type TypePingServerOptions } from './type-ping.ts'
