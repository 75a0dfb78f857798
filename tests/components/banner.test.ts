import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ChatConnectionBanner } from '../../src/components/index.ts'
import type { ConnectionState } from '../../src/core/index.ts'

const show = (state: ConnectionState, props: Record<string, unknown> = {}) =>
  mount(ChatConnectionBanner, { props: { state, ...props } })

type Wrapper = ReturnType<typeof show>

const seen = (wrapper: Wrapper): string => (wrapper.find('.chat-banner').exists() ? wrapper.get('.chat-banner-sentence').text() : '')
const heard = (wrapper: Wrapper): string => wrapper.get('[role=status]').text()

describe('ChatConnectionBanner', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('[UI30] shows nothing while all is well', () => {
    expect([seen(show('idle')), seen(show('connected'))]).toEqual(['', ''])
  })

  it('[UI31] does not flash for an interruption shorter than a second', async () => {
    const wrapper = show('connected')
    for (const state of ['waiting', 'connecting', 'handshaking'] as const) {
      await wrapper.setProps({ state })
      await vi.advanceTimersByTimeAsync(300)
      expect(seen(wrapper)).toBe('')
    }
    await wrapper.setProps({ state: 'connected' })
    await vi.advanceTimersByTimeAsync(5_000)
    expect([seen(wrapper), heard(wrapper)]).toEqual(['', ''])
  })

  it('[UI31] the second runs from the first sign of trouble, whatever states follow', async () => {
    const wrapper = show('connected')
    await wrapper.setProps({ state: 'waiting' })
    await vi.advanceTimersByTimeAsync(600)
    await wrapper.setProps({ state: 'connecting' })
    await vi.advanceTimersByTimeAsync(450)
    expect(seen(wrapper)).toBe('Reconnecting…')
  })

  it.each([
    ['offline', {}, 'You are offline'],
    ['closed', {}, 'Disconnected'],
    ['failed', {}, 'Could not connect'],
    ['failed', { cause: { kind: 'auth' } }, 'Your sign-in is no longer valid. Sign in again.'],
    ['failed', { cause: { kind: 'server', closeCode: 4505 } }, 'This chat was opened somewhere else'],
  ] as const)('[UI32] says at once what does not pass: %s %j', async (state, props, text) => {
    const wrapper = show('connected')
    await wrapper.setProps({ state, ...props })
    expect([seen(wrapper), heard(wrapper)]).toEqual([text, text])
  })

  it('[UI32] a link that went silent is an unstable network, seen and heard', async () => {
    const wrapper = show('connected')
    await wrapper.setProps({ state: 'waiting', cause: { kind: 'heartbeat' } })
    await vi.advanceTimersByTimeAsync(1_000)
    expect([seen(wrapper), heard(wrapper)]).toEqual(['The network is unstable', 'The network is unstable'])
    await wrapper.setProps({ state: 'connecting' })
    expect([seen(wrapper), heard(wrapper)]).toEqual(['Reconnecting…', 'The network is unstable'])
  })

  it('[UI33] counts down to the next try, and tells attempts and what waits', async () => {
    vi.setSystemTime(1_000_000)
    const wrapper = show('connected', { retryAt: undefined })
    await wrapper.setProps({ state: 'waiting', retryAt: 1_008_000, attempt: 3, pendingCount: 2 })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(wrapper.get('.chat-banner-text').text()).toContain('Next try in 7 s')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(wrapper.get('.chat-banner-text').text()).toContain('Next try in 5 s')
    expect(wrapper.get('.chat-banner-text').text()).toContain('Attempt 3')
    expect(wrapper.get('.chat-banner-text').text()).toContain('2 messages wait to be sent')
  })

  it('[UI34] speaks when the situation changes, not with each second or each try', async () => {
    vi.setSystemTime(1_000_000)
    const wrapper = show('connected')
    const spoken = new Set<string>()
    await wrapper.setProps({ state: 'waiting', retryAt: 1_030_000 })
    for (let second = 0; second < 20; second++) {
      await vi.advanceTimersByTimeAsync(1_000)
      await wrapper.setProps({ state: second % 2 ? 'waiting' : 'connecting', attempt: second })
      spoken.add(heard(wrapper))
    }
    expect([...spoken]).toEqual(['Connection lost'])
    expect(wrapper.get('.chat-banner-text').attributes('aria-live')).toBe('off')
  })

  it('[UI35] "Retry now" is a button', async () => {
    const wrapper = show('offline')
    const button = wrapper.get('button')
    expect([button.attributes('type'), button.text()]).toEqual(['button', 'Retry now'])
    await button.trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })

  it('[UI35] offers no retry while a try is under way', () => {
    expect(show('connecting', { graceMs: 0 }).find('button').exists()).toBe(false)
  })

  it('[UI36] tells that the connection is back, for a moment', async () => {
    const wrapper = show('connected')
    await wrapper.setProps({ state: 'offline' })
    await wrapper.setProps({ state: 'connected' })
    expect([seen(wrapper), heard(wrapper)]).toEqual(['Connected again', 'Connected again'])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(seen(wrapper)).toBe('')
  })

  it('[UI36] a first connection is nothing to celebrate', async () => {
    const wrapper = show('connecting')
    await vi.advanceTimersByTimeAsync(1_500)
    expect(seen(wrapper)).toBe('Connecting…')
    await wrapper.setProps({ state: 'connected' })
    expect([seen(wrapper), heard(wrapper)]).toEqual(['', ''])
  })

  it('[UI33] a server that was never reached is not a lost connection', async () => {
    const wrapper = show('connecting')
    await wrapper.setProps({ state: 'waiting' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(seen(wrapper)).toBe('Could not connect')
  })
})
