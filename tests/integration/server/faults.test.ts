import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enterRaw, openRaw } from './support/raw-client.ts'
import { spawnServer, type SpawnedServer } from './support/spawn-server.ts'

let server: SpawnedServer
beforeAll(async () => {
  server = await spawnServer({ args: ['--faults'] })
})
afterAll(() => server.dispose())

const post = async (body: unknown, headers: Record<string, string> = {}): Promise<number> =>
  (await fetch(`${server.httpUrl}/faults`, { method: 'POST', body: JSON.stringify(body), headers })).status

describe('faults', () => {
  it('[SV50] are switched off by default', async () => {
    const plain = await spawnServer()
    try {
      expect((await fetch(`${plain.httpUrl}/faults`, { method: 'POST', body: '{"do":"cut"}' })).status).toBe(404)
    } finally {
      await plain.dispose()
    }
  })

  it.each([{}, { do: 'dance' }, { do: 'cut', user: 1 }, { do: 'refuse', ms: -1 }, { do: 'refuse', ms: 1e9 }, []])('[SV50] %j is refused', async (body) => {
    expect(await post(body)).toBe(400)
  })

  it('[SV50] are refused for a page of another origin', async () => {
    expect(await post({ do: 'cut' }, { origin: 'http://evil.example' })).toBe(403)
  })

  it('[SV51] cut ends the sockets of one user without a close frame', async () => {
    const ada = await enterRaw(server, 'Ada')
    const bob = await enterRaw(server, 'Bob')
    expect(await post({ do: 'cut', user: ada.user.id })).toBe(200)
    expect((await ada.closed).code).toBe(1006)
    expect(await bob.say('general', 'cut1', 'x')).toMatchObject({ type: 'ack' })
    await bob.close()
  })

  it('[SV52] mute leaves the socket open and silent, and a new one works', async () => {
    const ada = await enterRaw(server, 'Ada')
    const bob = await enterRaw(server, 'Bob')
    await post({ do: 'mute', user: ada.user.id })
    ada.send({ type: 'send', room: 'general', clientId: 'mute1', body: 'unheard' })
    ada.send({ type: 'ping', n: 1 })
    await bob.say('general', 'mute2', 'heard')
    const again = await enterRaw(server, 'Ada')
    await again.say('general', 'mute3', 'x')
    expect(ada.ws.readyState).toBe(ada.ws.OPEN)
    expect([...ada.of('pong'), ...ada.of('ack'), ...ada.of('event')]).toEqual([])
    expect(again.of('event').map((f) => f['clientId'])).not.toContain('mute1')
    ada.ws.terminate()
    await again.close()
    await bob.close()
  })

  it('[SV53] refuse ends what is there and answers upgrades with 503 for a while', async () => {
    const ada = await enterRaw(server, 'Ada')
    await post({ do: 'refuse', ms: 300 })
    expect((await ada.closed).code).toBe(1006)
    await expect(openRaw(server.wsUrl)).rejects.toThrow(/503/)
    await expect.poll(() => openRaw(server.wsUrl).then((c) => c.close().then(() => 'open'), () => 'refused')).toBe('open')
  })

  it('[SV54] restart ends all sockets, answers 503, and opens the database again', async () => {
    const ada = await enterRaw(server, 'Ada', 'restart')
    const { epoch } = (await ada.join('restart')) as unknown as { epoch: string }
    await ada.say('restart', 'before', 'x')
    await post({ do: 'restart', ms: 300 })
    expect((await ada.closed).code).toBe(1006)
    expect((await fetch(`${server.httpUrl}/ready`)).status).toBe(503)
    await expect(openRaw(server.wsUrl)).rejects.toThrow(/503/)
    await expect.poll(async () => (await fetch(`${server.httpUrl}/ready`)).status).toBe(200)
    const back = await openRaw(server.wsUrl)
    await back.hello(ada.token)
    expect(await back.join('restart', { epoch, seq: 0 })).toMatchObject({ recovered: true, top: 1 })
    await back.close()
  })
})
