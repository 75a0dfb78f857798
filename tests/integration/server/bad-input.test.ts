/** What the server answers to what it must not get, each while somebody else talks in the same room. */
import { SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeCodeAfter, handshake, masked, statusOf, type Handshake } from './support/raw-bytes.ts'
import { enterRaw, openRaw, signIn, type RawClient } from './support/raw-client.ts'
import { spawnServer, type SpawnedServer } from './support/spawn-server.ts'

const SECRET = 'a secret of at least thirty-two bytes'
let server: SpawnedServer
let witness: RawClient
let token: string
let said = 0

beforeAll(async () => {
  server = await spawnServer({ env: { CHAT_SECRET: SECRET } })
  witness = await enterRaw(server, 'Witness', 'general')
  ;({ token } = await signIn(server.httpUrl, 'Mallory'))
})
afterAll(() => server.dispose())

/** The others do not notice, and the server still answers. */
const expectUndisturbed = async (): Promise<void> => {
  const clientId = `still here ${String(++said)}`
  expect(await witness.say('general', clientId, 'x')).toMatchObject({ type: 'ack' })
  expect(witness.of('error')).toEqual([])
  expect((await fetch(`${server.httpUrl}/ready`)).status).toBe(200)
}

describe('handshakes', () => {
  const rows: readonly [id: string, name: string, status: number, overrides: Handshake][] = [
    ['H0', 'a good one', 101, {}],
    ['H1', 'a wrong Origin', 403, { headers: { Origin: 'http://evil.example' } }],
    ['H2', 'no Origin', 101, { headers: { Origin: undefined } }],
    ['H3', 'Origin null', 403, { headers: { Origin: 'null' } }],
    ['H4', 'no key', 400, { headers: { 'Sec-WebSocket-Key': undefined } }],
    ['H4', 'a short key', 400, { headers: { 'Sec-WebSocket-Key': 'x' } }],
    ['H5', 'version 12', 400, { headers: { 'Sec-WebSocket-Version': '12' } }],
    ['H6', 'no Upgrade', 426, { headers: { Upgrade: undefined, Connection: undefined } }],
    ['H7', 'Upgrade: h2c', 400, { headers: { Upgrade: 'h2c' } }],
    ['H8', 'POST with Upgrade', 405, { method: 'POST' }],
    ['H8', 'POST without Upgrade', 405, { method: 'POST', headers: { Upgrade: undefined, Connection: undefined, 'Content-Length': '0' } }],
    ['H9', 'a header of 20 KiB', 431, { headers: { 'X-Long': 'x'.repeat(20_000) } }],
    ['H9', '2,000 headers', 431, { headers: Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`X-${String(i)}`, 'x'])) }],
    ['H10', '6,000 spaces in the sub-protocol', 400, { headers: { 'Sec-WebSocket-Protocol': `chat.v1${' '.repeat(6_000)}x` } }],
    ['H11', 'a sub-protocol twice', 400, { headers: { 'Sec-WebSocket-Protocol': 'chat.v1, chat.v1' } }],
    ['H12', 'only unknown sub-protocols', 400, { headers: { 'Sec-WebSocket-Protocol': 'chat.v9, soup' } }],
    ['H13', 'a wrong path', 404, { path: '/socket' }],
    ['H13', 'a path with bytes', 404, { path: '/%00%ff' }],
    ['H13', 'a path that climbs', 404, { path: '/x/../chat' }],
    ['H17', 'malformed extensions', 101, { headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate; x==1;;' } }],
    ['H18', 'a token in the address', 400, { path: '/chat?token=abc' }],
  ]
  it.each(rows)('[BAD1] %s: %s is answered %i', async (_id, _name, status, overrides) => {
    expect(await statusOf(server.port, handshake(server.port, overrides))).toBe(status)
    await expectUndisturbed()
  })

  it('[BAD1] H14: half a request is given up', async () => {
    expect(await statusOf(server.port, 'GET /chat HTTP/1.1\r\nHost: x\r\n')).toBe(408)
  })

  it('[BAD1] H18: a token in the address stays out of the log', async () => {
    await statusOf(server.port, handshake(server.port, { path: '/chat?token=very-secret' }))
    await expectUndisturbed()
    expect(server.log.join('\n')).not.toContain('very-secret')
  })
})

