/** What the server answers to what it must not get over Socket.IO, while somebody else talks in the same room. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { enterRaw, signIn, type RawClient } from '../server/support/raw-client.ts'
import { spawnServer, type SpawnedServer } from '../server/support/spawn-server.ts'
import { openSocketIo, type RawSocketIo } from './support/raw-socket-io.ts'

let server: SpawnedServer
let witness: RawClient
let token: string
let said = 0
const open: RawSocketIo[] = []

beforeAll(async () => {
  server = await spawnServer({ args: ['--socket-io'] })
  witness = await enterRaw(server, 'Witness')
  ;({ token } = await signIn(server.httpUrl, 'Mallory'))
})
afterEach(() => {
  for (const { socket } of open.splice(0)) socket.disconnect()
})
afterAll(() => server.dispose())

const connect = async (): Promise<RawSocketIo> => {
  const client = await openSocketIo(server.httpUrl)
  open.push(client)
  return client
}

const accepted = async (): Promise<RawSocketIo> => {
  const client = await connect()
  await client.hello(token)
  return client
}

/** The others do not notice, and the server still answers. */
const expectUndisturbed = async (): Promise<void> => {
  const clientId = `still here ${String(++said)}`
  expect(await witness.say('general', clientId, 'x')).toMatchObject({ type: 'ack' })
  expect(witness.of('error')).toEqual([])
}

const nested = (levels: number): unknown => {
  let value: unknown = 1
  for (let n = 0; n < levels; n++) value = [value]
  return value
}

const send = (fields: object = {}) => ({ type: 'send', room: 'general', clientId: 'c', body: 'x', ...fields })

describe('over Socket.IO, answered with an error', () => {
  const rows: readonly [name: string, code: string, event: string, ...args: unknown[]][] = [
    ['an object in place of a text', 'bad_request', 'chat.v1', send()],
    ['a number', 'bad_request', 'chat.v1', 1],
    ['null', 'bad_request', 'chat.v1', null],
    ['no argument', 'bad_request', 'chat.v1'],
    ['two texts', 'bad_request', 'chat.v1', '{}', '{}'],
    ['bytes inside an object', 'bad_request', 'chat.v1', { bytes: Buffer.from('x') }],
    ['another event', 'bad_request', 'chat', 'hello'],
    ['an event that is called __proto__', 'bad_request', '__proto__', '{}'],
    ['4,000 levels as an object', 'bad_request', 'chat.v1', nested(4_000)],
    ['4,000 levels in a text', 'bad_request', 'chat.v1', '['.repeat(4_000) + ']'.repeat(4_000)],
    ['no JSON', 'bad_json', 'chat.v1', 'hello'],
    ['an empty text', 'bad_json', 'chat.v1', ''],
    ['a wrong field', 'bad_request', 'chat.v1', JSON.stringify(send({ body: 7 }))],
    ['an unknown type', 'unknown_type', 'chat.v1', JSON.stringify({ type: 'soup' })],
    ['a room that was not entered', 'forbidden', 'chat.v1', JSON.stringify(send())],
  ]
  it.each(rows)('[SI30] %s: %s', async (_name, code, event, ...args) => {
    const client = await accepted()
    client.socket.emit(event, ...args)
    expect(await client.next((frame) => frame.type === 'error')).toMatchObject({ code })
    expect(await client.join('general')).toMatchObject({ type: 'joined' })
    await expectUndisturbed()
  })

  it('[SI30] 30,000 levels inside a packet', async () => {
    const client = await accepted()
    client.socket.io.engine.write(`2["chat.v1",${'['.repeat(30_000)}${']'.repeat(30_000)}]`)
    expect(await client.next((frame) => frame.type === 'error')).toMatchObject({ code: 'bad_request' })
    await expectUndisturbed()
  })

  it('[SI30] a frame that asks for an acknowledgement of Socket.IO counts, and gets that of chat.v1', async () => {
    const client = await accepted()
    await client.join('general')
    client.socket.emit('chat.v1', JSON.stringify(send({ clientId: 'with-callback' })), () => undefined)
    expect(await client.next((frame) => frame.type === 'ack')).toMatchObject({ clientId: 'with-callback' })
  })
})

describe('over Socket.IO, ended after `err`', () => {
  const rows: readonly [name: string, code: number, act: (client: RawSocketIo) => unknown][] = [
    ['bytes', 1003, ({ socket }) => socket.emit('chat.v1', Buffer.from('{}'))],
    ['64 KiB and one byte', 1009, ({ send: text }) => text('x'.repeat(65_537))],
    ['64 KiB of quotes', 1009, ({ send: text }) => text('"'.repeat(65_537))],
    ['a second hello', 4500, ({ send: frame }) => frame({ type: 'hello', version: 1, token })],
    ['three texts that are no JSON', 4500, ({ send: text }) => ['a', 'b', 'c'].map((each) => text(each))],
    ['20 events that nobody knows', 4500, ({ socket }) => Array.from({ length: 20 }, () => socket.emit('soup', 1))],
    ['3,000 frames at once', 4429, ({ send: frame }) => Array.from({ length: 3_000 }, (_, n) => frame({ type: 'ping', n }))],
    ['a packet of an unknown type', 4500, ({ socket }) => socket.io.engine.write('9')],
    ['a packet that is no JSON', 4500, ({ socket }) => socket.io.engine.write('2["chat.v1",')],
    ['an event that Socket.IO keeps for itself', 4500, ({ socket }) => socket.io.engine.write('2["disconnect"]')],
    ['an object as the name of the event', 4500, ({ socket }) => socket.io.engine.write('2[{"toString":"x"}]')],
    ['a million attachments', 4500, ({ socket }) => socket.io.engine.write('51000000-["chat.v1"]')],
  ]
  it.each(rows)('[SI31] %s: %i', async (_name, code, act) => {
    const client = await accepted()
    act(client)
    expect(await client.ended).toMatchObject({ err: { code } })
    await expectUndisturbed()
  })

  it.each([
    ['something else before hello', 4500, send()],
    ['a hello that cannot be read', 4500, { type: 'hello' }],
    ['another version', 4502, { type: 'hello', version: 9 }],
  ])('[SI31] %s: %i', async (_name, code, frame) => {
    const client = await connect()
    client.send(frame)
    expect(await client.ended).toMatchObject({ err: { code } })
    await expectUndisturbed()
  })
})

describe('over Socket.IO, cut off by Socket.IO itself', () => {
  const rows: readonly [name: string, act: (client: RawSocketIo) => unknown][] = [
    ['a megabyte', ({ send: text }) => text('x'.repeat(1_000_000))],
    ['a second connect', ({ socket }) => socket.io.engine.write('0')],
    ['10,000 packets that Socket.IO answers itself', ({ socket }) => Array.from({ length: 10_000 }, (_, n) => socket.io.engine.write(`0/${String(n)}`))],
    ['a packet for a namespace that was not entered', ({ socket }) => socket.io.engine.write('2/other,["x"]')],
  ]
  it.each(rows)('[SI32] %s ends the connection and leaves the others alone', async (_name, act) => {
    const client = await accepted()
    act(client)
    expect((await client.ended).reason).toMatch(/transport close|io server disconnect/)
    await expectUndisturbed()
  })
})
