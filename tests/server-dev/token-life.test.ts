import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTokenLife } from '../../server-dev/token-life.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const DAY_MS = 24 * 3_600_000

it('[SV65] a token that holds for longer than a timer can count keeps its connection until it expires', () => {
  const expired = vi.fn()
  let timer: NodeJS.Timeout | undefined
  const life = createTokenLife({
    identify: async () => ({ ok: false, code: 4501, reason: 'no' }),
    userId: () => 'ada',
    after: (ms, run) => (timer = setTimeout(run, ms)),
    cancel: () => clearTimeout(timer),
    refuse: () => undefined,
    renewed: () => undefined,
    expired,
  })
  life.start(Date.now() + 365 * DAY_MS)
  vi.advanceTimersByTime(364 * DAY_MS)
  expect(expired).not.toHaveBeenCalled()
  vi.advanceTimersByTime(DAY_MS)
  expect(expired).toHaveBeenCalledTimes(1)
})
