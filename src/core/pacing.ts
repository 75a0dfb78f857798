/** A token bucket that keeps us below the rate that the server told. */

export interface Bucket {
  readonly tokens: number
  /** When `tokens` was right, on the clock that only grows. */
  readonly at: number
}

export interface Rate {
  /** In the long run. */
  readonly messagesPerSecond: number
  /** At once. */
  readonly burst: number
}

export interface Taken {
  readonly bucket: Bucket
  /** 0: go. Otherwise ask again in this many milliseconds; nothing was taken. */
  readonly waitMs: number
}

// The network may squeeze frames together, so a part of the server's burst stays unused.
const MARGIN = 0.9

const capacity = (rate: Rate): number => Math.max(1, Math.floor(rate.burst * MARGIN))

export const fullBucket = (rate: Rate, now: number): Bucket => ({ tokens: capacity(rate), at: now })

export const take = (bucket: Bucket, rate: Rate, now: number): Taken => {
  const perMs = Math.max(rate.messagesPerSecond, 0.001) / 1_000
  const elapsedMs = Math.max(0, now - bucket.at)
  const tokens = Math.min(capacity(rate), bucket.tokens + elapsedMs * perMs)
  // Fractions of a token are lost in rounding and would ask for a wait of nothing.
  if (tokens >= 1 - 1e-9) return { bucket: { tokens: Math.max(0, tokens - 1), at: now }, waitMs: 0 }
  return { bucket: { tokens, at: now }, waitMs: Math.ceil((1 - tokens) / perMs) }
}
