import type { Dialect } from '../core/dialect.ts'

/** What a ping or its answer looks like. A function is asked each time. */
export type RawBeat = string | ArrayBuffer | Blob | (() => string | ArrayBuffer | Blob)

export interface RawDialectOptions {
  /** What a ping looks like; without it none is sent. @default none */
  readonly message?: RawBeat
  /**
   * What its answer looks like. Such frames are no data. A binary answer is recognised where binary frames come as
   * `ArrayBuffer` (`ws.binaryType = 'arraybuffer'`); a frame that comes as a `Blob` cannot be read at once, so it
   * counts as life and is handed on. @default the same as `message`
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
  const bytesOf = rememberBytes()
  // A Blob is read ahead, because the question comes when there is no time to read it.
  if (responseMessage instanceof Blob) bytesOf(responseMessage)
  return {
    name: 'raw',
    options,
    protocols: [],
    capabilities: { acks: false, history: false, rooms: false, presence: false, members: false, typing: false },
    ready: 'open',
    write(command) {
      if (command.type === 'send') return command.body
      return command.type === 'ping' ? beatOf(message) : undefined
    },
    read(data) {
      const answer = beatOf(responseMessage)
      if (answer === undefined) return []
      const isAnswer = typeof answer === 'string' ? data === answer : isSameBytes(data, bytesOf(answer))
      return isAnswer ? [{ type: 'pong' }] : []
    },
  }
}

const beatOf = (beat: RawBeat | undefined): string | ArrayBuffer | Blob | undefined => (typeof beat === 'function' ? beat() : beat)

const rememberBytes = () => {
  const known = new WeakMap<Blob, ArrayBuffer | undefined>()
  return (beat: ArrayBuffer | Blob): ArrayBuffer | undefined => {
    if (beat instanceof ArrayBuffer) return beat
    if (!known.has(beat)) {
      known.set(beat, undefined)
      beat.arrayBuffer().then(
        (bytes) => known.set(beat, bytes),
        () => undefined,
      )
    }
    return known.get(beat)
  }
}

const isSameBytes = (data: unknown, expected: ArrayBuffer | undefined): boolean => {
  if (!(data instanceof ArrayBuffer) || !expected || data.byteLength !== expected.byteLength) return false
  const other = new Uint8Array(expected)
  return new Uint8Array(data).every((byte, i) => byte === other[i])
}
