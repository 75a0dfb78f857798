/** The chat server as a part of any Node HTTP server. */
export { attachChat, type AttachedChat, type HttpServer } from './attach.ts'
export type { FileOptions } from './files/file-options.ts'
export type { Authenticated, ChatOptions, ConnectionLimits, LogEntry } from './options.ts'