describe('frames on the wire', () => {
  const text = (value: string) => Buffer.from(value)
  const hugeLength = (high: number) => Buffer.from([127, high, 0, 1, 0, 0, 0, 0, 0])
  const closeWith = (code: number, reason: Buffer = Buffer.alloc(0)) => masked(8, Buffer.concat([Buffer.from([code >> 8, code & 255]), reason]))

  const rows: readonly [id: string, name: string, code: number, bytes: Buffer][] = [
    ['F1', 'an unmasked frame', 1002, Buffer.from([0x81, 1, 0x61])],
    ['F2', 'opcode 3', 1002, masked(3, text('x'))],
    ['F3', 'opcode 11', 1002, masked(11, text('x'))],
    ['F4', 'RSV1', 1002, masked(1, text('x'), { rsv: 4 })],
    ['F5', 'RSV2', 1002, masked(1, text('x'), { rsv: 2 })],
    ['F6', 'a fragmented ping', 1002, masked(9, text('x'), { fin: false })],
    ['F7', 'a ping of 126 bytes', 1002, masked(9, Buffer.alloc(126))],
    ['F8', 'a continuation of nothing', 1002, masked(0, text('x'))],
    ['F9', 'a new text inside a fragmented one', 1002, Buffer.concat([masked(1, text('x'), { fin: false }), masked(1, text('x'))])],
    ['F10', 'text that is not UTF-8', 1007, masked(1, Buffer.from([0xff, 0xfe]))],
    ['F11', '64 KiB and one byte', 1009, masked(1, Buffer.alloc(65_537, 0x61))],
    ['F12', 'a declared length of 2^48', 1009, masked(1, Buffer.alloc(0), { length: hugeLength(0) })],
    ['F13', 'a declared length of 2^62', 1009, masked(1, Buffer.alloc(0), { length: hugeLength(0x40) })],
    ['F14', 'fragments that add up to too much', 1009, Buffer.concat([masked(1, Buffer.alloc(40_000, 0x61), { fin: false }), masked(0, Buffer.alloc(40_000, 0x61))])],
    ['F15', '65 fragments', 1008, Buffer.concat([masked(1, text('x'), { fin: false }), ...Array.from({ length: 64 }, () => masked(0, text('x'), { fin: false }))])],
    ['F16', '100,000 empty fragments', 1008, Buffer.concat([masked(1, text(''), { fin: false }), ...Array.from({ length: 100_000 }, () => masked(0, text(''), { fin: false }))])],
    ['F18', 'close code 1005', 1002, closeWith(1005)],
    ['F19', 'close code 999', 1002, closeWith(999)],
    ['F20', 'close code 5000', 1002, closeWith(5000)],
    ['F21', 'a close of one byte', 1002, masked(8, text('x'))],
    ['F22', 'a close reason that is not UTF-8', 1007, closeWith(1000, Buffer.from([0xff]))],
    ['F24', 'a binary frame', 1003, masked(2, text('x'))],
    ['D1', 'compressed data that was not agreed on', 1002, masked(1, Buffer.alloc(1_000), { rsv: 4 })],
  ]

  it.each(rows)('[BAD2] %s: %s is closed with %i', async (_id, _name, code, bytes) => {
    expect(await closeCodeAfter(server.port, token, bytes)).toBe(code)
    await expectUndisturbed()
  })

  it('[BAD2] F26: 5,000 pings at once', async () => {
    const ping = masked(9, Buffer.alloc(0))
    expect([1005, 1006]).toContain(await closeCodeAfter(server.port, token, Buffer.concat([...Array.from({ length: 5_000 }, () => ping), masked(8, Buffer.alloc(0))])))
    await expectUndisturbed()
  })

  it('[BAD2] F27: a socket that is torn leaves its rooms', async () => {
    const client = await enterRaw(server, 'Torn', 'general')
    client.ws.terminate()
    await witness.next((f) => f.type === 'presence' && (f['left'] as string[] | undefined)?.includes(client.user.id) === true)
    await expectUndisturbed()
  })
})

