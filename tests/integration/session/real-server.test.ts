/** What a person would see: the real server dies in the middle of a talk. */
import { afterEach, describe, expect, it } from 'vitest'
import { createSession, type ReceivedMessage, type Session, type SessionOptions } from '../../../src/core/index.ts'
import { chatV1Dialect } from '../../../src/dialects/index.ts'
import { signIn } from '../server/support/raw-client.ts'
import { spawnServer, type SpawnedServer } from '../server/support/spawn-server.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

const start = async (args: string[] = []): Promise<SpawnedServer> => {
  const server = await spawnServer({ args, env: { CHAT_SECRET: 'a-secret-that-outlives-the-process-of-the-server' } })
  cleanups.push(() => server.dispose())
  return server
}

interface Person {
  readonly session: Session
  readonly userId: string
  readonly messages: ReceivedMessage[]
  readonly acked: string[]
}

const join = async (server: SpawnedServer, name: string, more: Partial<SessionOptions> = {}): Promise<Person> => {
  const { token, user } = await signIn(server.httpUrl, name)
  const session = createSession({
    url: server.httpUrl,
    token,
    dialect: chatV1Dialect(),
    autoReconnect: { minDelay: 50, maxDelay: 200 },
    ...more,
  })
  cleanups.push(() => {
    session.dispose()
  })
  const person: Person = { session, userId: user.id, messages: [], acked: [] }
  session.on('message', (message) => person.messages.push(message))
  session.on('acked', ({ clientId }) => person.acked.push(clientId))
  const entered = once(session, 'entered')
  session.open()
  session.enter('general')
  await entered
  return person
}

const once = (session: Session, event: 'entered' | 'welcome'): Promise<unknown> =>
  new Promise((resolve) => {
    const off = session.on(event, (payload) => {
      off()
      resolve(payload)
    })
  })

const received = (person: Person, count: number): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (person.messages.length < count) return
      off()
      resolve()
    }
    const off = person.session.on('message', look)
    look()
  })

const hurt = async (server: SpawnedServer, fault: object): Promise<void> => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${server.httpUrl}/faults`, { method: 'POST', headers, body: JSON.stringify(fault) })
  if (!response.ok) throw new Error(`the fault was answered ${response.status}`)
}

describe('the session and the real server', () => {
  it('[ED48] what was done to messages while one was away arrives with the resume; what was done offline is done once', async () => {
    const server = await start()
    const ada = await join(server, 'Ada')
    const bob = await join(server, 'Bob')
    await ada.session.sendMessage({ room: 'general', body: 'first' }).settled
    await received(bob, 1)
    bob.session.close()
    const back = once(bob.session, 'entered')
    for (const change of [{ kind: 'edit', body: 'better' }, { kind: 'delete', body: '' }]) {
      expect(await ada.session.sendMessage({ room: 'general', target: 1, ...change }).settled).toMatchObject({ ok: true })
    }
    const late = [
      bob.session.sendMessage({ room: 'general', kind: 'react', target: 1, body: '👍' }),
      bob.session.sendMessage({ room: 'general', body: 'what was it?', replyTo: 1 }),
    ]
    bob.session.open()
    await back
    const [refused, taken] = await Promise.all(late.map(({ settled }) => settled))
    expect(refused).toMatchObject({ ok: false, error: { code: 'target_deleted', retryable: false } })
    expect(taken).toMatchObject({ ok: true, value: { seq: 4 } })
    await received(bob, 4)
    await received(ada, 4)
    expect(bob.messages.map(({ kind, body, target, replyTo, isDeleted }) => [kind, body, target ?? replyTo, isDeleted])).toEqual([
      [undefined, 'first', undefined, undefined],
      ['edit', '', 1, true],
      ['delete', '', 1, undefined],
      [undefined, 'what was it?', 1, undefined],
    ])
    expect(ada.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  })

  it('[IN1] killed with -9 during 200 messages and started again: all are stored once, in order, for both', async () => {
    const server = await start()
    const ann = await join(server, 'Ann')
    const bob = await join(server, 'Bob')
    const bodies = Array.from({ length: 200 }, (_, n) => `message ${n}`)
    const sent = bodies.map((body) => ann.session.sendMessage({ room: 'general', body }))
    await received(bob, 20)
    await server.kill()
    expect(ann.session.snapshot().pendingCount).toBeGreaterThan(0)
    await server.restart()
    const outcomes = await Promise.all(sent.map((s) => s.settled))
    await Promise.all([received(ann, 200), received(bob, 200)])

    expect(outcomes.every((o) => o.ok)).toBe(true)
    expect(ann.acked).toEqual(sent.map((s) => s.clientId))
    for (const { messages } of [ann, bob]) {
      expect(messages.map((m) => m.body)).toEqual(bodies)
      expect(messages.map((m) => m.seq)).toEqual(bodies.map((_, n) => n + 1))
    }
  })

  it('[IN2] a muted link is replaced without any close, and what was said meanwhile arrives once', async () => {
    const server = await start(['--faults'])
    const ann = await join(server, 'Ann', { heartbeat: { interval: 400, timeout: 400 } })
    const bob = await join(server, 'Bob')
    ann.session.sendMessage({ room: 'general', body: 'before' })
    await received(bob, 1)
    const again = once(ann.session, 'welcome')
    await hurt(server, { do: 'mute', user: ann.userId })
    bob.session.sendMessage({ room: 'general', body: 'meanwhile' })
    const unsure = ann.session.sendMessage({ room: 'general', body: 'into the void' })
    await again
    expect(await unsure.settled).toMatchObject({ ok: true })
    await Promise.all([received(ann, 3), received(bob, 3)])
    expect(ann.messages.map((m) => m.body)).toEqual(['before', 'meanwhile', 'into the void'])
    expect(bob.messages).toEqual(ann.messages)
  })

  it('[IN1] cut again and again while both talk: nothing is lost, doubled or reordered', async () => {
    const server = await start(['--faults'])
    const people = [await join(server, 'Ann'), await join(server, 'Bob')]
    const sent = people.flatMap(({ session }, who) =>
      Array.from({ length: 80 }, (_, n) => session.sendMessage({ room: 'general', body: `${who}/${n}` })),
    )
    for (let n = 1; n <= 5; n++) {
      await received(people[0]!, n * 20)
      await hurt(server, n === 3 ? { do: 'restart' } : { do: 'cut' })
    }
    await Promise.all(sent.map((s) => s.settled))
    await Promise.all(people.map((person) => received(person, 160)))
    const [ann, bob] = people.map(({ messages }) => messages)
    expect(ann?.map((m) => m.seq)).toEqual(Array.from({ length: 160 }, (_, n) => n + 1))
    expect(bob).toEqual(ann)
    for (const who of [0, 1]) {
      const own = ann?.filter((m) => m.body.startsWith(`${who}/`)).map((m) => m.body)
      expect(own).toEqual(Array.from({ length: 80 }, (_, n) => `${who}/${n}`))
    }
  })

  it('[IN3] a refused token stops with a reason, at once', async () => {
    const server = await start()
    const session = createSession({ url: server.httpUrl, token: 'forged', dialect: chatV1Dialect() })
    cleanups.push(() => {
      session.dispose()
    })
    const failed = new Promise<void>((resolve) => {
      session.on('transition', ({ to }) => {
        if (to === 'failed') resolve()
      })
    })
    session.open()
    await failed
    expect(session.snapshot()).toMatchObject({ cause: { kind: 'auth', closeCode: 4501 }, error: { retryable: false } })
  })
})
