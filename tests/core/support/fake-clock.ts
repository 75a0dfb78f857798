import type { Clock } from '../../../src/core/index.ts'

export interface FakeClock extends Clock {
  /** Lets time pass; timers fire in order, each at its own time. */
  advance(ms: number): void
  /** Time passes as in a sleeping machine: nothing runs until it is over, then everything that is due. */
  sleep(ms: number): void
  /** Time passes while the browser holds all timers back. */
  skip(ms: number): void
  /** Only the wall clock jumps. */
  setWall(ms: number): void
  readonly timers: number
}

export const createFakeClock = (): FakeClock => {
  let mono = 1_000
  let wall = 1_750_000_000_000
  let lastId = 0
  const timers = new Map<number, { readonly at: number; readonly callback: () => void }>()
  const fireUntil = (end: number): void => {
    for (;;) {
      const due = [...timers].filter(([, t]) => t.at <= end).sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0]
      if (!due) return
      timers.delete(due[0])
      const passed = Math.max(0, due[1].at - mono)
      mono += passed
      wall += passed
      due[1].callback()
    }
  }
  return {
    now: () => wall,
    monotonic: () => mono,
    setTimeout(callback, ms) {
      lastId += 1
      timers.set(lastId, { at: mono + ms, callback })
      return lastId
    },
    clearTimeout(handle) {
      timers.delete(handle as number)
    },
    advance(ms) {
      const end = mono + ms
      fireUntil(end)
      wall += end - mono
      mono = end
    },
    sleep(ms) {
      mono += ms
      wall += ms
      fireUntil(mono)
    },
    skip(ms) {
      mono += ms
      wall += ms
    },
    setWall(ms) {
      wall = ms
    },
    get timers() {
      return timers.size
    },
  }
}