describe('before and around hello', () => {
  const hello = (fields: object = {}) => JSON.stringify({ type: 'hello', version: 1, token, ...fields })
  const key = Buffer.from(SECRET)
  const claims = { sub: 'u1', name: 'Ada', iss: 'vue-chat-socket', aud: 'chat' }
  const now = Math.floor(Date.now() / 1000)
  const rows: readonly [id: string, name: string, code: number, frames: () => Promise<(string | Buffer)[]>][] = [
    ['A22', 'a send before hello', 4500, async () => ['{"type":"send","room":"general","clientId":"x","body":"x"}']],
    ['A22', 'a ping before hello', 4500, async () => ['{"type":"ping","n":1}']],
    ['A22', 'no JSON before hello', 4500, async () => ['x']],
    ['A22', 'a binary frame before hello', 1003, async () => [Buffer.from('x')]],
    ['A21', 'a second hello', 4500, async () => [hello(), hello()]],
    ['V1', 'version 2', 4502, async () => [hello({ version: 2 })]],
    ['V2', 'version "1"', 4500, async () => [hello({ version: '1' })]],
    ['J1', 'alg none', 4501, async () => [hello({ token: new UnsecuredJWT({ ...claims, exp: now + 60 }).encode() })]],
    ['J2', 'a forged token', 4501, async () => [
      hello({ token: await new SignJWT({ ...claims, exp: now + 60 }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from('y'.repeat(32))) }),
    ]],
    ['J2', 'a token of 60 KiB', 4501, async () => [hello({ token: 'x'.repeat(60_000) })]],
    ['J2', 'no token', 4501, async () => [hello({ token: undefined })]],
    ['J3', 'an expired token', 4401, async () => [
      hello({ token: await new SignJWT({ ...claims, exp: now - 60 }).setProtectedHeader({ alg: 'HS256' }).sign(key) }),
    ]],
    ['J4', 'a token for something else', 4501, async () => [
      hello({ token: await new SignJWT({ ...claims, aud: 'api', exp: now + 60 }).setProtectedHeader({ alg: 'HS256' }).sign(key) }),
    ]],
  ]
  it.each(rows)('[BAD3] %s: %s is closed with %i', async (_id, _name, code, frames) => {
    const client = await openRaw(server.wsUrl)
    for (const frame of await frames()) client.send(frame)
    expect((await client.closed).code).toBe(code)
    await expectUndisturbed()
  })

  it('[BAD3] A23: nothing within 5 s of connecting is closed with 4408', async () => {
    const client = await openRaw(server.wsUrl)
    expect((await client.closed).code).toBe(4408)
    await expectUndisturbed()
  })

  it('[BAD3] J: no token and no body of a message is ever logged', async () => {
    const ada = await enterRaw(server, 'Ada', 'general')
    await ada.say('general', 'log1', 'the body of a message')
    await ada.close()
    expect(server.log.length).toBeGreaterThan(0)
    expect(server.log.join('\n')).not.toContain(ada.token)
    expect(server.log.join('\n')).not.toContain('the body of a message')
    for (const line of server.log) expect(() => JSON.parse(line) as unknown).not.toThrow()
  })
})

