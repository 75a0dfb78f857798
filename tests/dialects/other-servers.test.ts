/** Frames as other people's servers write them, and frames that nobody should write. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  eventRoomDialect,
  heartbeatAckDialect,
  pingPongDialect,
  textPingDialect,
  typePingDialect,
} from '../../src/dialects/index.ts'
import { about, ANN, heard, meant, NOBODY, said, send } from './support.ts'

const json = { typePing: typePingDialect, pingPong: pingPongDialect, heartbeatAck: heartbeatAckDialect, eventRoom: eventRoomDialect }
const all = { ...json, textPing: textPingDialect }
const jsonDialects = Object.entries(json)
const dialects = Object.entries(all)

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

describe('garbage', () => {
  it.each(jsonDialects)('[DI50] %s calls what is no JSON object a bad frame', (_name, make) => {
    for (const frame of ['', 'ping', '{', '{"type":', '7', 'null', '"text"', 'true', deep(4_000), `{"type":"ping","a":${deep(4_000)}}`]) {
      expect(meant(make(), frame)).toMatchObject([{ type: 'bad', reason: /./ }])
    }
  })

  it.each(dialects)('[DI50] %s reads whatever comes without throwing', (_name, make) => {
    const dialect = make()
    const odd = fc.oneof(fc.anything(), fc.jsonValue().map((value) => JSON.stringify(value)), fc.string(), fc.uint8Array())
    const word = fc.constantFrom('ping', 'PING', 'heartbeat', 'message', 'enter', 'out', 'onchat', 'auth', 'noAuth', '__proto__')
    const near = fc.record(
      {
        type: fc.oneof(word, fc.jsonValue()),
        event: fc.oneof(word, fc.jsonValue()),
        message: fc.jsonValue(),
        name: fc.jsonValue(),
        num: fc.jsonValue(),
        data: fc.jsonValue(),
        user: fc.jsonValue(),
        createdAt: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(odd, near.map((frame) => JSON.stringify(frame))), (data) => {
        for (const one of dialect.read(data, about())) {
          if (one.type === 'message') {
            const { body, author, createdAt } = one.message
            expect([typeof body, typeof author.id, typeof author.name, Number.isFinite(createdAt)]).toEqual(['string', 'string', 'string', true])
          } else if (one.type === 'presence') expect(one.count).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 300 },
    )
  })

  it.each(dialects)('[DI51] %s reads UTF-8 bytes as text, as relays by `ws` arrive, and calls other bytes bad', (_name, make) => {
    const dialect = make()
    const frame = '{"type":"onchat","event":"message","message":"grüß dich","name":"Bob"}'
    const bytes = new TextEncoder().encode(frame)
    expect(dialect.read(bytes.buffer, about())).toMatchObject(dialect.read(frame, about()).map(({ type }) => ({ type })))
    expect(dialect.read(bytes, about())[0]).toMatchObject({ type: 'message' })
    for (const bad of [new Uint8Array([0xff, 0xfe]).buffer, new Blob(['x']), undefined, null, 7, {}]) {
      expect(dialect.read(bad, about())).toMatchObject([{ type: 'bad' }])
    }
  })
})

describe('names that servers use', () => {
  const dialect = heartbeatAckDialect({ now: () => 5 })

  it.each([
    { message: 'yo', name: 'Bob' },
    { msg: 'yo', username: 'Bob' },
    { content: 'yo', nickname: 'Bob' },
    { text: 'yo', from: 'Bob' },
    { body: 'yo', user: { id: 3, name: 'Bob' } },
    { data: 'yo', sender: { nickname: 'Bob' } },
    { data: { content: 'yo', author: 'Bob' } },
    { payload: { text: 'yo', user: { username: 'Bob' } }, type: 'chat' },
    { message: { text: 'yo', from: { name: 'Bob' } } },
    { state: { message: 'yo', userName: 'Bob' } },
  ])('[DI52] finds what is said and who says it in %j', (frame) => {
    expect(heard(dialect, frame)).toEqual([['Bob', 'yo']])
  })

  it('[DI52] takes the id of the person where it is told, and the name for it where not', () => {
    const author = (frame: object) => (meant(dialect, { message: 'yo', ...frame })[0] as { message: { author: unknown } }).message.author
    expect(author({ user: { id: 3, name: 'Bob' } })).toEqual({ id: '3', name: 'Bob' })
    expect(author({ userId: 'b-1', name: 'Bob' })).toEqual({ id: 'b-1', name: 'Bob' })
    expect(author({ id: 'of-the-message', name: 'Bob' })).toEqual({ id: 'Bob', name: 'Bob' })
    expect(author({ userId: 9 })).toEqual({ id: '9', name: 'Guest' })
    expect(author({})).toEqual({ id: 'Guest', name: 'Guest' })
    expect((author({ name: 'x'.repeat(9_999) }) as { name: string }).name).toHaveLength(256)
  })

  it.each([
    [{ timestamp: 1_700_000_000_000 }, 1_700_000_000_000],
    [{ ts: 1_700_000_000 }, 1_700_000_000_000],
    [{ time: '1700000000000' }, 1_700_000_000_000],
    [{ createdAt: '2023-11-14T22:13:20Z' }, 1_700_000_000_000],
    [{ createdAt: '2023-11-14T23:13:20.000+01:00' }, 1_700_000_000_000],
    [{ createdAt: '2023-11-14 22:13:20' }, 5],
    [{ time: '12:30' }, 5],
    [{ timestamp: 1e300 }, 5],
    [{ timestamp: -1 }, 5],
    [{ timestamp: 3 }, 5],
    [{}, 5],
  ])('[DI53] the time in %j is %d', (frame, createdAt) => {
    expect(meant(dialect, { message: 'yo', ...frame })).toMatchObject([{ message: { createdAt } }])
  })
})

describe('our own messages that come back', () => {
  const dialect = heartbeatAckDialect()
  const echo = () => said(dialect, send('hi')) as Record<string, unknown>

  it('[DI54] merge with their row by the client id', () => {
    expect(meant(dialect, echo())).toMatchObject([{ message: { body: 'hi', clientId: 'c1', author: ANN } }])
    expect(meant(dialect, { type: 'relay', data: echo() })).toMatchObject([{ message: { clientId: 'c1', author: ANN } }])
  })

  it('[DI54] are dropped when the server took the client id away', () => {
    expect(meant(dialect, { ...echo(), clientId: undefined })).toEqual([])
    expect(meant(dialect, { message: 'hi', name: 'Ann' })).toEqual([])
  })

  it('[DI54] are dropped when nobody knows who we are', () => {
    expect(meant(dialect, said(dialect, send('hi'), NOBODY), NOBODY)).toEqual([])
  })

  it('[DI54] a namesake with an id of their own, and another guest, are heard', () => {
    expect(heard(dialect, { ...echo(), userId: 'ann-2' })).toEqual([['Ann', 'hi']])
    const other = said(heartbeatAckDialect(), send('hi'), NOBODY)
    expect(heard(dialect, other, NOBODY)).toEqual([['Guest', 'hi']])
    expect(heard(dialect, { message: 'hi', name: 'Guest' }, NOBODY)).toEqual([['Guest', 'hi']])
  })
})

describe('mapping functions that throw', () => {
  const thrown = () => {
    throw new Error('boom')
  }

  it('[DI55] make a bad frame, and a message that cannot be said', () => {
    const dialect = pingPongDialect({ toFrame: thrown, fromFrame: thrown })
    expect(meant(dialect, { message: 'yo' })).toEqual([{ type: 'bad', reason: '`read` of ping-pong threw Error: boom' }])
    expect(said(dialect, send('hi'))).toBeUndefined()
    expect(said(dialect, { type: 'ping', n: 1 })).toEqual({ type: 'PING' })
    expect(said(textPingDialect({ toText: thrown }), send('hi'))).toBeUndefined()
  })
})
