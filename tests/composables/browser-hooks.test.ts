import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useChatSocket } from '../../src/composables/index.ts'
import { createFakeServer } from '../../src/testing.ts'
import { mount, setVisible, settle } from './support.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  setVisible(true)
  vi.useRealTimers()
})

it('[BC11] a page that goes on after a freeze while it is still hidden comes back, and beats as a hidden one', async () => {
  const server = createFakeServer()
  const { result, unmount } = mount(() =>
    useChatSocket('ws://test/chat', {
      transport: server.connect,
      heartbeat: { interval: 1_000, hiddenInterval: 1_000_000 },
      random: () => 0.99,
    }),
  )
  await settle()
  const pings = () => server.received.filter(({ type }) => type === 'ping').length
  setVisible(false)
  document.dispatchEvent(new Event('freeze'))
  document.dispatchEvent(new Event('resume'))
  await settle()
  expect(result.state.value).toBe('connected')
  const before = pings()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(pings()).toBe(before)
  unmount()
})

it('[HI12] a page that goes into the back/forward cache is put to sleep once', async () => {
  const server = createFakeServer()
  const { result, unmount } = mount(() => useChatSocket('ws://test/chat', { transport: server.connect }))
  await settle()
  const seen: string[] = []
  result.on('transition', ({ to }) => seen.push(to))
  for (let round = 0; round < 2; round++) {
    window.dispatchEvent(new Event('pagehide'))
    document.dispatchEvent(new Event('freeze'))
    document.dispatchEvent(new Event('resume'))
    await settle()
    await vi.advanceTimersByTimeAsync(1_100)
  }
  expect(seen.filter((state) => state === 'waiting')).toHaveLength(2)
  expect(result.state.value).toBe('connected')
  unmount()
})
