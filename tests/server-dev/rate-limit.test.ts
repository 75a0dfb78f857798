import { describe, expect, it } from 'vitest'
import { createBucket, createSendGate, createStrikes } from '../../server-dev/rate-limit.ts'

describe('rate limits', () => {
  it('[SV30] lets a burst through, then the rate', () => {
    const bucket = createBucket({ perSecond: 10, burst: 3 }, 0)
    expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 0])
    expect(bucket.take(0)).toBe(100)
    expect(bucket.take(100)).toBe(0)
    expect(bucket.take(100)).toBe(100)
  })

  it('[SV30] never saves up more than the burst', () => {
    const bucket = createBucket({ perSecond: 10, burst: 2 }, 0)
    expect([0, 0, 0].map(() => bucket.take(1_000_000))).toEqual([0, 0, 100])
  })

  it('[SV31] after a refusal refuses everything until the told time, so that order holds', () => {
    const gate = createSendGate({ perSecond: 10, burst: 1 }, 1_000, 0)
    expect(gate.take(0)).toBe(0)
    expect(gate.take(0)).toBe(1_000)
    expect(gate.take(400)).toBe(600)
    expect(gate.take(999)).toBe(1)
    expect(gate.take(1_000)).toBe(0)
  })

  it('[SV31] a penalty from elsewhere closes the gate as well and never shortens another', () => {
    const gate = createSendGate({ perSecond: 10, burst: 10 }, 1_000, 0)
    expect(gate.penalise(0, 500)).toBe(500)
    expect(gate.penalise(0, 100)).toBe(500)
    expect(gate.take(499)).toBe(1)
    expect(gate.take(500)).toBe(0)
  })

  it('[SV32] counts incidents within the window only', () => {
    const isEnough = createStrikes(3, 10_000)
    expect([0, 1, 10_001, 10_002, 10_003].map((at) => isEnough(at))).toEqual([false, false, false, false, true])
  })
})
