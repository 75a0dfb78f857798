import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRowSizes, UNMEASURED } from '../../src/components/ChatMessageList/row-sizes.ts'

/** The same, slowly. */
const plain = (heights: readonly number[], usual: number) => {
  const of = (height: number): number => (height === UNMEASURED ? usual : height)
  const offset = (index: number): number => heights.slice(0, index).reduce((sum, height) => sum + of(height), 0)
  return {
    offset,
    find: (at: number): number => Math.max(0, heights.findIndex((_, index) => offset(index + 1) > at)),
  }
}

const USUAL = 64

describe('heights of rows', () => {
  it('[LV22] are those of a plain list, whatever is put in, taken out and measured', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('measure' as const), at: fc.nat(), height: fc.integer({ min: 1, max: 300 }) }),
      fc.record({ kind: fc.constant('splice' as const), at: fc.nat(), removed: fc.nat(900), added: fc.nat(1_300), height: fc.constantFrom(UNMEASURED, 10, 33.25) }),
    )
    fc.assert(
      fc.property(fc.nat(2_000), fc.array(step, { maxLength: 12 }), (length, steps) => {
        const sizes = createRowSizes(length)
        const heights = new Array<number>(length).fill(UNMEASURED)
        for (const one of steps) {
          if (one.kind === 'measure') {
            if (heights.length === 0) continue
            const index = one.at % heights.length
            heights[index] = one.height
            // So large a view that the estimate stays.
            sizes.measure([[index, one.height]], Infinity)
          } else {
            const start = one.at % (heights.length + 1)
            const removed = Math.min(one.removed, heights.length - start)
            const added = new Array<number>(one.added).fill(one.height)
            heights.splice(start, removed, ...added)
            sizes.splice(start, removed, added)
          }
        }
        const model = plain(heights, USUAL)
        expect(sizes.length).toBe(heights.length)
        expect(sizes.total()).toBeCloseTo(model.offset(heights.length), 6)
        for (const part of [0, 0.1, 0.5, 0.77, 1]) {
          const index = Math.floor(part * heights.length)
          expect(sizes.offset(index)).toBeCloseTo(model.offset(index), 6)
          if (index < heights.length) expect(sizes.at(index)).toBe(heights[index])
          if (index < heights.length) expect(sizes.find(model.offset(index) + 0.5)).toBe(index)
        }
        expect(sizes.find(Infinity)).toBe(Math.max(0, heights.length - 1))
      }),
      { numRuns: 60 },
    )
  })

  it('[LV22] those that were never drawn count as the others do, once a view was drawn', () => {
    const sizes = createRowSizes(100)
    sizes.measure([[0, 100]], 800)
    expect(sizes.total()).toBe(100 + 99 * USUAL)
    sizes.measure(Array.from({ length: 10 }, (_, index) => [index, 100] as const), 800)
    expect(sizes.total()).toBe(10_000)
    sizes.measure([[50, 500]], 800)
    expect(sizes.total()).toBe(10_400)
    expect([sizes.has(50, 500), sizes.has(51, 100), sizes.at(51)]).toEqual([true, false, UNMEASURED])
    expect(sizes.range(0, 150)).toEqual([0, 1])
    expect(createRowSizes().range(0, 100)).toEqual([0, -1])
  })
})
