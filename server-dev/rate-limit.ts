/** Limits as pure values over a clock that only grows (milliseconds). */

export interface Rate {
  /** Takes per second in the long run. */
  readonly perSecond: number
  /** Takes that are free at the start and after a rest. */
  readonly burst: number
}

export interface Bucket {
  /** @returns 0 when taken, otherwise the milliseconds until one is free */
  take(now: number): number
}

/** A token bucket. */
export const createBucket = ({ perSecond, burst }: Rate, start: number): Bucket => {
  let tokens = burst
  let at = start
  return {
    take(now) {
      tokens = Math.min(burst, tokens + ((now - at) / 1000) * perSecond)
      at = now
      if (tokens >= 1) {
        tokens -= 1
        return 0
      }
      return Math.ceil(((1 - tokens) / perSecond) * 1000)
    },
  }
}

export interface SendGate {
  /** @returns 0 when the send may pass, otherwise the milliseconds until the next one may */
  take(now: number): number
  /** Refuses everything for a while. @returns the milliseconds that are left */
  penalise(now: number, ms: number): number
}

/**
 * A bucket that, once empty, refuses everything for the whole told time. Otherwise a later message
 * of a burst could slip through before the refused one comes again, and the order would be lost.
 */
export const createSendGate = (rate: Rate, penaltyMs: number, start: number): SendGate => {
  const bucket = createBucket(rate, start)
  let closedUntil = -Infinity
  const penalise = (now: number, ms: number): number => {
    closedUntil = Math.max(closedUntil, now + ms)
    return Math.ceil(closedUntil - now)
  }
  return {
    penalise,
    take(now) {
      if (now < closedUntil) return Math.ceil(closedUntil - now)
      const wait = bucket.take(now)
      return wait === 0 ? 0 : penalise(now, Math.max(wait, penaltyMs))
    },
  }
}

/** Counts incidents. @returns a function that says whether this one is the last that is tolerated */
export const createStrikes = (limit: number, windowMs: number): ((now: number) => boolean) => {
  let recent: number[] = []
  return (now) => {
    recent = recent.filter((at) => now - at < windowMs)
    recent.push(now)
    return recent.length >= limit
  }
}
