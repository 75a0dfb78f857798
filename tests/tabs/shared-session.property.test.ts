import fc from 'fast-check'
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

type Step =
  | { readonly do: 'open'; readonly isHidden: boolean }
  | { readonly do: 'kill' | 'hide' | 'show' | 'close' | 'reopen' | 'freeze' | 'send' | 'reconnect'; readonly tab: number }
  | { readonly do: 'ann' | 'drop' }
  | { readonly do: 'away'; readonly on: boolean }
  | { readonly do: 'wait'; readonly ms: number }

const tab = fc.nat({ max: 5 })
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), isHidden: fc.boolean() }) },
    { weight: 12, arbitrary: fc.record({ do: fc.constant('send' as const), tab }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('kill' as const, 'hide' as const, 'show' as const, 'close' as const, 'reopen' as const, 'freeze' as const, 'reconnect' as const), tab }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('ann' as const, 'ann' as const, 'ann' as const, 'drop' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('away' as const), on: fc.boolean() }) },
    { weight: 10, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(0, 1, 2, 5, 10, 30, 1_500) }) },
  ),
  { minLength: 5, maxLength: 60 },
)

interface Watched {
  readonly tab: FakeTab
  readonly seqs: number[]
  readonly bodies: string[]
  readonly settled: Promise<unknown>[]
  readonly sent: string[]
  isClosed: boolean
}

const play = async (script: readonly Step[], delays: readonly number[]): Promise<void> => {
  vi.clearAllTimers()
  const server = createFakeServer({ limits: { messagesPerSecond: 200, burst: 20, inflight: 4 } })
  let turn = 0
  const browser = createFakeBrowser(server, () => delays[turn++ % delays.length] ?? 0)
  const all: Watched[] = []
  let annCount = 0

  const open = (isHidden: boolean): void => {
    const opened = browser.open({ isHidden })
    const watched: Watched = { tab: opened, seqs: [], bodies: [], settled: [], sent: [], isClosed: false }
    opened.session.on('message', ({ seq, body }) => {
      if (!opened.isAlive) return
      watched.seqs.push(seq!)
      watched.bodies.push(body)
    })
    opened.session.on('error', ({ code }) => {
      expect(code).not.toBe('listener_failed')
    })
    opened.session.enter('general')
    opened.session.open()
    all.push(watched)
  }

  const step = async (now: Step): Promise<void> => {
    switch (now.do) {
      case 'open':
        if (all.filter((one) => one.tab.isAlive).length < 5) open(now.isHidden)
        return
      case 'ann':
        server.say('general', ANN, `ann-${++annCount}`)
        return
      case 'drop':
        server.drop()
        return
      case 'away':
        server.refuse(now.on)
        if (now.on) server.drop()
        return
      case 'wait':
        await vi.advanceTimersByTimeAsync(now.ms)
        return
    }
    const watched = all[now.tab]
    if (!watched?.tab.isAlive) return
    const { session } = watched.tab
    switch (now.do) {
      case 'kill':
        return watched.tab.kill()
      case 'hide':
        return watched.tab.hide()
      case 'show':
        return watched.tab.show()
      case 'freeze':
        return session.hint('frozen')
      case 'reconnect':
        if (!watched.isClosed) session.reconnect()
        return
      case 'close':
        watched.isClosed = true
        return session.close()
      case 'reopen':
        if (watched.isClosed) session.open()
        watched.isClosed = false
        return
      case 'send': {
        const body = `${now.tab}-${watched.sent.length}`
        watched.sent.push(body)
        watched.settled.push(session.sendMessage({ room: 'general', body }).settled)
      }
    }
  }

  open(false)
  for (const now of script) await step(now)

  server.refuse(false)
  for (const { tab: one, isClosed } of all) if (one.isAlive && !isClosed) one.session.hint('online')
  await vi.advanceTimersByTimeAsync(60_000)

  const log = server.log('general')
  const texts = log.map(({ body }) => body)
  expect(new Set(texts).size).toBe(texts.length)
  expect(texts.filter((text) => text.startsWith('ann-'))).toHaveLength(annCount)
  const alive = all.filter((one) => one.tab.isAlive && !one.isClosed)
  for (const [index, one] of all.entries()) {
    const own = texts.filter((text) => text.startsWith(`${index}-`))
    // In the order in which they were written, whoever sent them in the end.
    expect(own).toEqual(one.sent.filter((text) => own.includes(text)))
    if (!alive.includes(one)) continue
    expect(own).toEqual(one.sent)
    expect(one.tab.session.snapshot()).toMatchObject({ state: 'connected', pendingCount: 0 })
    expect(await Promise.all(one.settled)).toEqual(one.sent.map(() => expect.objectContaining({ ok: true })))
    const first = one.seqs[0] ?? log.length + 1
    expect(one.seqs).toEqual(log.slice(first - 1).map(({ seq }) => seq))
    expect(one.bodies).toEqual(texts.slice(first - 1))
  }
  const leaders = browser.leaders()
  expect(leaders).toHaveLength(alive.length > 0 ? 1 : 0)
  if (alive.some((one) => !one.tab.isHidden)) expect(leaders[0]?.isHidden).toBe(false)
  expect(server.sockets.filter(({ state }) => state === 'open')).toHaveLength(leaders.length)
  for (const one of all) one.tab.session.dispose()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(vi.getTimerCount()).toBe(0)
}

describe('tabs that share a connection, whatever happens', () => {
  it('[TB3] every tab has what the server has, once and in order, however tabs are opened, killed, hidden, put to sleep and closed', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.array(fc.nat({ max: 8 }), { minLength: 1, maxLength: 7 }), play),
      { numRuns: Number(process.env['TABS_RUNS'] ?? 150), ...(process.env['TABS_SEED'] && { seed: Number(process.env['TABS_SEED']) }) },
    )
  }, 600_000)
})
