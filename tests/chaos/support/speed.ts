/**
 * Time runs faster here, for client and server alike: a heartbeat of ten seconds takes half of one. What is tested
 * are the real figures in their real proportions; only waiting is cheaper.
 */
import { availableParallelism, loadavg } from 'node:os'
import type { Clock } from '../../../src/core/index.ts'

/** How many processes want each core, on average of the last minute. */
const crowd = loadavg()[0]! / availableParallelism()

/**
 * Seconds that pass in one second. Load on the machine weighs as many times more: where ten others want the same core, a
 * handshake takes longer than a twentieth of what it may take, and nobody would ever come to rest.
 */
export const SPEED = crowd > 8 ? 5 : crowd > 4 ? 10 : 20

export interface CountedClock extends Clock {
  /** Timers that have neither fired nor been cleared. */
  pending(): number
  /** Moves the wall clock, as a person or a time server would. */
  jump(ms: number): void
}

export const createFastClock = (): CountedClock => {
  const timers = new Map<number, NodeJS.Timeout>()
  const startedAt = performance.now()
  let last = 0
  let offset = 0
  const monotonic = (): number => (performance.now() - startedAt) * SPEED
  return {
    now: () => Date.now() + offset,
    monotonic,
    setTimeout(callback, ms) {
      const id = ++last
      timers.set(
        id,
        setTimeout(() => {
          timers.delete(id)
          callback()
        }, Math.max(0, ms / SPEED)),
      )
      return id
    },
    clearTimeout(handle) {
      clearTimeout(timers.get(handle as number))
      timers.delete(handle as number)
    },
    pending: () => timers.size,
    jump(ms) {
      offset += ms
    },
  }
}
