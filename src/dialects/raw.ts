import type { Dialect } from '../core/dialect.ts'

export interface RawDialectOptions {
  /** What a ping looks like; without it none is sent. @default none */
  readonly message?: string | (() => string)
  /** What its answer looks like. Such frames are no data. @default the same as `message` */
  readonly responseMessage?: string | (() => string)
}

/**
 * Any server: frames are handed on as they come, and bodies are sent as they are.
 * Connected when the socket is open; nothing is ever confirmed.
 */
export const rawDialect = (options: RawDialectOptions = {}): Dialect => {
  const { message, responseMessage = message } = options
  return {
    name: 'raw',
    protocols: [],
    capabilities: { acks: false, history: false, rooms: false, presence: false, members: false, typing: false },
    ready: 'open',
    write(command) {
      if (command.type === 'send') return command.body
      return command.type === 'ping' ? textOf(message) : undefined
    },
    read: (data) => (responseMessage !== undefined && data === textOf(responseMessage) ? [{ type: 'pong' }] : []),
  }
}

const textOf = (source: string | (() => string) | undefined): string | undefined =>
  typeof source === 'function' ? source() : source
