import { describe, expect, it } from 'vitest'
import type { DialectContext } from '../../src/core/index.ts'
import { closeAction } from '../../src/protocol/index.ts'
import { socketIoDialect, socketIoTransport } from '../../src/socket-io.ts'
import { addressOf } from '../../src/socket-io/address.ts'
import { endOfLink, endOfRefusal, readFarewell } from '../../src/socket-io/ends.ts'
import { answerOf, PING, PONG } from '../../src/socket-io/words.ts'

const about: DialectContext = { user: { id: 'u-1', name: 'Ann' }, token: undefined, room: 'lobby' }
const send = { type: 'send', room: 'lobby', clientId: 'c-1', body: 'hello' } as const
const now = () => 1_700_000_000_000
const guest = { id: 'Guest', name: 'Guest' }

describe('what the end of a Socket.IO connection means', () => {
  it.each([
    ['unauthorized', undefined, 'stop'],
    ['Not authorized', undefined, 'stop'],
    ['Authentication error', undefined, 'stop'],
    ['invalid credentials', undefined, 'stop'],
    ['jwt malformed', undefined, 'stop'],
    ['Forbidden', undefined, 'stop'],
    ['no entry', { code: 401 }, 'stop'],
    ['no entry', { status: '403' }, 'stop'],
    ['no entry', { statusCode: 401 }, 'stop'],
    ['no entry', { code: 4503 }, 'stop'],
    ['no entry', { code: 'unauthorized' }, 'stop'],
    ['no entry', 'unauthorized', 'stop'],
    ['jwt expired', undefined, 'refresh'],
    ['Your session has expired', undefined, 'refresh'],
    ['no entry', { code: 'token_expired' }, 'refresh'],
    ['no entry', { code: 4401 }, 'refresh'],
    ['the database is down', undefined, 'retry'],
    ['the authentication service is down', undefined, 'retry'],
    ['Invalid namespace', undefined, 'retry'],
    ['no entry', { code: 17 }, 'retry'],
    ['no entry', null, 'retry'],
    ['', { code: 1e99, status: {} }, 'retry'],
  ])('[SI10] refused with "%s" and %j: %s', (message, data, action) => {
    const { code, reason } = endOfRefusal({ message, data })
    expect([closeAction(code), reason]).toEqual([action, message])
  })

  it.each([
    ['io server disconnect', undefined, undefined, 1005],
    ['io server disconnect', undefined, { code: 4501, reason: 'out' }, 4501],
    ['transport close', { context: { code: 1006 } }, undefined, 1006],
    ['transport close', { context: { code: 1005 } }, undefined, 1006],
    ['transport close', { context: { code: 1000 } }, undefined, 1006],
    ['transport close', { context: { code: 1001 } }, undefined, 1001],
    ['transport close', { context: { code: 1009 } }, undefined, 1009],
    ['transport close', { context: { code: 1009 } }, { code: 4429, reason: '' }, 4429],
    ['transport close', undefined, undefined, 1006],
    ['transport error', { context: { code: 1009 } }, { code: 4501, reason: '' }, 1006],
    ['ping timeout', undefined, { code: 4501, reason: '' }, 1006],
    ['parse error', undefined, undefined, 1006],
  ])('[SI11] ended by "%s", %j, after %j: %i', (reason, details, farewell, code) => {
    expect(endOfLink(reason, details, farewell).code).toBe(code)
  })

  it.each([
    [[{ code: 4501, reason: 'out' }], { code: 4501, reason: 'out' }],
    [[{ code: 4429 }], { code: 4429, reason: '' }],
    [[{ code: 1001, reason: 7 }], { code: 1001, reason: '' }],
    [[{ code: 1000 }], undefined],
    [[{ code: 5000 }], undefined],
    [[{ code: 2000 }], undefined],
    [[{ code: '4501' }], undefined],
    [['4501'], undefined],
    [[null], undefined],
    [[], undefined],
  ])('[SI11] a farewell of %j is read as %j', (args, farewell) => {
    expect(readFarewell(args)).toEqual(farewell)
  })
})

describe('where a url leads', () => {
  it.each([
    ['wss://example.org/', {}, { origin: 'wss://example.org', namespace: '/', path: '/socket.io' }],
    ['wss://example.org:8443/admin', {}, { origin: 'wss://example.org:8443', namespace: '/admin', path: '/socket.io' }],
    ['wss://example.org/admin/?v=2', {}, { origin: 'wss://example.org?v=2', namespace: '/admin', path: '/socket.io' }],
    ['wss://example.org/a/b', { path: '/ws' }, { origin: 'wss://example.org', namespace: '/a/b', path: '/ws' }],
    ['wss://example.org/a', { namespace: '/' }, { origin: 'wss://example.org', namespace: '/', path: '/socket.io' }],
    ['ws://[::1]:8787/chat', { isChat: true }, { origin: 'ws://[::1]:8787', namespace: '/', path: '/chat/socket.io' }],
    ['wss://example.org/', { isChat: true }, { origin: 'wss://example.org', namespace: '/', path: '/socket.io' }],
    ['wss://example.org/chat', { isChat: true, path: '/ws' }, { origin: 'wss://example.org', namespace: '/', path: '/ws' }],
  ])('[SI12] %s with %j', (url, options, address) => {
    expect(addressOf(url, { isChat: false, ...options })).toEqual(address)
  })
})

