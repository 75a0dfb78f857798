import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chatV1Dialect } from '../../src/dialects/index.ts'
import { createHub, type HubMessage } from '../../src/tabs/hub.ts'
import { createFakeServer } from '../../src/testing.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms = 10) => vi.advanceTimersByTimeAsync(ms)

const start = async (limits: NonNullable<Parameters<typeof createFakeServer>[0]>['limits'] = {}) => {
  const server = createFakeServer({ limits })
  const posted: HubMessage[] = []
  const hub = createHub(
    { url: 'ws://test/', dialect: chatV1Dialect(), transport: server.connect, random: () => 0 },
    { term: 7, isHidden: () => false, post: (message) => posted.push(message) },
  )
  await pass()
  const era = (): string => posted.flatMap((message) => (message.type === 'status' ? [message.era] : [])).at(-1)!
  const send = (from: string, clientId: string, at = era()): void => {
    hub.handle({ type: 'say', era: at, from, command: { type: 'send', room: 'general', clientId, body: clientId } })
  }
  return {
    server,
    posted,
    hub,
    era,
    send,
    sent: () => server.received.flatMap((frame) => (frame.type === 'send' ? [frame.clientId] : [])),
    refusals: () =>
      posted.flatMap((message) => (message.type === 'frame' ? message.inbound : [])).flatMap((one) => (one.type === 'refused' ? [one] : [])),
  }
}

describe('the leader', () => {
  it('[TB13] keeps the pace and the window that the server told, whoever sends', async () => {
    const { send, sent, hub } = await start({ messagesPerSecond: 10, burst: 4, inflight: 100 })
    for (let i = 0; i < 10; i++) send(i % 2 ? 'a:1' : 'b:1', `m${i}`)
    expect(sent()).toEqual(['m0', 'm1', 'm2'])
    await pass(350)
    expect(sent()).toHaveLength(6)
    await pass(1_000)
    expect(sent()).toEqual(Array.from({ length: 10 }, (_, i) => `m${i}`))
    hub.stop()
  })

  it('[TB13] when the server refuses for a while, what waited behind it goes back too and overtakes nothing', async () => {
    const { server, send, sent, refusals, hub } = await start({ messagesPerSecond: 1, burst: 2, inflight: 100 })
    server.intercept((frame, push) => {
      if (frame.type !== 'send') return false
      push({ type: 'error', clientId: frame.clientId, code: 'rate_limited', message: 'slow', retry: true, afterMs: 300 })
      return true
    })
    for (const id of ['m1', 'm2', 'm3']) send('a:1', id)
    await pass(5_000)
    expect(sent()).toEqual(['m1'])
    expect(refusals().map(({ clientId, retry, afterMs }) => [clientId, retry, afterMs])).toEqual([
      ['m2', true, 300],
      ['m3', true, 300],
      ['m1', true, 300],
    ])
    hub.stop()
  })

  it('[TB14] does not say on one connection what was meant for the one before: the tab says it again, in its order', async () => {
    const { server, send, sent, era, hub } = await start()
    const before = era()
    server.drop()
    await pass()
    expect(era()).not.toBe(before)
    send('a:1', 'late', before)
    expect(sent()).toEqual([])
    send('a:2', 'now')
    expect(sent()).toEqual(['now'])
    hub.stop()
  })

  it('[TB14] does not stumble over what is too big: it fails, and the connection goes on', async () => {
    const { server, send, refusals, posted, hub } = await start()
    server.intercept((frame) => {
      if (frame.type !== 'send') return false
      queueMicrotask(() => server.drop(1009, 'too big'))
      return true
    })
    send('a:1', 'small')
    send('a:1', 'much too big')
    await pass(5_000)
    expect(refusals()).toMatchObject([{ clientId: 'much too big', code: 'body_too_long', retry: false }])
    expect(posted.flatMap((message) => (message.type === 'status' ? [message.link.state] : [])).at(-1)).toBe('connected')
    hub.stop()
  })
})
