/** The plain server as a process, killed while people talk. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Socket } from 'socket.io-client'
import { afterEach, expect, it } from 'vitest'
import { cleanUp, enter, later } from './support/people.ts'

afterEach(cleanUp)

const MAIN = fileURLToPath(new URL('../../../playground/servers/main.ts', import.meta.url))

const start = (port: string): Promise<{ readonly child: ChildProcess; readonly url: string }> => {
  const child = spawn(process.execPath, [MAIN, 'socket-io', '--port', port, '--token', 'open sesame'], { stdio: ['ignore', 'pipe', 'inherit'] })
  later(() => child.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`the server ended with ${String(code)}`))
    })
    createInterface({ input: child.stdout }).once('line', (line) => {
      resolve({ child, url: line.replace('listening on ', '') })
    })
  })
}

it('[SI3] kill -9 and a new process on the same port: both come back with their login and talk on', async () => {
  const first = await start('0')
  const token = 'open sesame'
  const [ann, bob] = [await enter(first.url, { token }), await enter(first.url, { token })]
  ann.session.sendMessage({ room: 'lobby', body: 'before' })
  await bob.has(1)
  const down = Promise.all([ann.becomes('waiting'), bob.becomes('waiting')])
  first.child.kill('SIGKILL')
  await down
  const up = Promise.all([ann.becomes('connected'), bob.becomes('connected')])
  await start(new URL(first.url).port)
  await up
  bob.session.sendMessage({ room: 'lobby', body: 'after' })
  await ann.has(1)
  expect([ann.messages[0]?.body, bob.messages[0]?.body]).toEqual(['after', 'before'])
})

it('[SI32] garbage costs nobody but its sender', async () => {
  const { url } = await start('0')
  const token = 'open sesame'
  const [ann, bob] = [await enter(url, { token }), await enter(url, { token })]
  const nested = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1)
  const rude = await enter(url, { token })
  for (const args of [[], [null], [true], [{}], [nested(1_000)], [new Uint8Array(9)]]) rude.session.sendRaw({ event: 'chat', args })
  rude.session.sendRaw({ event: 'soup', args: [] })
  const { engine } = (rude.session.socket() as Socket).io
  const gone = rude.becomes('waiting')
  engine.write('2["chat",')
  await gone
  ann.session.sendMessage({ room: 'lobby', body: 'still here' })
  await bob.has(1)
  expect(bob.messages).toMatchObject([{ body: 'still here' }])
  expect(ann.states).toEqual(['connecting', 'handshaking', 'connected'])
})
