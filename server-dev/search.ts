/** Answers what is looked for in a room, at a pace that leaves time for everybody else. */
import type { Asked } from './asks.ts'
import type { Member } from './hub.ts'
import { createBucket, type Bucket } from './rate-limit.ts'

/** Searches of one connection: somebody who types a word asks a few times. */
const SEARCH_RATE = { perSecond: 3, burst: 15 }

const buckets = new WeakMap<Member, Bucket>()

export const search: Asked<'search'> = ({ room, query, before, limit }, { chat, member, pageLimit }) => {
  if (room === undefined) return { ok: false, code: 'bad_request' }
  if (!member.rooms.has(room)) return { ok: false, code: 'forbidden' }
  const now = performance.now()
  const bucket = buckets.get(member) ?? createBucket(SEARCH_RATE, now)
  buckets.set(member, bucket)
  if (bucket.take(now) > 0) return { ok: false, code: 'rate_limited' }
  const found = chat.store().search(room, query, { before, limit: Math.min(pageLimit(limit), MAX_RESULTS) })
  return found ? { ok: true, answer: found } : { ok: false, code: 'unknown_type' }
}

/** What one page of results holds at most. */
const MAX_RESULTS = 100
