/** Two people at a real server: what each knows of the other, over a crash of the server and on a second device. */
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { bindStore } from '../../../src/composables/bind-store.ts'
import { createSession, type Session } from '../../../src/core/index.ts'
import { chatV1Dialect } from '../../../src/dialects/index.ts'
import { useChatStore, type ChatStore } from '../../../src/stores/index.ts'
import { signIn } from '../server/support/raw-client.ts'
import { spawnServer, type SpawnedServer } from '../server/support/spawn-server.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

const start = async (): Promise<SpawnedServer> => {
  const server = await spawnServer({ env: { CHAT_SECRET: 'a-secret-that-outlives-the-process-of-the-server' } })
  cleanups.push(() => server.dispose())
  return server
}

interface Device {
  readonly session: Session
  readonly store: ChatStore
  look(is: boolean): void
}

const device = (server: SpawnedServer, token: string): Device => {
  const session = createSession({ url: server.httpUrl, token, dialect: chatV1Dialect(), autoReconnect: { minDelay: 50, maxDelay: 200 } })
  const store = useChatStore(createPinia())
  const unbind = bindStore(session, store)
  cleanups.push(() => session.dispose(), unbind)
  session.open()
  session.enter('general')
  return { session, store, look: (on) => store.dispatch({ type: 'watched', room: 'general', on }) }
}

const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 25 })
const statuses = ({ store }: Device): string[] => store.messages('general').filter(({ isOwn }) => isOwn).map(({ status }) => status)

describe('who has got and read what', () => {
  it('[RD63] sent, delivered, read; over kill -9 of the server nothing goes back, and marks told into the crash come again', async () => {
    const server = await start()
    const [ada, bob] = await Promise.all(['Ada', 'Bob'].map(async (name) => device(server, (await signIn(server.httpUrl, name)).token)))
    await Promise.all([ada, bob].map((one) => eventually(() => expect(one!.store.isLoading('general')).toBe(false))))
    ada!.session.sendMessage({ room: 'general', body: 'hello' })
    await eventually(() => expect(statuses(ada!)).toEqual(['delivered']))
    expect(bob!.store.unread('general')).toBe(1)
    bob!.look(true)
    await eventually(() => expect(statuses(ada!)).toEqual(['read']))
    expect(bob!.store.unread('general')).toBe(0)

    ada!.session.sendMessage({ room: 'general', body: 'again' })
    await eventually(() => expect(statuses(ada!)).toEqual(['read', 'read']))
    // Within the time that a mark may be in memory only.
    await server.restart()
    await eventually(() => expect(ada!.session.snapshot().state).toBe('connected'))
    expect(statuses(ada!)).toEqual(['read', 'read'])
    const late = device(server, (await signIn(server.httpUrl, 'Cy')).token)
    await eventually(() => expect(late.store.marks('general').find(({ user }) => user.name === 'Bob')).toMatchObject({ read: 2 }))
  })

  it('[RD64] what is read on one device is read on the other, and a new page of the same person knows it', async () => {
    const server = await start()
    const [ada, bob] = await Promise.all(['Ada', 'Bob'].map((name) => signIn(server.httpUrl, name)))
    const desk = device(server, bob!.token)
    const phone = device(server, bob!.token)
    const friend = device(server, ada!.token)
    for (const one of [desk, phone, friend]) await eventually(() => expect(one.store.isLoading('general')).toBe(false))
    for (const body of ['one', 'two', 'three']) friend.session.sendMessage({ room: 'general', body })
    for (const one of [desk, phone]) await eventually(() => expect(one.store.unread('general')).toBe(3))
    desk.look(true)
    await eventually(() => expect(phone.store.unread('general')).toBe(0))
    desk.look(false)
    friend.session.sendMessage({ room: 'general', body: 'four' })
    for (const one of [desk, phone]) await eventually(() => expect(one.store.unread('general')).toBe(1))
    const reloaded = device(server, bob!.token)
    await eventually(() => expect(reloaded.store.messages('general')).toHaveLength(4))
    await eventually(() => expect(reloaded.store.unread('general')).toBe(1))
  })
})
