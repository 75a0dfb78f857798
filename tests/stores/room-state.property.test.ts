import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply } from '../../src/stores/room-state.ts'
import { EMPTY_CHAT, type ChatState, type ChatStoreEvent } from '../../src/stores/room-types.ts'
import { acked, ada, entered, history, message, queued, stored, welcome } from './support.ts'

const LENGTH = 24
/** Our own messages are the even ones, see `stored`. */
const isOwn = (seq: number): boolean => stored(seq).author === ada

/** One way in which a client hears of a message; a number picks one, so that shrinking stays simple. */
const news = fc.record({
  seq: fc.integer({ min: 1, max: LENGTH }),
  way: fc.constantFrom('message', 'ack', 'page', 'unconfirmed' as const),
  length: fc.integer({ min: 1, max: 8 }),
})

const toEvent = ({ seq, way, length }: { seq: number; way: string; length: number }): ChatStoreEvent => {
  const clientId = `c${seq}`
  if (way === 'page') {
    const range = Array.from({ length }, (_, i) => seq + i).filter((at) => at <= LENGTH)
    return history(range, true, seq + range.length)
  }
  if (way === 'ack' && isOwn(seq)) return acked(clientId, seq)
  if (way === 'unconfirmed' && isOwn(seq)) return { type: 'unconfirmed', payload: { room: 'general', clientId } }
  return message(seq)
}

const all = Array.from({ length: LENGTH }, (_, i) => i + 1)

const scenario = fc.record({
  early: fc.array(news, { maxLength: 60 }),
  /** Everything arrives at last, in some order. */
  rest: fc.shuffledSubarray(all, { minLength: LENGTH, maxLength: LENGTH }),
  /** Which own messages this device sent, rather than another one of ours. */
  sentHere: fc.subarray(all.filter(isOwn)),
  cuts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
})

const batchesOf = (events: readonly ChatStoreEvent[], cuts: readonly number[]): ChatStoreEvent[][] => {
  const batches: ChatStoreEvent[][] = []
  for (let at = 0, i = 0; at < events.length; i++) {
    const size = cuts[i % cuts.length]!
    batches.push(events.slice(at, at + size))
    at += size
  }
  return batches
}

const rowsOf = (state: ChatState) => state.rooms.get('general')?.messages ?? []

describe('any interleaving', () => {
  it('[RS26] of acks, echoes, pages and repetitions gives the log once, in order, with keys that never change', () => {
    fc.assert(
      fc.property(scenario, ({ early, rest, sentHere, cuts }) => {
        const events = [
          welcome(),
          entered(),
          ...sentHere.map((seq) => queued(`c${seq}`, stored(seq).body)),
          ...early.map(toEvent),
          ...rest.map((seq) => message(seq)),
        ]
        const keyOf = new Map<string, string>()
        let state = EMPTY_CHAT
        for (const batch of batchesOf(events, cuts)) {
          state = apply(state, batch)
          const rows = rowsOf(state)
          expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
          for (const { body, key } of rows) {
            expect(keyOf.get(body) ?? key).toBe(key)
            keyOf.set(body, key)
          }
          const seqs = rows.flatMap((row) => row.seq ?? [])
          expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
        }
        expect(rowsOf(state).map((row) => row.body)).toEqual(all.map((seq) => stored(seq).body))
        expect(rowsOf(state).every((row) => row.status === 'sent')).toBe(true)
        expect(rowsOf(state).map((row) => row.isOwn)).toEqual(all.map(isOwn))
      }),
      { numRuns: 300 },
    )
  })

  it('[RS27] gives the same in one batch as in many', () => {
    fc.assert(
      fc.property(scenario, ({ early, sentHere, cuts }) => {
        const events = [
          welcome(),
          entered({ top: 3 }),
          ...sentHere.map((seq) => queued(`c${seq}`, stored(seq).body)),
          ...early.map(toEvent),
        ]
        const many = batchesOf(events, cuts).reduce(apply, EMPTY_CHAT)
        expect(rowsOf(apply(EMPTY_CHAT, events))).toEqual(rowsOf(many))
        expect(apply(EMPTY_CHAT, events).rooms.get('general')?.unread).toBe(many.rooms.get('general')?.unread)
      }),
      { numRuns: 200 },
    )
  })
})
