import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeServer } from '../../src/testing.ts'
import { createFakeBrowser, type FakeTab } from './support/fake-browser.ts'

const ANN = { id: 'ann', name: 'Ann' }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms = 50) => vi.advanceTimersByTimeAsync(ms)

/** What a tab was told, as its list would show it. */
const listOf = ({ session }: FakeTab): string[] => {
  const bodies: string[] = []
  session.on('message', ({ body }) => bodies.push(body))
  return bodies
}

const start = (tabs = 2) => {
  const server = createFakeServer()
  const browser = createFakeBrowser(server)
  const all = Array.from({ length: tabs }, () => browser.open())
  const lists = all.map(listOf)
  for (const { session } of all) {
    session.enter('general')
    session.open()
  }
  return { server, browser, tabs: all, lists, live: () => server.sockets.filter(({ state }) => state === 'open') }
}

describe('tabs that share a connection', () => {
  it('[TB1] one of them holds the socket, all are connected, and all show the same', async () => {
    const { server, browser, tabs, lists, live } = start(3)
    await pass()
    expect(tabs.map(({ session }) => session.snapshot().state)).toEqual(['connected', 'connected', 'connected'])
    expect([browser.leaders().length, live().length]).toEqual([1, 1])
    for (const [i, { session }] of tabs.entries()) session.sendMessage({ room: 'general', body: `from ${i}` })
    server.say('general', ANN, 'from ann')
    await pass()
    const log = server.log('general').map(({ body }) => body)
    expect(log).toHaveLength(4)
    expect(lists).toEqual([log, log, log])
  })

  it('[TB2] the leader dies in the middle of a burst: nothing is lost, doubled or out of order', async () => {
    const { server, browser, tabs, lists } = start(3)
    await pass()
    const [leader] = browser.leaders()
    for (let i = 0; i < 30; i++) {
      for (const { session } of tabs) session.sendMessage({ room: 'general', body: `${tabs.findIndex((t) => t.session === session)}-${i}` })
      server.say('general', ANN, `ann-${i}`)
      if (i === 15) leader?.kill()
      await pass(1)
    }
    await pass(5_000)
    const log = server.log('general').map(({ body }) => body)
    expect(new Set(log).size).toBe(log.length)
    for (const [i, tab] of tabs.entries()) {
      const own = log.filter((body) => body.startsWith(`${i}-`))
      if (tab === leader) expect(own).toEqual(Array.from({ length: own.length }, (_, n) => `${i}-${n}`))
      else {
        expect(own).toHaveLength(30)
        expect(lists[i]).toEqual(log)
        expect(tab.session.snapshot().pendingCount).toBe(0)
      }
    }
    expect(log.filter((body) => body.startsWith('ann-'))).toHaveLength(30)
  })
})
