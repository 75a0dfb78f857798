export * from './chat-v1.ts'
export {
  defineDialect,
  type CommandWriter,
  type DialectDefinition,
  type JsonDialectDefinition,
  type RawDialectDefinition,
  type ReadMessage,
  type ReadResult,
  type TextDialectDefinition,
} from './define.ts'
export * from './event-room.ts'
export type { JsonObject } from './frames.ts'
export * from './heartbeat-ack.ts'
export type { MappedMessage, MessageMapping, OutgoingMessage, PeopleOptions } from './messages.ts'
export * from './ping-pong.ts'
export * from './raw.ts'
export * from './text-ping.ts'
export * from './type-ping.ts'
