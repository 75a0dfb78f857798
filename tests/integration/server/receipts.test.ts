/** Read and received marks at a real server: who is told, what is stored, what bad input does. */
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { enterRaw, openRaw, type Frame, type RawClient } from './support/raw-client.ts'
import { spawnServer, type SpawnedServer } from './support/spawn-server.ts'

let server: SpawnedServer | undefined
afterEach(() => server?.dispose())

interface Mark {
  readonly user: { readonly name: string }
  readonly read: number
  readonly received: number
}

const start = async (): Promise<SpawnedServer> => (server = await spawnServer({ env: { CHAT_SECRET: 'a-secret-that-outlives-the-process-of-the-server' } }))
const marksOf = (frame: Frame): readonly Mark[] => frame['marks'] as readonly Mark[]
const told = (client: RawClient, name: string, read: number): Promise<Frame> =>
  client.next((frame) => frame.type === 'marks' && marksOf(frame).some((mark) => mark.user.name === name && mark.read === read))

/** The file as another process sees it. */
const storedRead = (file: string): number | undefined => {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    return (db.prepare("SELECT read_seq AS n FROM marks WHERE user_name = 'Ada'").get() as { n: number } | undefined)?.n
  } finally {
    db.close()
  }
}

describe('marks at the server', () => {
  it('[RD60] a mark is told to the others and to those who come later; what was stored survives kill -9', async () => {
    const { db, wsUrl, restart, ...address } = await start()
    const at = { db, wsUrl, ...address }
    const ada = await enterRaw(at, 'Ada')
    const bob = await enterRaw(at, 'Bob')
    for (const id of ['a', 'b', 'c']) await bob.say('general', id, id)
    ada.send({ type: 'mark', room: 'general', received: 3 })
    ada.send({ type: 'mark', room: 'general', read: 2 })
    await told(bob, 'Ada', 2)
    expect(ada.of('marks')).toEqual([])
    const eve = await enterRaw(at, 'Eve')
    expect(marksOf(await eve.next(({ type }) => type === 'joined'))).toMatchObject([{ user: { name: 'Ada' }, read: 2, received: 3 }])
    await vi.waitFor(() => expect(storedRead(db)).toBe(2), { timeout: 20_000, interval: 50 })
    await restart()
    const back = await openRaw(wsUrl)
    await back.hello(bob.token)
    expect(marksOf(await back.join('general'))).toMatchObject([{ user: { name: 'Ada' }, read: 2, received: 3 }])
    const again = await openRaw(wsUrl)
    await again.hello(ada.token)
    const own = await again.join('general')
    // Nothing that she had when she first told is news to her.
    expect(marksOf(own)).toMatchObject([{ user: { name: 'Ada' }, read: 3, received: 3 }])
  })

  it('[RD61] a stopped server has stored every mark', async () => {
    const at = await start()
    const ada = await enterRaw(at, 'Ada')
    await ada.say('general', 'a', 'a')
    ada.send({ type: 'mark', room: 'general', read: 1 })
    // An answer to what came after it.
    ada.send({ type: 'ping', n: 7 })
    await ada.next((frame) => frame.type === 'pong' && frame['n'] === 7)
    expect(await at.stop()).toBe(0)
    expect(storedRead(at.db)).toBe(1)
  })

  it('[RD62] marks that make no sense are refused or brought to what there is, and nobody hears of them', async () => {
    const at = await start()
    const ada = await enterRaw(at, 'Ada')
    const bob = await enterRaw(at, 'Bob')
    await bob.say('general', 'a', 'a')
    const bad: object[] = [
      { room: 7, read: 1 },
      { read: 1 },
      { room: 'general', read: -1 },
      { room: 'general', read: 1.5 },
      { room: 'general', read: '1' },
      { room: 'general', received: null },
      { room: 'general', received: 1e300 },
    ]
    for (const fields of bad) ada.send({ type: 'mark', ...fields })
    ada.send({ type: 'mark', room: 'elsewhere', read: 1 })
    ada.send({ type: 'mark', room: '__proto__', read: 1 })
    ada.send({ type: 'mark', room: 'general' })
    ada.send({ type: 'mark', room: 'general', read: Number.MAX_SAFE_INTEGER })
    await told(bob, 'Ada', 1)
    ada.send({ type: 'mark', room: 'general', read: 0 })
    expect(bob.of('marks').flatMap(marksOf)).toMatchObject([{ user: { name: 'Ada' }, read: 1, received: 1 }])
    expect(ada.of('error').map((frame) => frame['code'])).toEqual(bad.map(() => 'bad_request'))
  })
})
