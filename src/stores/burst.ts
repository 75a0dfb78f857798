/** When a projection may be shown: at once, as long as that does not happen all the time. */

/** So many changes in a span are shown one by one; in a burst they are shown together. */
const CALM = { changes: 12, withinMs: 100 }

/** In a burst there is one change per span, so that the page has time to draw and to listen. Milliseconds. */
export const BURST_MS = 50

export interface Pace {
  /** @returns how long to wait before the next change is shown, in milliseconds */
  waitMs(now: number): number
  /** A change was shown. */
  shown(now: number): void
}

export const createPace = (): Pace => {
  let recent: number[] = []
  return {
    waitMs(now) {
      const last = recent.at(-1)
      const oldest = recent[0]
      if (last === undefined || oldest === undefined || recent.length < CALM.changes || now - oldest > CALM.withinMs) return 0
      return Math.max(0, last + BURST_MS - now)
    },
    shown(now) {
      recent = [...recent, now].slice(-CALM.changes)
    },
  }
}
