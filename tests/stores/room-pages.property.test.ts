import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReceivedMessage } from '../../src/core/index.ts'
import { apply } from '../../src/stores/room-state.ts'
import { cutsOf, MAX_ROWS } from '../../src/stores/room-trim.ts'
import type { ChatState, ChatStoreEvent } from '../../src/stores/room-types.ts'
import { entered, message, play, room, stored, welcome } from './support.ts'

const PAGE = 6

/** Every seventh entry changes the text of the one four before it, every eleventh takes one back. */
const entryOf = (seq: number): ReceivedMessage => {
  if (seq > 20 && seq % 11 === 0) return stored(seq, { kind: 'delete', target: seq - 13, body: '' })
  if (seq > 7 && seq % 7 === 0) return stored(seq, { kind: 'edit', target: seq - 4, body: `edit ${seq}` })
  return stored(seq, seq % 5 === 0 && seq > 5 ? { replyTo: seq - 4 } : {})
}

const createServer = (length: number) => {
  const log = Array.from({ length }, (_, index) => entryOf(index + 1))
  const slice = (from: number, to: number): ReceivedMessage[] => log.slice(Math.max(0, from - 1), Math.max(0, Math.min(to, log.length)))
  const page = (from: number, to: number, isDown = false) => ({
    room: 'general',
    messages: slice(from, to),
    more: isDown ? to < log.length : from > 1,
  })
  return {
    log,
    say: (): ReceivedMessage => log[log.push(entryOf(log.length + 1)) - 1]!,
    older: (before: number): ChatStoreEvent => ({ type: 'history', page: page(before - PAGE, before - 1), before }),
    newer: (after: number): ChatStoreEvent => ({ type: 'history', page: page(after + 1, after + PAGE, true), before: undefined, after }),
    around: (seq: number): ChatStoreEvent => ({ type: 'history', page: { ...page(seq - PAGE / 2, seq + PAGE / 2), newer: true }, before: undefined, around: seq }),
  }
}

const steps = fc.array(
  fc.record({ way: fc.constantFrom('around', 'older', 'above', 'below', 'live', 'trim' as const), at: fc.nat(1_000), other: fc.nat(1_000) }),
  { maxLength: 40 },
)

const start = (length: number) => {
  const server = createServer(length)
  const tail = server.log.slice(-PAGE).map((entry): ChatStoreEvent => ({ type: 'message', payload: entry }))
  return { server, state: play(welcome(), entered({ top: length }), ...tail) }
}

const isKnown = (state: ChatState, seq: number): boolean => room(state).known.some(([from, to]) => seq >= from && seq <= to)

const expectSound = (state: ChatState): void => {
  const { messages, gaps, known, hasReachedStart } = room(state)
  const seqs = messages.map(({ seq }) => seq!)
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b))
  for (const seq of seqs) expect(isKnown(state, seq)).toBe(true)
  // Each place where the log is interrupted is a gap, and nothing else is.
  expect([...gaps]).toEqual(known.slice(1).map(([from]) => from))
  expect(hasReachedStart).toBe(hasReachedStart && known[0]![0] === 1)
}

const act = (state: ChatState, server: ReturnType<typeof createServer>, { way, at, other }: { way: string; at: number; other: number }): ChatState => {
  const { messages, gaps, known } = room(state)
  const gap = gaps[at % Math.max(1, gaps.length)]
  const events = ((): ChatStoreEvent[] => {
    switch (way) {
      case 'around':
        return [server.around(1 + (at % server.log.length))]
      case 'older':
        return [server.older(known[0]![0])]
      case 'below':
        return gap === undefined ? [] : [server.older(gap)]
      case 'above':
        return gap === undefined ? [] : [server.newer(known.findLast(([, to]) => to < gap)![1])]
      case 'live':
        return [{ type: 'message', payload: server.say() }]
      default: {
        const [from, to] = [at % messages.length, other % messages.length].sort((a, b) => a - b) as [number, number]
        return [{ type: 'trim', room: 'general', cuts: [[from === 0 ? 0 : messages[from]!.seq!, messages[to]!.seq!]] }]
      }
    }
  })()
  return apply(state, events)
}

const shown = (state: ChatState) => room(state).messages.map(({ seq, body, isDeleted, isEdited }) => [seq, body, isDeleted ?? false, isEdited ?? false])

describe('parts of a log', () => {
  it('[RS50] that are loaded here and there stand in order, each row once, with a gap wherever something is missing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 90 }), steps, (length, steps) => {
        const { server, state: first } = start(length)
        let state = first
        for (const step of steps) {
          state = act(state, server, step)
          expectSound(state)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('[RS51] meet when pages are loaded from either side, and are then as if they had come at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 90 }), steps, fc.infiniteStream(fc.boolean()), (length, steps, sides) => {
        const { server, state: first } = start(length)
        let state = first
        for (const step of steps) state = act(state, server, step)
        for (let turn = 0; turn < 200 && room(state).gaps.length > 0; turn++) {
          state = act(state, server, { way: sides.next().value ? 'above' : 'below', at: turn, other: 0 })
        }
        for (let turn = 0; turn < 200 && !room(state).hasReachedStart; turn++) state = act(state, server, { way: 'older', at: 0, other: 0 })
        const whole = play(welcome(), entered({ top: 0 }), ...server.log.map((entry): ChatStoreEvent => ({ type: 'message', payload: entry })))
        expect(shown(state)).toEqual(shown(whole))
        expect(room(state).gaps).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('[RS51] a page that brings nothing ends the wish for more', () => {
    const { server, state: first } = start(40)
    let state = first
    state = apply(state, [server.around(10)])
    expect(room(state).gaps).toHaveLength(1)
    state = apply(state, [{ type: 'history', page: { room: 'general', messages: [], more: false }, before: undefined, after: 13 }])
    expect(room(state).gaps).toEqual([])
  })

  it('[RS52] the text of a deleted message is not kept in what quotes it, loaded or not', () => {
    let state = play(welcome(), entered({ top: 2 }), message(1), message(2, { replyTo: 1 }))
    expect(room(state).messages[1]!.quote).toMatchObject({ body: 'message 1' })
    state = apply(state, [{ type: 'trim', room: 'general', cuts: [[0, 2]] }, message(3, { kind: 'delete', target: 1, body: '' })])
    expect(JSON.stringify(room(state).messages)).not.toContain('message 1')
  })
})

describe('a room of many messages', () => {
  const rows = (count: number) => room(play(welcome(), entered({ top: 0 }), ...Array.from({ length: count }, (_, i) => message(i + 1)))).messages
  const left = (count: number, at: number | undefined) => {
    const cuts = cutsOf(rows(count), at)
    return rows(count).filter(({ seq }) => !cuts.some(([from, to]) => seq! >= from && seq! < to)).map(({ seq }) => seq!)
  }

  it('[RS53] keeps its end and what is being read, and no more than 2,000 rows', () => {
    expect(left(MAX_ROWS, 1)).toHaveLength(MAX_ROWS)
    for (const at of [undefined, 1, 700, 2_500, 3_900, 4_990]) {
      const kept = left(5_000, at)
      expect(kept.length, String(at)).toBeLessThanOrEqual(MAX_ROWS)
      expect(kept.slice(-500), String(at)).toEqual(Array.from({ length: 500 }, (_, i) => 4_501 + i))
      if (at === undefined) continue
      const near = Array.from({ length: 1_000 }, (_, i) => at - 500 + i).filter((seq) => seq > 0 && seq <= 5_000)
      expect(kept, String(at)).toEqual(expect.arrayContaining(near))
    }
  })
})
