import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, shallowRef, watch } from 'vue'
import { useCountdown } from '../../src/composables/index.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('useCountdown', () => {
  it('[CD1] counts whole seconds down to 0, changing once a second, and rests then', () => {
    const scope = effectScope()
    const at = shallowRef<number>()
    const left = scope.run(() => useCountdown(at))!
    expect(left.value).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
    const seen: number[] = []
    watch(left, (seconds) => seen.push(seconds), { flush: 'sync' })
    vi.advanceTimersByTime(60_000)
    at.value = Date.now() + 3_000
    vi.advanceTimersByTime(10_000)
    expect(seen).toEqual([3, 2, 1, 0])
    expect(vi.getTimerCount()).toBe(0)
    scope.stop()
  })

  it('[CD3] a clock that is set back meanwhile makes it no longer', () => {
    const scope = effectScope()
    const left = scope.run(() => useCountdown(Date.now() + 10_000))!
    vi.advanceTimersByTime(4_000)
    vi.setSystemTime(Date.now() - 3_600_000)
    vi.advanceTimersByTime(2_000)
    expect(left.value).toBe(4)
    scope.stop()
  })

  it('[CD2] starts anew with a new time, and stops with the scope', () => {
    const scope = effectScope()
    const at = shallowRef<number | undefined>(Date.now() + 5_000)
    const left = scope.run(() => useCountdown(at))!
    vi.advanceTimersByTime(2_000)
    expect(left.value).toBe(3)
    at.value = Date.now() + 8_000
    expect(left.value).toBe(8)
    at.value = undefined
    expect(left.value).toBe(0)
    at.value = Date.now() + 1_000
    scope.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})