describe('socketIoDialect', () => {
  it('[SI13] writes and reads texts under its event, and leaves the others alone', () => {
    const dialect = socketIoDialect({ event: 'say', now })
    expect(dialect.write(send, about)).toEqual({ event: 'say', args: ['hello'] })
    expect(dialect.read({ event: 'say', args: ['hi'] }, about)).toEqual([{ type: 'message', message: { body: 'hi', author: guest, createdAt: now() } }])
    for (const data of [{ event: 'chat', args: ['hi'] }, 'hi', null, new ArrayBuffer(1)]) expect(dialect.read(data, about)).toEqual([])
    expect(dialect.write({ type: 'enter', id: 1, room: 'a', since: undefined }, about)).toBeUndefined()
  })

  it('[SI13] finds body, author and time in an object', () => {
    const args = [{ text: 'hi', user: { id: 7, name: 'Bob' }, createdAt: 1_600_000_000_000 }]
    expect(socketIoDialect().read({ event: 'chat', args }, about)).toEqual([
      { type: 'message', message: { body: 'hi', author: { id: '7', name: 'Bob' }, createdAt: 1_600_000_000_000 } },
    ])
  })

  it.each([[[]], [[null]], [['']], [[7n]], [[{}]], [[{ text: {} }]], [[new ArrayBuffer(2)]], [[[[['x']]]]]])('[SI13] %o is no message', (args) => {
    expect(socketIoDialect().read({ event: 'chat', args }, about)).toEqual([])
  })

  it('[SI13] maps richer events both ways; a mapping that throws makes a bad frame', () => {
    const dialect = socketIoDialect({
      now,
      room: 'main',
      fromMessage: ({ body, author, clientId }) => [author.name, body, clientId],
      toMessage: (name, body, clientId) => ({ author: String(name), body: String(body).trim(), clientId: clientId as string }),
    })
    expect(dialect.write(send, about)).toEqual({ event: 'chat', args: ['Ann', 'hello', 'c-1'] })
    expect(dialect.read({ event: 'chat', args: ['Bob', ' hi ', 'c-9'] }, about)).toEqual([
      { type: 'message', message: { room: 'main', body: 'hi', clientId: 'c-9', author: { id: 'Bob', name: 'Bob' }, createdAt: now() } },
    ])
    const broken = socketIoDialect({ toMessage: () => { throw new Error('ouch') } })
    expect(broken.read({ event: 'chat', args: ['x'] }, about)).toMatchObject([{ type: 'bad' }])
  })

  it('[SI13] tells rooms to servers that have words for them', () => {
    const dialect = socketIoDialect({ enter: 'join', leave: 'part' })
    expect(dialect.write({ type: 'enter', id: 1, room: 'a', since: undefined }, about)).toEqual({ event: 'join', args: ['a'] })
    expect(dialect.write({ type: 'leave', id: 2, room: 'a' }, about)).toEqual({ event: 'part', args: ['a'] })
  })

  it.each([[3, 3], [{ count: 4 }, 4], [{ online: 5 }, 5], [['a', 'b'], 2]])('[SI13] reads %j as %i people', (told, count) => {
    const dialect = socketIoDialect({ presence: 'online' })
    expect(dialect.read({ event: 'online', args: [told] }, about)).toEqual([{ type: 'presence', count, joined: [], left: [] }])
  })

  it('[SI14] reads answers as acks and refusals', () => {
    const dialect = socketIoDialect({ acks: true, now })
    expect(dialect.capabilities.acks).toBe(true)
    expect(dialect.write(send, about)).toEqual({ event: 'chat', args: ['hello'], answerTo: 'c-1' })
    const read = (...args: unknown[]) => dialect.read(answerOf('c-1', args), about)
    for (const args of [[], ['ok'], [{ ok: true }], [null, 'stored'], [{ error: null }]]) {
      expect(read(...args)).toEqual([{ type: 'ack', room: 'lobby', clientId: 'c-1', createdAt: now() }])
    }
    expect(read({ ok: true, timestamp: 1_600_000_000_000 })).toMatchObject([{ type: 'ack', createdAt: 1_600_000_000_000 }])
    expect(read({ error: 'too long' })).toEqual([{ type: 'refused', clientId: 'c-1', code: 'forbidden', message: 'too long', retry: false }])
    expect(read({ error: { message: 'busy' }, retry: true })).toMatchObject([{ type: 'refused', message: 'busy', retry: true }])
    expect(read({ ok: false })).toMatchObject([{ type: 'refused', retry: false }])
  })

  it('[SI4] asks for a sign of life, and knows it when it comes', () => {
    const dialect = socketIoDialect()
    expect(dialect.write({ type: 'ping', n: 1 }, about)).toBe(PING)
    expect(dialect.read(PONG, about)).toEqual([{ type: 'pong' }])
    expect(dialect.read({ ...PONG }, about)).toEqual([])
  })

  it.each([
    [() => socketIoDialect({ event: 'connect' }), /`event`.*"connect"/],
    [() => socketIoDialect({ presence: '' }), /`presence`/],
    [() => socketIoTransport({ path: 'socket.io' }), /`path`.*start it with "\/"/],
    [() => socketIoTransport({ namespace: 'admin' }), /`namespace`/],
    [() => socketIoTransport({ frames: 'disconnect' }), /`frames`/],
    [() => socketIoTransport({ transports: [] }), /`transports`/],
  ])('[SI15] what can never work throws with the fix: %s', (make, sentence) => {
    expect(make).toThrow(sentence)
  })
})
