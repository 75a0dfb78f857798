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
    expect(gate.take(0, 'a')).toBe(0)
    expect(gate.take(0, 'b')).toBe(1_000)
    expect(gate.take(400, 'c')).toBe(600)
    expect(gate.take(999, 'b')).toBe(1)
    expect(gate.take(1_000, 'b')).toBe(0)
  })

  it('[SV31] a penalty from elsewhere closes the gate as well and never shortens another', () => {
    const gate = createSendGate({ perSecond: 10, burst: 10 }, 1_000, 0)
    expect(gate.penalise(0, 500, 'a')).toBe(500)
    expect(gate.penalise(0, 100, 'b')).toBe(500)
    expect(gate.take(499, 'a')).toBe(1)
    expect(gate.take(500, 'a')).toBe(0)
  })

  it('[CH26] later messages that a slow link brings after the told time do not pass the refused one', () => {
    const gate = createSendGate({ perSecond: 10, burst: 10 }, 1_000, 0)
    gate.penalise(0, 500, 'first')
    expect(gate.take(400, 'second')).toBe(100)
    expect(gate.take(600, 'third')).toBe(1_000)
    expect(gate.take(2_000, 'fourth')).toBe(1_000)
    expect(['first', 'second', 'third', 'fourth', 'fifth'].map((id) => gate.take(2_100, id))).toEqual([0, 0, 0, 0, 0])
  })

  it('[CH26] a client that took the refused ones back comes through with another that was refused, and one that repeats nothing after 30 s', () => {
    const gate = createSendGate({ perSecond: 10, burst: 10 }, 1_000, 0)
    gate.penalise(0, 500, 'taken back')
    expect(gate.take(600, 'new')).toBe(1_000)
    expect(gate.take(1_600, 'new')).toBe(0)
    gate.penalise(2_000, 500, 'dropped')
    expect(gate.take(32_400, 'x')).toBe(1_000)
    expect(gate.take(32_500, 'y')).toBe(0)
  })

  it('[SV32] counts incidents within the window only', () => {
    const isEnough = createStrikes(3, 10_000)
    expect([0, 1, 10_001, 10_002, 10_003].map((at) => isEnough(at))).toEqual([false, false, false, false, true])
  })
})
