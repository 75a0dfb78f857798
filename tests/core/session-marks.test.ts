import { describe, expect, it } from 'vitest'
import { further } from '../../src/core/own-mark.ts'
import { createFakeServer } from '../../src/testing.ts'
import { createSession } from '../../src/core/index.ts'
import { chatV1Dialect } from '../../src/dialects/index.ts'
import { createFakeClock } from './support/fake-clock.ts'

const ada = { id: 'ada', name: 'Ada' }

const open = async (features?: Parameters<typeof createFakeServer>[0]) => {
  const server = createFakeServer({ delivery: 'sync', ...features })
  const clock = createFakeClock()
  const session = createSession({ url: 'ws://x/chat', dialect: chatV1Dialect(), transport: server.connect, clock })
  const step = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) await Promise.resolve()
  }
  const said = () => server.received.flatMap((frame) => (frame.type === 'mark' ? [frame] : []))
  session.open()
  session.enter('general')
  await step()
  const reconnect = async (): Promise<void> => {
    server.drop()
    await step()
    session.reconnect()
    await step()
  }
  return { server, session, said, reconnect }
}

describe('marks of a session', () => {
  it('[RD70] never go back, are said once, and again after a reconnect', async () => {
    const { server, session, said, reconnect } = await open()
    for (let i = 0; i < 5; i++) server.say('general', ada, 'x')
    session.mark('general', { received: 5, read: 3 })
    session.mark('general', { received: 4, read: 2 })
    session.mark('general', { read: 3 })
    expect(said()).toEqual([{ type: 'mark', room: 'general', received: 5, read: 3 }])
    session.mark('general', { read: 4 })
    expect(said().at(-1)).toEqual({ type: 'mark', room: 'general', received: 5, read: 4 })
    await reconnect()
    expect(session.snapshot().state).toBe('connected')
    expect(said()).toHaveLength(3)
    expect(said().at(-1)).toEqual({ type: 'mark', room: 'general', received: 5, read: 4 })
  })

  it('[RD71] of one log are not said of another', async () => {
    const { server, session, said, reconnect } = await open()
    for (let i = 0; i < 5; i++) server.say('general', ada, 'x')
    session.mark('general', { read: 5 })
    server.newEpoch('general')
    for (let i = 0; i < 9; i++) server.say('general', ada, 'y')
    await reconnect()
    expect(said()).toHaveLength(1)
    expect(server.marks('general')).toEqual([])
  })

  it('[RD72] are not said to a server that knows none', async () => {
    const { session, said } = await open({ features: [] })
    session.mark('general', { read: 1 })
    expect(said()).toEqual([])
  })

  it('[RD70] the furthest of both counts', () => {
    const mark = { read: 3, received: 5 }
    expect(further(mark, { read: 3, received: 1 })).toBe(mark)
    expect(further(mark, { read: 4 })).toEqual({ read: 4, received: 5 })
    expect(further(undefined, {})).toBeUndefined()
    expect(further(undefined, { received: 2 })).toEqual({ received: 2 })
  })
})

describe('the fake server', () => {
  it('[RD73] tells marks of others, takes ours, and keeps to the rules of a real one', async () => {
    const { server, session } = await open()
    const heard: unknown[] = []
    session.on('marks', ({ marks }) => heard.push(...marks))
    server.say('general', ada, 'x')
    server.mark('general', ada, { read: 9 })
    server.mark('general', ada, { read: 0 })
    expect(heard).toEqual([{ user: ada, read: 1, received: 1 }])
    session.mark('general', { received: 1 })
    expect(server.marks('general')).toEqual([{ user: ada, read: 1, received: 1 }, { user: server.user, read: 0, received: 1 }])
  })
})
