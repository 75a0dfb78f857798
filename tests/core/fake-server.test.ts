import { describe, expect, it } from 'vitest'
import { createSession, type ReceivedMessage } from '../../src/core/index.ts'
import { chatV1Dialect } from '../../src/dialects/index.ts'
import { createFakeServer, type FakeServerOptions } from '../../src/testing.ts'
import { createFakeClock } from './support/fake-clock.ts'
import { ANN } from './support/harness.ts'

const start = (options: FakeServerOptions = {}) => {
  const server = createFakeServer({ limits: { burst: 1_000 }, ...options })
  const clock = createFakeClock()
  const session = createSession({
    url: 'ws://test/chat', dialect: chatV1Dialect(), transport: server.connect, clock, random: () => 0,
  })
  const messages: ReceivedMessage[] = []
  session.on('message', (message) => messages.push(message))
  session.enter('general')
  session.open()
  return { server, clock, session, messages, bodies: () => messages.map((m) => m.body) }
}

/** Lets everything happen that needs no time. */
const settle = async () => {
  for (let n = 0; n < 50; n++) await Promise.resolve()
}

describe.each(['microtask', 'sync'] as const)('the fake server, delivering by %s', (delivery) => {
  it('[FS1] welcomes, takes messages, and tells them once in order, also over a break', async () => {
    const { server, session, clock, bodies } = start({ delivery })
    await settle()
    const sent = ['1', '2', '3'].map((body) => session.sendMessage({ room: 'general', body }))
    await settle()
    server.drop()
    server.say('general', ANN, 'meanwhile')
    sent.push(session.sendMessage({ room: 'general', body: '4' }))
    clock.advance(0)
    await settle()
    expect(await Promise.all(sent.map((s) => s.settled))).toMatchObject(Array(4).fill({ ok: true }))
    expect(bodies()).toEqual(['1', '2', '3', 'meanwhile', '4'])
    expect(server.log('general').map((e) => e.body)).toEqual(bodies())
  })

  it('[FS2] a message whose ack was lost is stored once', async () => {
    const { server, session, clock, bodies } = start({ delivery })
    await settle()
    server.intercept((frame) => {
      if (frame.type !== 'send') return false
      server.intercept(() => false)
      server.drop()
      return false
    })
    const sent = session.sendMessage({ room: 'general', body: 'once' })
    await settle()
    expect([session.snapshot().pendingCount, server.log('general').length]).toEqual([1, 1])
    clock.advance(0)
    await settle()
    expect([await sent.settled, bodies()]).toMatchObject([{ ok: true }, ['once']])
  })

  it('[FS3] a muted server is replaced by a new connection', async () => {
    const { server, session, clock } = start({ delivery })
    await settle()
    server.mute()
    clock.advance(10_000)
    clock.advance(5_000)
    clock.advance(0)
    await settle()
    expect([server.sockets.length, session.snapshot().state]).toEqual([2, 'connected'])
  })

  it('[FS4] pages, presence, refusals and a new epoch', async () => {
    const { server, session, clock, bodies } = start({ delivery, limits: { pageSize: 2 } })
    for (const body of ['1', '2', '3']) server.say('general', ANN, body)
    const counts: number[] = []
    const epochs: string[] = []
    session.on('presence', ({ count }) => counts.push(count))
    session.on('entered', ({ epoch }) => epochs.push(epoch))
    await settle()
    expect(bodies()).toEqual(['2', '3'])
    const page = session.loadHistory('general', { before: 2 })
    await settle()
    expect(await page).toMatchObject({ ok: true, value: { messages: [{ body: '1' }], more: false } })
    server.setMembers('general', [ANN])
    await settle()
    expect(counts).toEqual([2])
    server.newEpoch('general')
    server.refuse(true)
    server.drop()
    clock.advance(0)
    await settle()
    expect(session.snapshot().state).toBe('waiting')
    server.refuse(false)
    session.reconnect()
    await settle()
    expect(epochs).toEqual(['epoch-1', 'epoch-2'])
  })
})
