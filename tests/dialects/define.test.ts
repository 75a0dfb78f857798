import { describe, expect, expectTypeOf, it } from 'vitest'
import { ChatUsageError, type Command } from '../../src/core/index.ts'
import { defineDialect, type JsonObject } from '../../src/dialects/index.ts'
import { createHarness } from '../core/support/harness.ts'
import { about, ANN, meant, said, send } from './support.ts'

const least = { name: 'least', write: { send: ({ body }: { body: string }) => ({ say: body }) }, read: () => undefined }

const thrown = (): never => {
  throw new Error('boom')
}

describe('defineDialect', () => {
  it('[DI60] fills in everything but name, `write.send` and `read`', () => {
    const dialect = defineDialect(least)
    expect(dialect).toMatchObject({
      name: 'least',
      protocols: [],
      ready: 'open',
      capabilities: { acks: false, history: false, rooms: false, presence: false, members: false, typing: false, edits: false, reactions: false, replies: false },
    })
    expect(dialect).not.toHaveProperty('heartbeat')
    expect(defineDialect({ ...least, capabilities: { presence: true } }).capabilities).toMatchObject({ presence: true, acks: false })
  })

  it('[DI61] writes objects as JSON and other things as they are; what has no word is not said', () => {
    const dialect = defineDialect({ ...least, write: { send: ({ body }) => ({ say: body }), ping: () => 'beat' } })
    expect(dialect.write(send('hi'), about())).toBe('{"say":"hi"}')
    expect(dialect.write({ type: 'ping', n: 1 }, about())).toBe('beat')
    const silent: Command[] = [{ type: 'hello', token: 't', user: ANN }, { type: 'typing', room: 'a', on: true }]
    for (const command of silent) expect(dialect.write(command, about())).toBeUndefined()
  })

  it('[DI61] tells writers the command and what is known', () => {
    const dialect = defineDialect({ ...least, write: { send: ({ clientId, room }, knows) => ({ clientId, room, by: knows.user?.name }) } })
    expect(said(dialect, send('hi'))).toEqual({ clientId: 'c1', room: 'general', by: 'Ann' })
  })

  it.each(['edit', 'delete', 'react', 'unreact', 'pin'])('[DI69] %s is refused, and not sent as one message more', (kind) => {
    const h = createHarness({ dialect: defineDialect(least) })
    h.session.open()
    h.socket().open()
    h.session.sendMessage({ room: 'general', body: '👍', kind, target: 1 })
    expect(h.get('rejected')).toMatchObject([{ error: { code: 'unsupported' } }])
    h.session.sendMessage({ room: 'general', body: 'hi', kind: 'message' })
    h.session.sendMessage({ room: 'general', body: 'an answer', replyTo: 1 })
    expect(h.socket().sent).toEqual(['{"say":"hi"}', '{"say":"an answer"}'])
  })

  it('[DI62] reads parsed objects and arrays; everything else is a bad frame', () => {
    const seen: unknown[] = []
    const dialect = defineDialect({ ...least, read: (frame) => void seen.push(frame) })
    for (const frame of ['{"a":1}', '[1]']) expect(meant(dialect, frame)).toEqual([])
    for (const frame of ['{', '7', 'null', `${'['.repeat(4_000)}${']'.repeat(4_000)}`]) {
      expect(meant(dialect, frame)).toMatchObject([{ type: 'bad' }])
    }
    expect(seen).toEqual([{ a: 1 }, [1]])
  })

  it('[DI62] `text` reads texts, `raw` reads what the transport gives', () => {
    const text = defineDialect({ ...least, format: 'text', write: { send: ({ body }) => body }, read: (frame) => ({ type: 'bad', reason: frame.toUpperCase() }) })
    expect(meant(text, 'not json')).toEqual([{ type: 'bad', reason: 'NOT JSON' }])
    expect(text.read(new Blob(), about())).toEqual([{ type: 'bad', reason: 'a binary frame' }])
    const event = { event: 'chat', args: ['hi'] }
    const raw = defineDialect({ ...least, format: 'raw', write: { send: () => event }, read: (frame) => (frame === event ? { type: 'pong' } : undefined) })
    expect(raw.write(send('hi'), about())).toBe(event)
    expect(raw.read(event, about())).toEqual([{ type: 'pong' }])
  })

  it('[DI63] `read` gives one meaning, several, or none', () => {
    const dialect = defineDialect<{ n: number }>({
      ...least,
      read: ({ n }) => (n === 0 ? undefined : n === 1 ? { type: 'pong' } : [{ type: 'pong' }, { type: 'fault', reason: 'x' }]),
    })
    expect([0, 1, 2].map((n) => meant(dialect, { n }).map(({ type }) => type))).toEqual([[], ['pong'], ['pong', 'fault']])
    expect(meant(defineDialect({ ...least, read: () => null as unknown as undefined }), {})).toEqual([])
  })

  it('[DI64] completes messages, presence and replies', () => {
    const dialect = defineDialect({
      ...least,
      read: () => [
        { type: 'message', message: { author: 'Bob', body: 'yo' } },
        { type: 'message', message: { author: ANN, body: 'yo', createdAt: 5, seq: 3 } },
        { type: 'presence', count: 2 },
        { type: 'reply', data: { pong: 1 } },
      ],
    })
    const before = Date.now()
    const [first, second, ...rest] = meant(dialect, {})
    expect(first).toMatchObject({ message: { author: { id: 'Bob', name: 'Bob' }, body: 'yo' } })
    expect((first as { message: { createdAt: number } }).message.createdAt).toBeGreaterThanOrEqual(before)
    expect(second).toMatchObject({ message: { author: ANN, createdAt: 5, seq: 3 } })
    expect(rest).toEqual([{ type: 'presence', count: 2, joined: [], left: [] }, { type: 'reply', data: '{"pong":1}' }])
  })

  it('[DI65] a `read` or `write` that throws does not end the session', () => {
    const dialect = defineDialect({ ...least, write: { send: thrown, hello: thrown, enter: thrown }, read: thrown })
    const h = createHarness({ dialect })
    h.session.enter('general')
    h.session.open()
    h.socket().open()
    const { clientId } = h.session.sendMessage({ room: 'general', body: 'hi' })
    h.socket().receive('{}')
    expect(h.state()).toBe('connected')
    expect(h.get('error')).toMatchObject([
      { code: 'bad_frame', message: expect.stringContaining('`write.send` of least threw Error: boom') as string },
      { code: 'bad_frame', message: expect.stringContaining('`read` of least threw Error: boom') as string },
    ])
    expect(h.get('rejected')).toMatchObject([{ clientId, error: { code: 'unsupported' } }])
    expect(h.memory.sockets).toHaveLength(1)
  })

  it('[DI65] what cannot be written as JSON is not said', () => {
    const loop: { self?: object } = {}
    loop.self = loop
    expect(defineDialect({ ...least, write: { send: () => loop } }).write(send('hi'), about())).toBeUndefined()
  })

  it.each([
    [{ type: 'message', message: {} }],
    [{ type: 'message' }],
    [{ type: 'message', message: { author: 'Bob', body: 7 } }],
    [{ type: 'message', message: { author: { name: 'Bob' }, body: 'yo' } }],
    [{ type: 'presence', count: 'many' }],
    [{ type: 'reply' }],
    [{ type: 'mesage' }],
    ['pong'],
    [7],
  ])('[DI66] a meaning that is none (%j) is a bad frame', (meaning) => {
    expect(meant(defineDialect({ ...least, read: () => meaning as never }), {})).toMatchObject([{ type: 'bad', reason: /./ }])
  })

  it.each([
    [undefined, /pass an object/],
    [{ ...least, name: '' }, /`name` is missing/],
    [{ ...least, name: 7 }, /`name` is missing/],
    [{ ...least, write: undefined }, /`write` is missing/],
    [{ ...least, write: {} }, /`write.send` is missing.*add/],
    [{ ...least, write: { ...least.write, sned: thrown } }, /no `sned`; it takes hello/],
    [{ ...least, write: { send: 'hi' } }, /`write.send` must be a function/],
    [{ ...least, read: undefined }, /`read` is missing/],
    [{ ...least, format: 'xml' }, /'json' or 'text' or 'raw'/],
    [{ ...least, ready: 'soon' }, /'open' or 'welcome'/],
    [{ ...least, protocols: 'chat' }, /`protocols` must be a list/],
    [{ ...least, codec: 1 }, /no `codec`/],
    [{ ...least, capabilities: { presense: true } }, /no `presense`/],
    [{ ...least, capabilities: { history: true } }, /needs `write.history`/],
    [{ ...least, capabilities: { rooms: true } }, /needs `write.enter`/],
    [{ ...least, capabilities: { typing: true } }, /needs `write.typing`/],
    [{ ...least, heartbeat: 5 }, /`heartbeat` must be an object/],
    [{ ...least, heartbeat: { interval: 5 } }, /needs `write.ping`.*silence/],
    [{ ...least, heartbeat: { silence: 0 } }, /give milliseconds above 0/],
    [{ ...least, heartbeat: { first: 'later' } }, /'now' or 'random'/],
    [{ ...least, heartbeat: { pongTimeout: 5 } }, /no `pongTimeout`/],
  ])('[DI67] what can never work is told with the fix (%#)', (definition, sentence) => {
    const make = () => defineDialect(definition as never)
    expect(make).toThrow(ChatUsageError)
    expect(make).toThrow(sentence)
  })

  it('[DI68] types are inferred from the format, or named', () => {
    defineDialect({ ...least, read: (frame) => void expectTypeOf(frame).toEqualTypeOf<JsonObject>() })
    defineDialect<{ kind: string }>({ ...least, read: (frame) => void expectTypeOf(frame.kind).toBeString() })
    defineDialect({ ...least, format: 'text', write: { send: ({ body }) => body }, read: (frame) => void expectTypeOf(frame).toBeString() })
    defineDialect({ ...least, format: 'raw', write: { send: ({ body }) => body }, read: (frame) => void expectTypeOf(frame).toBeUnknown() })
    // @ts-expect-error a message needs a body
    expect(defineDialect({ ...least, read: () => ({ type: 'message', message: { author: 'Bob' } }) }).name).toBe('least')
    // @ts-expect-error texts are written by texts
    expect(defineDialect({ ...least, format: 'text', write: { send: () => ({}) } }).name).toBe('least')
  })
})
