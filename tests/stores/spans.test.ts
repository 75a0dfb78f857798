import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addSeq, hasSeq, seqBelow, type Span } from '../../src/stores/spans.ts'

describe('known seqs', () => {
  it('[ED31] are a set, as few ranges as possible, whatever the order', () => {
    const seqs = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 })
    fc.assert(
      fc.property(seqs, fc.integer({ min: 0, max: 42 }), (list, asked) => {
        const spans: Span[] = []
        const set = new Set<number>()
        for (const seq of list) {
          expect(addSeq(spans, seq)).toBe(!set.has(seq))
          set.add(seq)
        }
        expect(spans.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i))).toEqual([...set].sort((a, b) => a - b))
        expect(spans.every(([from], i) => i === 0 || from > spans[i - 1]![1] + 1)).toBe(true)
        expect(hasSeq(spans, asked)).toBe(set.has(asked))
        const below = [...set].filter((seq) => seq < asked)
        expect(seqBelow(spans, asked)).toBe(below.length > 0 ? Math.max(...below) : undefined)
      }),
    )
  })
})
