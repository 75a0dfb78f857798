/** The dialect that docs/dialects.md shows, on a server that it would be written for. */
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { afterEach, expect, it, vi } from 'vitest'
import { createCleanups, host, join } from './support.ts'

// The page imports the package by its name.
vi.mock('vue-chat-socket', () => import('../../../src/dialects/index.ts'))

const { officeDialect } = await import('./example/office.ts')

const cleanups = createCleanups()
afterEach(() => cleanups.run())

const office = (http: Server) => {
  const wss = new WebSocketServer({ server: http })
  const people = new Map<WebSocket, { nick: string; room: string }>()
  const tell = (socket: WebSocket, frame: object): void => socket.send(JSON.stringify(frame))
  const inRoom = (room: string): WebSocket[] => [...people].flatMap(([socket, person]) => (person.room === room ? [socket] : []))
  let isDeaf = false
  wss.on('connection', (socket) => {
    const person = { nick: '', room: '' }
    people.set(socket, person)
    socket.on('close', () => people.delete(socket))
    socket.on('message', (data: Buffer) => {
      const { op, nick, room, text, ref } = JSON.parse(data.toString()) as Record<string, string>
      if (op === 'ping') tell(socket, { op: 'pong' })
      if (op === 'login') person.nick = nick!
      if (op === 'join') {
        person.room = room!
        for (const one of inRoom(person.room)) tell(one, { op: 'users', users: inRoom(person.room).length })
      }
      if (op !== 'say' || isDeaf) return
      tell(socket, { op: 'stored', ref })
      for (const one of inRoom(room!)) if (one !== socket) tell(one, { op: 'said', nick: person.nick, text })
    })
  })
  const all = (frame: string): void => wss.clients.forEach((client) => client.send(frame))
  return {
    path: '/',
    count: () => wss.clients.size,
    mute: () => undefined,
    cut: () => wss.clients.forEach((client) => client.terminate()),
    all,
    deafen: (on: boolean) => (isDeaf = on),
    async close() {
      this.cut()
      await new Promise((resolve) => wss.close(resolve))
    },
  }
}

it('[DI83] the dialect of the page is the one that is tested, in less than 40 lines', () => {
  const page = readFileSync(new URL('../../../docs/dialects.md', import.meta.url), 'utf8')
  const code = readFileSync(new URL('./example/office.ts', import.meta.url), 'utf8')
  expect(page).toContain(`\`\`\`ts\n${code}\`\`\``)
  expect(code.trimEnd().split('\n').length).toBeLessThan(40)
})

it('[DI83] it talks, counts, confirms what is stored and sends again what is not', async () => {
  const { url, server } = await host(cleanups, office)
  const ann = join(cleanups, url, 'Ann', officeDialect())
  await ann.until(() => ann.presence.at(-1)?.count === 1)
  const bob = join(cleanups, url, 'Bob', officeDialect())
  await ann.until(() => ann.presence.at(-1)?.count === 2)
  expect(await ann.say('hello').settled).toMatchObject({ ok: true })
  await bob.until(() => bob.bodies().includes('hello'))
  expect(bob.messages[0]).toMatchObject({ author: { name: 'Ann' }, room: 'general' })

  server.deafen(true)
  const lost = ann.say('are you there?')
  const unconfirmed = ann.next('unconfirmed')
  server.cut()
  await unconfirmed
  server.deafen(false)
  expect(await lost.settled).toMatchObject({ ok: true })
})

it('[DI83] nonsense is a bad frame, and a lost login ends it', async () => {
  const { url, server } = await host(cleanups, office)
  const ann = join(cleanups, url, 'Ann', officeDialect())
  await ann.until(() => ann.presence.at(-1)?.count === 1)
  server.all('{"op":"users","users":"many"}')
  expect(await ann.next('error')).toMatchObject({ code: 'bad_frame' })
  server.all('{"op":"bye"}')
  await ann.until(() => ann.session.snapshot().state === 'failed')
  expect(ann.session.snapshot().error).toMatchObject({ code: 'unauthorized', message: 'Signed in elsewhere.' })
})
