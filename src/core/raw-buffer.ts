/** Raw data that waits for a socket. */
import type { WireData } from './dialect.ts'

export interface RawBuffer {
  /** @returns whether an open socket took it */
  send(data: WireData, useBuffer: boolean): boolean
  flush(): void
  clear(): void
}

export interface RawPort {
  /** Hands data to an open socket; false when there is none. */
  transmit(data: WireData): boolean
  /** There is no place for more; this one is lost. */
  full(): void
}

/** @param maxCount how many frames may wait; what comes later is refused, because what waits came first @default 1000 */
export const createRawBuffer = (port: RawPort, maxCount = 1_000): RawBuffer => {
  let waiting: WireData[] = []
  const flush = (): void => {
    const sent = waiting.findIndex((data) => !port.transmit(data))
    waiting = sent < 0 ? [] : waiting.slice(sent)
  }
  return {
    send(data, useBuffer) {
      flush()
      if (!waiting.length && port.transmit(data)) return true
      if (useBuffer) {
        if (waiting.length < maxCount) waiting.push(data)
        else port.full()
      }
      return false
    },
    flush,
    clear() {
      waiting = []
    },
  }
}
