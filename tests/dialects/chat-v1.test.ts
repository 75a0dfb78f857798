import { describe, expect, it } from 'vitest'
import { chatV1Dialect } from '../../src/dialects/index.ts'
import { decodeClientFrame, type ServerFrame } from '../../src/protocol/index.ts'

const dialect = chatV1Dialect()
const about = { user: undefined, token: undefined, room: '' }
const read = (frame: ServerFrame) => dialect.read(JSON.stringify(frame), about)
const ann = { id: 'ann', name: 'Ann' }
const event = { room: 'a', seq: 3, kind: 'message', from: ann, clientId: 'x', ts: 9, body: 'hi' } as const
const message = { room: 'a', seq: 3, clientId: 'x', author: ann, body: 'hi', createdAt: 9 }

describe('chat.v1', () => {
  it('[DC1] can everything', () => {
    expect(new Set(Object.values(dialect.capabilities))).toEqual(new Set([true]))
    expect([dialect.protocols, dialect.ready]).toEqual([['chat.v1'], 'welcome'])
  })

  it.each([
    [{ type: 'hello', token: 't', user: undefined }, { type: 'hello', version: 1, token: 't' }],
    [{ type: 'hello', token: undefined, user: ann }, { type: 'hello', version: 1 }],
    [{ type: 'enter', id: 1, room: 'a', since: undefined }, { type: 'join', id: 1, room: 'a' }],
    [{ type: 'enter', id: 1, room: 'a', since: { epoch: 'e', seq: 2 } }, { type: 'join', id: 1, room: 'a', since: { epoch: 'e', seq: 2 } }],
    [{ type: 'leave', id: 2, room: 'a' }, { type: 'leave', id: 2, room: 'a' }],
    [{ type: 'send', room: 'a', clientId: 'c', body: 'b' }, { type: 'send', room: 'a', clientId: 'c', body: 'b' }],
    [{ type: 'history', id: 3, room: 'a', after: 4 }, { type: 'history', id: 3, room: 'a', after: 4 }],
    [{ type: 'typing', room: 'a', on: true }, { type: 'typing', room: 'a', on: true }],
    [{ type: 'ping', n: 1 }, { type: 'ping', n: 1 }],
  ] as const)('[DC2] writes %j as a frame that a server takes', (command, frame) => {
    const text = dialect.write(command, about)
    expect(JSON.parse(String(text))).toEqual(frame)
    expect(decodeClientFrame(String(text))).toMatchObject({ ok: true })
  })

  it.each([
    [{ type: 'event', ...event }, [{ type: 'message', message }]],
    [{ type: 'ack', room: 'a', clientId: 'c', seq: 1, ts: 2 }, [{ type: 'ack', room: 'a', clientId: 'c', seq: 1, createdAt: 2 }]],
    [{ type: 'error', id: 1, code: 'busy', message: 'm', retry: true, afterMs: 5 }, [{ type: 'refused', id: 1, code: 'busy', message: 'm', retry: true, afterMs: 5 }]],
    [{ type: 'page', id: 1, room: 'a', epoch: 'e', events: [event], more: true }, [{ type: 'page', id: 1, room: 'a', epoch: 'e', messages: [message], more: true }]],
    [{ type: 'gap', room: 'a', from: 1, top: 2 }, [{ type: 'gap', room: 'a', from: 1, top: 2 }]],
    [{ type: 'presence', room: 'a', count: 1 }, [{ type: 'presence', room: 'a', count: 1, joined: [], left: [] }]],
    [{ type: 'typing', room: 'a', user: ann, on: true }, [{ type: 'typing', room: 'a', user: ann, on: true }]],
    [{ type: 'ping', n: 4 }, [{ type: 'reply', data: '{"type":"pong","n":4}' }]],
    [{ type: 'ping', n: 4, tops: { a: 1 } }, [{ type: 'reply', data: '{"type":"pong","n":4}' }, { type: 'tops', tops: { a: 1 } }]],
    [{ type: 'pong', n: 4 }, [{ type: 'pong', n: 4 }]],
    [{ type: 'bye', code: 4001, reason: 'r', afterMs: [1, 2] }, [{ type: 'bye', code: 4001, reason: 'r', afterMs: [1, 2] }]],
    [{ type: 'left', id: 1, room: 'a' }, []],
  ] as [ServerFrame, unknown][])('[DC3] reads %j', (frame, meaning) => {
    expect(read(frame)).toMatchObject(meaning as object)
  })

  it('[DC3] reads the answer to entering', () => {
    const snapshot = { room: 'a', title: 'A', epoch: 'e', top: 3, first: 1, recovered: false, members: [ann], count: 1 }
    expect(read({ type: 'joined', id: 7, ...snapshot, events: [event] })).toEqual([
      { type: 'entered', id: 7, snapshot, messages: [message] },
    ])
  })

  const welcomed = (features?: readonly string[]) => {
    const one = chatV1Dialect()
    const frame = { type: 'welcome', version: 1, session: 's', user: ann, now: 0, heartbeat: { intervalMs: 1, timeoutMs: 2 }, limits: {}, rooms: [], features }
    return { one, told: one.read(JSON.stringify(frame), about) }
  }
  const send = { type: 'send', room: 'a', clientId: 'c', body: 'b' } as const

  it.each([
    [{ kind: 'edit', target: 3 }, 'edits'],
    [{ kind: 'delete', target: 3, body: '' }, 'edits'],
    [{ kind: 'react', target: 3 }, 'reactions'],
    [{ kind: 'unreact', target: 3 }, 'reactions'],
  ])('[DC6] writes %j only to a server that can do %s', (what, feature) => {
    const text = welcomed([feature]).one.write({ ...send, ...what }, about)
    expect(JSON.parse(String(text))).toEqual({ ...send, ...what })
    expect(decodeClientFrame(String(text))).toMatchObject({ ok: true })
    const others = ['edits', 'reactions', 'replies'].filter((other) => other !== feature)
    expect(welcomed(others).one.write({ ...send, ...what }, about)).toBeUndefined()
    expect(chatV1Dialect().write({ ...send, ...what }, about)).toBeUndefined()
    expect(welcomed(['edits', 'reactions']).one.write({ ...send, ...what, kind: 'of a later version' }, about)).toBeUndefined()
  })

  it('[DC6] writes an answer to an older server as a message', () => {
    expect(JSON.parse(String(welcomed(['replies']).one.write({ ...send, replyTo: 3 }, about)))).toEqual({ ...send, replyTo: 3 })
    expect(JSON.parse(String(welcomed().one.write({ ...send, replyTo: 3 }, about)))).toEqual(send)
  })

  it('[DC6] tells what the server can do, an older one nothing', () => {
    expect(welcomed(['edits', 'later']).told).toMatchObject([{ features: ['edits', 'later'] }])
    expect(welcomed().told).toMatchObject([{ features: [] }])
  })

  it('[DC7] reads what was done to messages, and kinds of later versions', () => {
    const changes = [
      { kind: 'edit', target: 1, body: 'b' },
      { kind: 'message', replyTo: 1, body: 'b' },
      { kind: 'of a later version', target: 1, body: '' },
    ]
    for (const { kind, ...rest } of changes) {
      expect(read({ type: 'event', ...event, kind, ...rest })).toEqual([{ type: 'message', message: { ...message, ...rest, ...(kind !== 'message' && { kind }) } }])
    }
    expect(read({ type: 'event', ...event, body: '', deleted: true })).toEqual([{ type: 'message', message: { ...message, body: '', isDeleted: true } }])
  })

  it('[DC4] fills in limits that an older server does not tell', () => {
    const frame = { type: 'welcome', version: 1, session: 's', user: ann, now: 0, heartbeat: { intervalMs: 1, timeoutMs: 2 }, limits: { burst: 7 }, rooms: [] }
    expect(dialect.read(JSON.stringify(frame), about)).toMatchObject([{ type: 'welcome', limits: { burst: 7, inflight: 64, bodyLength: 4_000 } }])
  })

  it('[DC5] never throws: what it cannot read is bad, what it does not know is nothing', () => {
    for (const bad of ['{', '1', '{"type":"ack"}', '['.repeat(30_000), new Uint8Array(1), undefined]) {
      expect(dialect.read(bad, about)).toMatchObject([{ type: 'bad' }])
    }
    expect(dialect.read('{"type":"reaction","room":"a"}', about)).toEqual([])
  })
})
