import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ChatError, type Session } from '../../src/core/index.ts'
import { eventRoomDialect } from '../../src/dialects/index.ts'
import { DEFAULT_LIMITS } from '../../src/protocol/index.ts'
import { createFakeServer, createMemoryTransport, type FakeServer } from '../../src/testing.ts'
import { createFakeBrowser, directSession, type FakeTab } from './support/fake-browser.ts'

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

  it('[TB4] a leader that is hidden gives the lead to a tab that is shown, and only then', async () => {
    const { browser, tabs, live } = start(2)
    const [first, second] = tabs as [FakeTab, FakeTab]
    await pass()
    second.hide()
    first.hide()
    await pass()
    expect(browser.leaders()).toEqual([first])
    second.show()
    await pass()
    expect(browser.leaders()).toEqual([second])
    expect(live()).toHaveLength(1)
    first.show()
    await pass(5_000)
    expect(browser.leaders()).toEqual([second])
    expect(tabs.map(({ session }) => session.snapshot().state)).toEqual(['connected', 'connected'])
  })

  it('[TB4] a leader that does not answer, because its page was frozen without a word, is replaced within a second', async () => {
    const { browser, tabs } = start(2)
    const [first, second] = tabs as [FakeTab, FakeTab]
    await pass()
    second.hide()
    // It holds the lock and hears nothing.
    Object.assign(first.session, { hint: () => undefined })
    browser.mute(first)
    second.show()
    await pass(1_050)
    expect(second.session.tabs.isLeader()).toBe(true)
    expect(second.session.snapshot().state).toBe('connected')
    browser.unmute(first)
    await pass()
    expect(browser.leaders()).toEqual([second])
    expect(first.session.snapshot().state).toBe('connected')
  })

  it('[TB5] closing is a matter of one tab; the others go on, under another leader if need be', async () => {
    const { server, browser, tabs, lists, live } = start(2)
    const [first, second] = tabs as [FakeTab, FakeTab]
    await pass()
    first.session.close()
    await pass()
    expect([first.session.snapshot().state, first.session.snapshot().cause]).toEqual(['closed', { kind: 'user' }])
    for (const hint of ['online', 'visible', 'hidden', 'visible'] as const) first.session.hint(hint)
    await pass(5_000)
    expect(first.session.snapshot().state).toBe('closed')
    expect(browser.leaders()).toEqual([second])
    expect(second.session.snapshot().state).toBe('connected')
    server.say('general', ANN, 'while closed')
    first.session.sendMessage({ room: 'general', body: 'kept' })
    await pass()
    first.session.open()
    await pass()
    expect(lists).toEqual([['while closed', 'kept'], ['while closed', 'kept']])
    first.session.close()
    second.session.close()
    await pass()
    expect(live()).toEqual([])
  })

  it('[TB6] what a dead tab had not sent, another one sends, in its order', async () => {
    const { server, browser, tabs, lists } = start(2)
    await pass()
    server.refuse(true)
    server.drop()
    await pass()
    const [leader] = browser.leaders()
    const other = tabs.find((tab) => tab !== leader)!
    for (const body of ['1', '2', '3']) leader?.session.sendMessage({ room: 'general', body })
    await pass()
    leader?.kill()
    await pass()
    server.refuse(false)
    other.session.reconnect()
    await pass(5_000)
    expect(server.log('general').map(({ body }) => body)).toEqual(['1', '2', '3'])
    expect(lists[tabs.indexOf(other)]).toEqual(['1', '2', '3'])
  })

  it('[TB6] what a tab disposed of or cancelled, nobody sends', async () => {
    const { server, tabs } = start(2)
    const [first, second] = tabs as [FakeTab, FakeTab]
    await pass()
    server.refuse(true)
    server.drop()
    await pass()
    second.session.sendMessage({ room: 'general', body: 'disposed' })
    const { clientId } = first.session.sendMessage({ room: 'general', body: 'cancelled' })
    expect(first.session.cancel(clientId)).toBe(true)
    await pass()
    second.session.dispose()
    first.session.sendMessage({ room: 'general', body: 'sent' })
    server.refuse(false)
    first.session.reconnect()
    await pass(5_000)
    expect(server.log('general').map(({ body }) => body)).toEqual(['sent'])
  })

  it('[TB7] a tab that comes later has the members, the last messages and everything that follows, without a hole', async () => {
    const { server, browser } = start(1)
    server.setMembers('general', [ANN])
    for (let i = 1; i <= 5; i++) server.say('general', ANN, `${i}`)
    await pass()
    const late = browser.open()
    const list = listOf(late)
    const entered = vi.fn()
    late.session.on('entered', entered)
    late.session.enter('general')
    late.session.open()
    for (let i = 6; i <= 12; i++) {
      server.say('general', ANN, `${i}`)
      await pass(0)
    }
    await pass()
    expect(entered).toHaveBeenCalledTimes(1)
    expect(entered.mock.calls[0]?.[0]).toMatchObject({ count: 2, members: [server.user, ANN] })
    expect(list).toEqual(Array.from({ length: 12 }, (_, i) => `${i + 1}`))
  })

  it('[TB7] rooms are left when no tab is in them any more', async () => {
    const { server, tabs } = start(3)
    const leaves = () => server.received.filter(({ type }) => type === 'leave').length
    await pass()
    tabs[1]?.session.leave('general')
    await pass()
    tabs[2]?.kill()
    await pass()
    expect(leaves()).toBe(0)
    tabs[0]?.session.leave('general')
    await pass()
    expect(leaves()).toBe(1)
  })

  it('[TB8] a follower does all that a session does: history, typing, raw frames, a failed message again', async () => {
    const { server, tabs } = start(2)
    const [leader, follower] = tabs as [FakeTab, FakeTab]
    for (let i = 1; i <= 5; i++) server.say('general', ANN, `${i}`)
    await pass()
    const page = follower.session.loadHistory('general', { before: 3 })
    await pass()
    expect(await page).toMatchObject({ ok: true, value: { messages: [{ seq: 1 }, { seq: 2 }] } })
    follower.session.setTyping('general', true)
    expect(follower.session.sendRaw(JSON.stringify({ type: 'ping', n: 7 }))).toBe(true)
    await pass()
    expect(server.received.filter(({ type }) => type === 'typing')).toMatchObject([{ room: 'general', on: true }])
    expect(server.received).toContainEqual({ type: 'ping', n: 7 })

    server.intercept((frame, push) => {
      if (frame.type !== 'send') return false
      push({ type: 'error', clientId: frame.clientId, code: 'forbidden', message: 'no', retry: false })
      return true
    })
    const rejected = [vi.fn(), vi.fn()] as const
    leader.session.on('rejected', rejected[0])
    follower.session.on('rejected', rejected[1])
    const sent = follower.session.sendMessage({ room: 'general', body: 'x' })
    await pass()
    expect(await sent.settled).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect(rejected.map((one) => one.mock.calls.length)).toEqual([0, 1])
    server.intercept(() => false)
    expect(follower.session.retry(sent.clientId)).toBe(true)
    await pass()
    expect(server.log('general').at(-1)).toMatchObject({ body: 'x', clientId: sent.clientId })
  })

  it('[TB8] a message is queued at once, whoever leads, and may be taken back before it is sent', async () => {
    const { server, browser } = start(1)
    const tab = browser.open()
    const queued = vi.fn()
    tab.session.on('queued', queued)
    const { clientId } = tab.session.sendMessage({ room: 'general', body: 'x' })
    expect(queued).toHaveBeenCalledTimes(1)
    expect(tab.session.snapshot().pendingCount).toBe(1)
    expect(tab.session.cancel(clientId)).toBe(true)
    tab.session.open()
    await pass()
    expect(server.log('general')).toEqual([])
  })

  it('[TB9] all tabs show the same state of the connection, with the error that it has', async () => {
    const { server, tabs } = start(2)
    const [first, second] = tabs as [FakeTab, FakeTab]
    await pass()
    const errors = tabs.map(({ session }) => {
      const seen: unknown[] = []
      session.on('error', (error) => seen.push([error instanceof ChatError, error.code, error.closeCode]))
      return seen
    })
    server.refuse(true)
    server.drop(4001, 'bye')
    await pass(20)
    const show = ({ session }: FakeTab) => {
      const { state, cause, attempt, error } = session.snapshot()
      return { state, cause, attempt, code: error?.code, closeCode: error?.closeCode }
    }
    expect(show(second)).toEqual(show(first))
    expect(errors[1]).toEqual(errors[0])
    expect(errors[0]?.[0]).toEqual([true, 'closed', 4001])
    server.refuse(false)
    second.session.reconnect()
    await pass()
    expect(show(second)).toMatchObject({ state: 'connected', attempt: 0, code: undefined })
  })

  it('[TB9] alone, a tab tells its story as a session of its own does', async () => {
    const story = async (session: Session, server: FakeServer): Promise<unknown[]> => {
      const told: unknown[] = []
      for (const event of ['transition', 'welcome', 'entered', 'message', 'queued', 'acked', 'unconfirmed', 'left'] as const) {
        session.on(event, (payload) => told.push([event, event === 'transition' ? (payload as { to: string }).to : event === 'acked' ? 'x' : payload]))
      }
      session.enter('general')
      session.open()
      await pass()
      server.say('general', ANN, 'hello')
      session.sendMessage({ room: 'general', body: 'x', clientId: 'c' })
      await pass()
      server.drop()
      await pass(10_000)
      session.leave('general')
      session.close()
      await pass()
      return told.map((one) => JSON.stringify(one).replace(/"createdAt":\d+/g, ''))
    }
    const [one, two] = [createFakeServer(), createFakeServer()]
    const own = createFakeBrowser(one).open()
    expect(await story(own.session, one)).toEqual(await story(directSession(two), two))
  })

  it('[TB10] a guest stays the same guest under another leader', async () => {
    const server = createFakeServer()
    const hellos: unknown[] = []
    server.intercept((frame, push) => {
      if (frame.type !== 'hello') return false
      hellos.push(frame.token)
      push({ type: 'welcome', version: 1, session: 's', user: server.user, now: 0, heartbeat: { intervalMs: 1e6, timeoutMs: 1e6 }, limits: DEFAULT_LIMITS, rooms: [], token: 'guest-1' })
      return true
    })
    const browser = createFakeBrowser(server)
    const tabs = [browser.open(), browser.open()]
    for (const { session } of tabs) session.open()
    await pass()
    browser.leaders()[0]?.kill()
    await pass()
    expect(hellos).toEqual([undefined, 'guest-1'])
  })

  it('[TB11] at a server without rooms and acks: entered once, and everybody hears everything, what one of them said too', async () => {
    const memory = createMemoryTransport()
    const server = createFakeServer()
    const browser = createFakeBrowser({ ...server, connect: memory.connect, sockets: memory.sockets })
    const tabs = [browser.open({ dialect: eventRoomDialect() }), browser.open({ dialect: eventRoomDialect() })]
    const lists = tabs.map(listOf)
    for (const { session } of tabs) {
      session.enter('lobby')
      session.open()
    }
    await pass()
    memory.current().open()
    await pass()
    const sent = tabs[1]!.session.sendMessage({ room: 'lobby', body: 'hi' })
    await pass()
    expect(await sent.settled).toMatchObject({ ok: true })
    expect(memory.current().sent.map((frame) => JSON.parse(String(frame)) as unknown)).toEqual([
      { event: 'enter', message: 'Me', roomId: 'lobby' },
      { event: 'message', message: 'hi' },
    ])
    memory.current().receive(JSON.stringify({ event: 'message', name: 'Ann', message: 'hello' }))
    await pass()
    expect(lists).toEqual([['hi', 'hello'], ['hello']])
  })

  it('[TB12] tabs hear what others share, of one topic, and who leads', async () => {
    const { tabs } = start(2)
    const [first, second] = tabs as [FakeTab, FakeTab]
    const heard = vi.fn()
    const leads = vi.fn()
    second.session.tabs.onShared('read', heard)
    const off = second.session.tabs.onLeader(leads)
    await pass()
    first.session.tabs.share('read', { room: 'general' })
    first.session.tabs.share('other', 1)
    await pass()
    expect(heard.mock.calls).toEqual([[{ room: 'general' }]])
    first.kill()
    await pass()
    off()
    second.session.close()
    expect(leads.mock.calls).toEqual([[true]])
  })
})
