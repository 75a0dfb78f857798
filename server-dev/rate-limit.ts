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
  /** @returns 0 when the send may pass, otherwise the milliseconds until it may come again */
  take(now: number, clientId: string): number
  /** This one was refused and has to come again; everything else is refused for a while. @returns the milliseconds that are left */
  penalise(now: number, ms: number, clientId: string): number
}

/** How long a client that never repeats what was refused is kept waiting, in milliseconds. */
const PATIENCE_MS = 30_000

/**
 * A bucket that, once empty, refuses everything for the whole told time, and after that until something comes again that
 * was refused: on a slow link later messages of a burst are still arriving then, and would pass the refused one.
 */
export const createSendGate = (rate: Rate, penaltyMs: number, start: number): SendGate => {
  const bucket = createBucket(rate, start)
  const refused = new Set<string>()
  let closedUntil = -Infinity
  const penalise: SendGate['penalise'] = (now, ms, clientId) => {
    refused.add(clientId)
    closedUntil = Math.max(closedUntil, now + ms)
    return Math.ceil(closedUntil - now)
  }
  return {
    penalise,
    take(now, clientId) {
      if (now < closedUntil) return penalise(now, 0, clientId)
      if (refused.size > 0 && !refused.has(clientId) && now < closedUntil + PATIENCE_MS) {
        refused.add(clientId)
        return penaltyMs
      }
      refused.clear()
      const wait = bucket.take(now)
      return wait === 0 ? 0 : penalise(now, Math.max(wait, penaltyMs), clientId)
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
