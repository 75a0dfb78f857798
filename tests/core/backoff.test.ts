import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { delayOf, LOCAL_FIRST_MS, mayRetry, SERVER_WIDE_FIRST_MS, type RetryHistory } from '../../src/core/backoff.ts'

const policy = { retries: -1, minDelay: 1_000, maxDelay: 30_000, hiddenMaxDelay: 300_000, minUptime: 5_000 }
const after = (more: Partial<RetryHistory>): RetryHistory => ({ attempts: 0, isHidden: false, isHerd: false, bye: undefined, now: 0, ...more })
const ordinary = (attempts: number, random: number) => delayOf({ action: 'retry' }, policy, after({ attempts }), random)
const first = (firstMs: number, attempts: number, random: number) => delayOf({ action: 'retry', firstMs }, policy, after({ attempts }), random)

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
    expect(first(LOCAL_FIRST_MS, 0, 0)).toBe(0)
    expect(first(LOCAL_FIRST_MS, 0, 0.999)).toBeCloseTo(0.999 * LOCAL_FIRST_MS)
    expect(first(LOCAL_FIRST_MS, 1, 0.999)).toBeCloseTo(1_998)
    expect(delayOf({ action: 'refresh' }, policy, after({}), 0.999)).toBeCloseTo(0.999 * LOCAL_FIRST_MS)
  })

  it('[BO3] spreads the first try over five seconds when everyone was dropped together', () => {
    expect(first(SERVER_WIDE_FIRST_MS, 0, 0.999)).toBeCloseTo(0.999 * SERVER_WIDE_FIRST_MS)
    expect(first(SERVER_WIDE_FIRST_MS, 2, 0.999)).toBeCloseTo(0.999 * 4_000)
  })

  it('[BO3] ten thousand clients of a server that went away: at most 2,200 tries in any second, half of them within 2.5 s', () => {
    let state = 42
    const random = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32
    const tries = Array.from({ length: 10_000 }, () => first(SERVER_WIDE_FIRST_MS, 0, random())).sort((a, b) => a - b)
    let peak = 0
    for (let from = 0, to = 0; to < tries.length; to++) {
      while (tries[to]! - tries[from]! >= 1_000) from++
      peak = Math.max(peak, to - from + 1)
    }
    expect(peak).toBeLessThanOrEqual(2_200)
    expect(tries[5_000]).toBeLessThanOrEqual(2_500)
  })

  it('[BO8] a herd whose server stays away for a while does not bunch up: at most 2,200 tries in any second', () => {
    let state = 7
    const random = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32
    const herd = { action: 'retry', firstMs: SERVER_WIDE_FIRST_MS } as const
    for (const awayMs of [3_000, 60_000]) {
      const tries: number[] = []
      for (let client = 0; client < 10_000; client++) {
        let at = 0
        for (let attempts = 0; ; attempts++) {
          at += delayOf(herd, policy, after({ attempts, isHerd: true }), random())
          tries.push(at)
          if (at >= awayMs) break
        }
      }
      tries.sort((a, b) => a - b)
      let peak = 0
      for (let from = 0, to = 0; to < tries.length; to++) {
        while (tries[to]! - tries[from]! >= 1_000) from++
        peak = Math.max(peak, to - from + 1)
      }
      expect(peak, `away for ${awayMs} ms`).toBeLessThanOrEqual(2_200)
    }
  })

  it.each([
    [[2_000, 6_000], 0, 2_000],
    [[2_000, 6_000], 0.5, 4_000],
    [[90_000, 120_000], 0.5, 105_000],
    [[-5_000, 1_000], 0, 0],
    [[6_000, 2_000], 0.5, 4_000],
  ] as const)('[BO4] a window of the server %j wins over the formula', (afterMs, random, ms) => {
    const bye = { code: 4001, reason: '', afterMs, at: 100 }
    expect(delayOf({ action: 'retry' }, policy, after({ attempts: 3, bye, now: 100 }), random)).toBe(ms)
    expect(delayOf({ action: 'retry' }, { ...policy, delay: 5 }, after({ attempts: 3, bye, now: 100 }), random)).toBe(ms)
  })

  it('[BO5] no wait overflows a timer', () => {
    const bye = { code: 4001, reason: '', afterMs: [1e12, 1e13], at: 0 } as const
    expect(delayOf({ action: 'retry' }, policy, after({ bye }), 0.5)).toBe(2 ** 31 - 1)
    const endless = { ...policy, minDelay: 1e9, maxDelay: 1e300 }
    expect(delayOf({ action: 'retry' }, endless, after({ attempts: 1e9 }), 1)).toBe(2 ** 31 - 1)
  })

  it('[BO6] a hidden page waits up to five minutes, and never less than a shown one', () => {
    const hidden = after({ attempts: 20, isHidden: true })
    expect(delayOf({ action: 'retry' }, policy, hidden, 0.999)).toBeCloseTo(0.999 * 300_000)
    expect(delayOf({ action: 'retry' }, { ...policy, maxDelay: 900_000 }, hidden, 0.999)).toBeCloseTo(0.999 * 900_000)
    expect(delayOf({ action: 'retry' }, policy, after({ isHidden: true }), 0.999)).toBeCloseTo(999)
  })

  it('[BO7] the tries may have an end, by number or by a function', () => {
    expect([mayRetry(policy, 1e6), mayRetry({ ...policy, retries: 2 }, 1), mayRetry({ ...policy, retries: 2 }, 2)]).toEqual([true, true, false])
    expect([0, 1].map((n) => mayRetry({ ...policy, retries: (attempt) => attempt < 1 }, n))).toEqual([true, false])
  })
})