describe('frames of an accepted client', () => {
  let client: RawClient
  let n = 0
  beforeEach(async () => {
    client = await enterRaw(server, `Mallory ${String(++n)}`, 'general')
    return () => client.close()
  })
  const deep = (levels: number) => `{"type":"ping","n":1,"x":${'['.repeat(levels)}${']'.repeat(levels)}}`
  const rows: readonly [id: string, name: string, code: string, frame: object | string][] = [
    ['A1', 'not JSON', 'bad_json', '{'],
    ['F25', 'an empty frame', 'bad_json', ''],
    ['A2', 'a number', 'bad_request', '1'],
    ['A2', 'null', 'bad_request', 'null'],
    ['A2', 'an empty array', 'bad_request', '[]'],
    ['A3', 'an unknown type', 'unknown_type', { type: 'dance' }],
    ['A4', '30,000 levels of nesting', 'bad_request', deep(30_000)],
    ['A5', 'type __proto__', 'unknown_type', '{"type":"__proto__","__proto__":{"type":"ping"}}'],
    ['A7', 'an empty body', 'body_empty', { type: 'send', room: 'general', clientId: 'e1', body: '' }],
    ['A7', 'a body of spaces', 'body_empty', { type: 'send', room: 'general', clientId: 'e2', body: ' \n\t\u3000' }],
    ['A7', '4,001 characters', 'body_too_long', { type: 'send', room: 'general', clientId: 'e3', body: 'x'.repeat(4_001) }],
    ['A7', '4,001 emoji', 'body_too_long', { type: 'send', room: 'general', clientId: 'e4', body: '😀'.repeat(4_001) }],
    ['A8', 'no client id', 'bad_request', { type: 'send', room: 'general', body: 'x' }],
    ['A8', 'a client id of 129 characters', 'bad_request', { type: 'send', room: 'general', clientId: 'x'.repeat(129), body: 'x' }],
    ['A11', 'a negative seq', 'bad_request', { type: 'join', id: 9, room: 'general', since: { epoch: 'e', seq: -1 } }],
    ['A11', 'a seq of 2^53', 'bad_request', { type: 'join', id: 9, room: 'general', since: { epoch: 'e', seq: 2 ** 53 } }],
    ['A15', 'a send to a room that was not joined', 'forbidden', { type: 'send', room: 'other', clientId: 'f1', body: 'x' }],
    ['A15', 'history of a room that was not joined', 'forbidden', { type: 'history', id: 9, room: 'other' }],
  ]
  it.each(rows)('[BAD4] %s: %s is answered %s, and the connection goes on', async (_id, _name, code, frame) => {
    client.send(frame)
    const error = await client.next((f) => f.type === 'error')
    expect(error).toMatchObject({ code, retry: false })
    expect(error['message']).toMatch(/\w+ \w+/)
    client.send({ type: 'ping', n: 5 })
    await client.next((f) => f.type === 'pong')
    await expectUndisturbed()
  })

  it('[BAD5] A1: the third frame within 10 s that is not JSON ends it with 4500', async () => {
    for (const text of ['a', 'b', 'c']) client.send(text)
    expect((await client.closed).code).toBe(4500)
    await expectUndisturbed()
  })

  it('[BAD6] A5, A20: fields that a client must not set have no effect', async () => {
    const ack = await client.say('general', 'x1', 'plain')
    client.send(
      '{"type":"send","room":"general","clientId":"x2","body":"forged","from":{"id":"root","name":"root"},"ts":1,"seq":1,"role":"admin","__proto__":{"admin":1},"constructor":{"prototype":{"admin":1}}}',
    )
    const event = await witness.next((f) => f.type === 'event' && f['clientId'] === 'x2')
    expect(event).toMatchObject({ from: { name: `Mallory ${String(n)}` }, seq: (ack['seq'] as number) + 1 })
    expect(event['ts']).toBeGreaterThan(1)
    expect(event).not.toHaveProperty('admin')
    await expectUndisturbed()
  })

  it('[BAD7] A9: the same client id twice is one message, acked twice with one seq', async () => {
    const first = await client.say('general', 'twice', 'once only')
    const second = await client.say('general', 'twice', 'once only')
    expect(second).toMatchObject({ type: 'ack', seq: first['seq'], ts: first['ts'], duplicate: true })
    await expectUndisturbed()
    expect(witness.of('event').filter((f) => f['body'] === 'once only')).toHaveLength(1)
  })

  it('[BAD8] A10: the same client id for another text is a conflict', async () => {
    await client.say('general', 'clash', 'one')
    expect(await client.say('general', 'clash', 'two')).toMatchObject({ type: 'error', code: 'client_id_conflict', retry: false })
    await expectUndisturbed()
  })

  it("[BAD17] another's frames, sent again: they are the sender's own, and whose they were keeps theirs", async () => {
    const frame = { type: 'send', room: 'general', clientId: 'overheard', body: 'pay Mallory' }
    witness.send(frame)
    const first = await witness.next((f) => f.type === 'ack' && f['clientId'] === 'overheard')
    client.send({ ...frame, from: { id: 'witness', name: 'Witness' } })
    const ack = await client.next((f) => f.type === 'ack' && f['clientId'] === 'overheard')
    expect(ack).toMatchObject({ seq: (first['seq'] as number) + 1 })
    expect(ack).not.toHaveProperty('duplicate')
    expect(await witness.next((f) => f.type === 'event' && f['seq'] === ack['seq'])).toMatchObject({ from: { name: `Mallory ${String(n)}` } })
    witness.send(frame)
    expect(await witness.next((f) => f.type === 'ack' && f['duplicate'] === true)).toMatchObject({ seq: first['seq'] })
    client.send({ type: 'send', room: 'general', kind: 'edit', target: first['seq'] as number, clientId: 'rewrite', body: 'pay me' })
    expect(await client.next((f) => f['clientId'] === 'rewrite')).toMatchObject({ type: 'error', code: 'forbidden' })
    await expectUndisturbed()
  })

  it('[BAD9] A6: half a surrogate pair is stored as U+FFFD, and its retry is the same message', async () => {
    const text = '{"type":"send","room":"general","clientId":"half","body":"a\\ud800b"}'
    client.send(text)
    await client.next((f) => f.type === 'ack')
    client.send(text)
    expect(await client.next((f) => f.type === 'ack' && f['duplicate'] === true)).toBeDefined()
    expect(await witness.next((f) => f.type === 'event' && f['clientId'] === 'half')).toMatchObject({ body: 'a\ufffdb' })
  })

  it.each([
    ['A12', 'ahead of the log', (epoch: string, top: number) => ({ epoch, seq: top + 1 })],
    ['A13', 'of another epoch', (_epoch: string, top: number) => ({ epoch: 'ffff', seq: top })],
  ] as const)('[BAD10] %s: a position %s is not recovered', async (_id, _name, since) => {
    const { epoch, top } = (await client.join('general')) as unknown as { epoch: string; top: number }
    expect(await client.join('general', since(epoch, top))).toMatchObject({ type: 'joined', recovered: false, epoch, top })
    await expectUndisturbed()
  })

  it.each([[0, 1], [-1, 1], [1e9, 300]])('[BAD11] A14: a history limit of %i is brought to %i', async (limit, most) => {
    await client.say('general', `lim${String(limit)}a`, 'x')
    await client.say('general', `lim${String(limit)}b`, 'x')
    client.send({ type: 'history', id: 77, room: 'general', limit })
    const page = await client.next((f) => f.type === 'page')
    expect((page['events'] as unknown[]).length).toBeLessThanOrEqual(most)
    expect((page['events'] as unknown[]).length).toBeGreaterThan(0)
  })

  it('[BAD12] A24: beyond the burst everything is refused until the told time, and nothing is lost in between', async () => {
    for (let i = 0; i < 130; i++) client.send({ type: 'send', room: 'flood', clientId: `r${String(i)}`, body: 'x' })
    await client.next((f) => f.type === 'error' && f['clientId'] === 'r129')
    const first = client.of('error').find((f) => f['code'] === 'rate_limited')!
    const from = Number((first['clientId'] as string).slice(1))
    const refused = client.of('error').filter((f) => f['code'] === 'rate_limited')
    expect(refused.map((f) => f['clientId'])).toEqual(Array.from({ length: 130 - from }, (_, i) => `r${String(from + i)}`))
    expect(refused[0]).toMatchObject({ retry: true, afterMs: 1_000 })
    await expectUndisturbed()
  })

  it('[BAD12] A24: who keeps sending what is refused is closed with 4429', async () => {
    for (let i = 0; i < 500; i++) client.send({ type: 'send', room: 'general', clientId: `s${String(i)}`, body: 'x' })
    expect((await client.closed).code).toBe(4429)
  })

  it('[BAD13] A27: the 129th room is refused', async () => {
    for (let i = 1; i < 128; i++) client.send({ type: 'join', id: 1_000 + i, room: `many ${String(i)}` })
    await client.next((f) => f.type === 'joined' && f['id'] === 1_127)
    client.send({ type: 'join', id: 2_000, room: 'one too many' })
    expect(await client.next((f) => f['id'] === 2_000)).toMatchObject({ type: 'error', code: 'room_limit' })
    expect(await client.join('general')).toMatchObject({ type: 'joined' })
  })

  it('[BAD14] A26: churn of joins is rate limited', async () => {
    for (let i = 0; i < 200; i++) {
      client.send({ type: 'leave', id: i, room: 'churn' })
      client.send({ type: 'join', id: i, room: 'churn' })
    }
    expect(await client.next((f) => f.type === 'error')).toMatchObject({ code: 'rate_limited', retry: true })
    await expectUndisturbed()
  })
})
