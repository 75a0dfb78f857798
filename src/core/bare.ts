import { createDriver } from './connection.ts'
import type { Driver } from './driver.ts'
import { faceOf, rawBufferOf } from './face.ts'
import type { SessionOptions } from './options.ts'
import { createContext } from './session-context.ts'
import { resolveOptions } from './session-options.ts'
import type { Connection } from './session-types.ts'

/**
 * A connection and nothing else: heartbeat, backoff, wake, close codes. Frames come as `data` events, `sendRaw` takes
 * what goes out. It keeps no rooms and confirms no messages; `createSession` does. Does nothing until `open()`.
 * `url` is handed to the transport as it is; `base` is not used.
 * @throws ChatUsageError when an option can never work
 */
export const createConnection = (options: SessionOptions): Connection => {
  const context = createContext(resolveOptions(options))
  const raw = rawBufferOf(context, () => driver, options.outbox?.maxCount)
  const driver: Driver = createDriver(context, { ready: raw.flush })
  return faceOf(context, { driver, raw }, options.signal)
}
