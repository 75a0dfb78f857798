import { NO_CAPABILITIES } from './capabilities.ts'
import type { Dialect } from '../core/dialect.ts'

/** What a ping or its answer looks like. A function is asked each time. */
export type RawBeat = string | ArrayBuffer | Blob | (() => string | ArrayBuffer | Blob)

export interface RawDialectOptions {
  /** What a ping looks like; without it none is sent. @default none */
  readonly message?: RawBeat
  /**
   * What its answer looks like. Such frames are no data. A binary one is compared where binary frames come as
   * `ArrayBuffer` (`ws.binaryType = 'arraybuffer'`); a `Blob` cannot be read at once, so it counts as life and is
   * handed on. @default the same as `message`
   */
  readonly responseMessage?: RawBeat
}

export interface RawDialect extends Dialect {
  readonly name: 'raw'
  readonly options: RawDialectOptions
}

/**
 * Any server: frames are handed on as they come, and bodies are sent as they are.
 * Connected when the socket is open; nothing is ever confirmed.
 */
export const rawDialect = (options: RawDialectOptions = {}): RawDialect => {
  const { message, responseMessage = message } = options
  return {
    name: 'raw',
    options,
    protocols: [],
    capabilities: NO_CAPABILITIES,
    ready: 'open',
    write(command) {
      // What is done to an earlier message has no word here; its body alone would be one message more.
      if (command.type === 'send') return (command.kind ?? 'message') === 'message' ? command.body : undefined
      return command.type === 'ping' ? beatOf(message) : undefined
    },
    read: (data) => (responseMessage !== undefined && isSame(data, beatOf(responseMessage)) ? [{ type: 'pong' }] : []),
  }
}

const beatOf = (beat: RawBeat | undefined): string | ArrayBuffer | Blob | undefined => (typeof beat === 'function' ? beat() : beat)

const isSame = (data: unknown, beat: unknown): boolean =>
  data === beat ||
  (data instanceof ArrayBuffer &&
    beat instanceof ArrayBuffer &&
    data.byteLength === beat.byteLength &&
    String(new Uint8Array(data)) === String(new Uint8Array(beat)))
