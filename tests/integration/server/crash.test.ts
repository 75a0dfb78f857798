/** kill -9 in the middle of sending: what was acked is stored once, and a retry never doubles. */
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { enterRaw, openRaw } from './support/raw-client.ts'
import { spawnServer, type SpawnedServer } from './support/spawn-server.ts'

let server: SpawnedServer | undefined
afterEach(() => server?.dispose())

interface Row {
  readonly seq: number
  readonly client_id: string
}

const rowsOf = (file: string, room: string): Row[] => {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    return db.prepare('SELECT seq, client_id FROM events WHERE room_id = ? ORDER BY seq').all(room) as unknown as Row[]
  } finally {
    db.close()
  }
}

describe('kill -9', () => {
  it.each([20, 45, 70])('[DB20] after %i acks: all acked are stored once, retries make 100 in order, nobody sees one twice', async (acks) => {
    server = await spawnServer()
    const ids = Array.from({ length: 100 }, (_, i) => `k${String(i)}`)
    const ada = await enterRaw(server, 'Ada', 'crash')
    const { epoch } = (await ada.join('crash')) as unknown as { epoch: string }
    // Killed from within the stream of acks, with forty sends on the way.
    const sent = server
    let next = 0
    let isKilled = false
    const pump = (): void => {
      const acked = ada.of('ack').length
      while (next < ids.length && next - acked < 40) {
        ada.send({ type: 'send', room: 'crash', clientId: ids[next], body: ids[next] })
        next += 1
      }
      if (isKilled || acked < acks) return
      isKilled = true
      void sent.kill()
    }
    ada.ws.on('message', pump)
    pump()
    expect((await ada.closed).code).toBe(1006)
    await server.kill()

    const acked = ada.of('ack').map((f) => f['clientId'] as string)
    const stored = rowsOf(server.db, 'crash')
    expect(acked.length).toBeGreaterThanOrEqual(acks)
    expect(stored.map((row) => row.seq)).toEqual(stored.map((_, i) => i + 1))
    for (const id of acked) expect(stored.filter((row) => row.client_id === id)).toHaveLength(1)

    await server.restart()
    const back = await openRaw(server.wsUrl)
    await back.hello(ada.token)
    const seen = ada.of('event').map((f) => f['seq'] as number)
    const joined = await back.join('crash', { epoch, seq: seen.at(-1) ?? 0 })
    expect(joined).toMatchObject({ recovered: true, epoch })
    for (const id of ids) {
      const answer = await back.say('crash', id, id)
      if (answer.type === 'error') throw new Error(`refused: ${JSON.stringify(answer)}`)
      if (acked.includes(id)) expect(answer['duplicate']).toBe(true)
    }
    const rows = rowsOf(server.db, 'crash')
    expect(rows.map((row) => row.client_id)).toEqual(ids)
    expect(rows.map((row) => row.seq)).toEqual(ids.map((_, i) => i + 1))

    const caughtUp = (joined['events'] as { seq: number }[]).map((e) => e.seq)
    // All of them may have been stored when the server was killed.
    if (![...seen, ...caughtUp].includes(100)) await back.next((f) => f.type === 'event' && f['seq'] === 100)
    const live = back.of('event').map((f) => f['seq'] as number)
    expect([...seen, ...caughtUp, ...live]).toEqual(ids.map((_, i) => i + 1))
    await back.close()
  })

  it('[DB21] a start after kill -9 finds the log, its epoch and the secret', async () => {
    server = await spawnServer()
    const ada = await enterRaw(server, 'Ada', 'again')
    await ada.say('again', 'a1', 'before')
    const { epoch } = (await ada.join('again')) as unknown as { epoch: string }
    await server.restart()
    const back = await openRaw(server.wsUrl)
    await back.hello(ada.token)
    expect(await back.join('again', { epoch, seq: 0 })).toMatchObject({ recovered: true, epoch, top: 1, events: [{ body: 'before' }] })
  })

  it('[DB22] a send while the disk is locked is refused with retry, not acked, and readiness tells', async () => {
    server = await spawnServer({ env: {} })
    const ada = await enterRaw(server, 'Ada', 'locked')
    const thief = new DatabaseSync(server.db)
    thief.exec('BEGIN EXCLUSIVE')
    const refused = await ada.say('locked', 'l1', 'x')
    expect(refused).toMatchObject({ type: 'error', code: 'storage_unavailable', retry: true })
    expect((await fetch(`${server.httpUrl}/ready`)).status).toBe(503)
    expect((await fetch(`${server.httpUrl}/health`)).status).toBe(200)
    thief.exec('ROLLBACK')
    thief.close()
    await expect.poll(async () => (await fetch(`${server!.httpUrl}/ready`)).status, { timeout: 15_000 }).toBe(200)
    expect(await ada.say('locked', 'l1', 'x')).toMatchObject({ type: 'ack', seq: 1 })
    await ada.close()
  })
})

describe('drain', () => {
  it('[SV40] SIGTERM says goodbye with a window, stores what waits, and ends with 0', async () => {
    server = await spawnServer()
    const ada = await enterRaw(server, 'Ada', 'drain')
    ada.send({ type: 'send', room: 'drain', clientId: 'd1', body: 'last words' })
    await ada.next((f) => f.type === 'ack')
    const code = server.stop()
    const bye = await ada.next((f) => f.type === 'bye')
    expect(bye).toMatchObject({ code: 4001, afterMs: [0, 1_000] })
    expect((await ada.closed).code).toBe(4001)
    expect(await code).toBe(0)
    expect(rowsOf(server.db, 'drain')).toHaveLength(1)
    const db = new DatabaseSync(server.db, { readOnly: true })
    expect(db.prepare("SELECT v FROM meta WHERE k = 'clean_shutdown'").get()).toEqual({ v: '1' })
    db.close()
  })
})
