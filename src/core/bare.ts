import { createDriver, type Driver } from './connection.ts'
import { faceOf, rawBufferOf } from './face.ts'
import type { SessionOptions } from './options.ts'
import { createContext } from './session-context.ts'
import { resolveOptions } from './session-options.ts'
import type { Connection } from './session-types.ts'

/**
 * A connection and nothing else: heartbeat, backoff, wake, close codes. Frames come as `data` events, `sendRaw` takes
 * what goes out. It keeps no rooms and confirms no messages; `createSession` does. Does nothing until `open()`.
 * @throws ChatUsageError when an option can never work
 */
export const createConnection = (options: SessionOptions): Connection => {
  const context = createContext(resolveOptions(options))
  const nothing = (): undefined => undefined
  const raw = rawBufferOf(context, () => driver)
  const driver: Driver = createDriver(context, {
    ready: raw.flush,
    lost: nothing,
    received: nothing,
    room: () => '',
    revise: (loss) => loss,
    guestToken: nothing,
  })
  return faceOf(context, { driver, raw, disposed: nothing }, options.signal)
}
