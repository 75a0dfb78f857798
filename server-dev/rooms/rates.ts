import { createBucket, type Bucket, type Rate } from '../rate-limit.ts'

/** Everything that a person may do to rooms and members, and how often. By user, so that another connection brings no more. */
export const ROOM_RATES = {
  /** Rooms and conversations. */
  make: { perSecond: 0.2, burst: 20 },
  /** Members in and out, titles. */
  change: { perSecond: 1, burst: 50 },
  /** Lists and searches. */
  look: { perSecond: 5, burst: 30 },
} as const satisfies Record<string, Rate>

const MAX_BUCKETS = 20_000

/** @returns whether this is too much now */
export const createRoomRates = (): ((what: keyof typeof ROOM_RATES, userId: string) => boolean) => {
  const buckets = new Map<string, Bucket>()
  return (what, userId) => {
    const key = `${what} ${userId}`
    const now = performance.now()
    const bucket = buckets.get(key) ?? createBucket(ROOM_RATES[what], now)
    // The one that was used longest ago goes first.
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size > MAX_BUCKETS) buckets.delete(buckets.keys().next().value!)
    return bucket.take(now) > 0
  }
}
