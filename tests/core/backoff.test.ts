import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { LOCAL_FIRST_MS, nextDelay, SERVER_WIDE_FIRST_MS } from '../../src/core/backoff.ts'

const policy = { minDelay: 1_000, maxDelay: 30_000 }
const ordinary = (attempt: number, random: number) => nextDelay({ attempt, scope: 'ordinary' }, policy, random)

describe('backoff', () => {
  it('[BO1] waits anything from 0 to the doubled bound, never more than the cap', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
        const bound = Math.min(30_000, 1_000 * 2 ** Math.min(attempt, 40))
        const ms = ordinary(attempt, random)
        expect(ms).toBeGreaterThanOrEqual(0)
        expect(ms).toBeLessThanOrEqual(bound)
        expect(ms).toBeCloseTo(random * bound, 6)
      }),
    )
  })

  it.each([
    [0, 1_000],
    [1, 2_000],
    [4, 16_000],
    [5, 30_000],
    [31, 30_000],
    [1_000_000, 30_000],
  ])('[BO1] at attempt %i the bound is %i ms', (attempt, bound) => {
    expect(ordinary(attempt, 0)).toBe(0)
    expect(ordinary(attempt, 0.999)).toBeCloseTo(0.999 * bound, 6)
  })

  it('[BO2] comes back within half a second from a loss that only concerns us, once', () => {
    expect(nextDelay({ attempt: 0, scope: 'local' }, policy, 0)).toBe(0)
    expect(nextDelay({ attempt: 0, scope: 'local' }, policy, 0.999)).toBeCloseTo(0.999 * LOCAL_FIRST_MS)
    expect(nextDelay({ attempt: 1, scope: 'local' }, policy, 0.999)).toBeCloseTo(1_998)
  })

  it('[BO3] spreads the first try over five seconds when everyone was dropped together', () => {
    expect(nextDelay({ attempt: 0, scope: 'server-wide' }, policy, 0.999)).toBeCloseTo(0.999 * SERVER_WIDE_FIRST_MS)
    expect(nextDelay({ attempt: 2, scope: 'server-wide' }, policy, 0.999)).toBeCloseTo(0.999 * 4_000)
  })

  it.each([
    [[2_000, 6_000], 0, 2_000],
    [[2_000, 6_000], 0.5, 4_000],
    [[90_000, 120_000], 0.5, 105_000],
    [[-5_000, 1_000], 0, 0],
    [[6_000, 2_000], 0, 2_000],
  ] as const)('[BO4] a window of the server %j wins over the formula', (window, random, ms) => {
    expect(nextDelay({ attempt: 3, scope: 'ordinary', window }, policy, random)).toBe(ms)
  })

  it('[BO5] no wait overflows a timer', () => {
    const huge = nextDelay({ attempt: 0, scope: 'ordinary', window: [1e12, 1e13] }, policy, 0.5)
    expect(huge).toBe(2 ** 31 - 1)
    expect(nextDelay({ attempt: 1e9, scope: 'ordinary' }, { minDelay: 1e9, maxDelay: 1e300 }, 1)).toBe(2 ** 31 - 1)
  })
})
