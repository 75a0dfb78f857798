import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, decodeServerFrame, encode, type ServerFrame } from '../../src/protocol/index.ts'

const user = { id: 'u1', name: 'Ada' }
const event = { room: 'g', seq: 1, kind: 'message', from: user, clientId: 'c', ts: 1, body: 'b' } as const

const frames: readonly ServerFrame[] = [
  {
    type: 'welcome',
    version: 1,
    session: 's',
    user,
    now: 1,
    heartbeat: { intervalMs: 1, timeoutMs: 2 },
    limits: DEFAULT_LIMITS,
    rooms: [{ room: 'g', title: 'G' }],
    features: ['edits', 'a later one'],
  },
  { type: 'joined', id: 1, room: 'g', title: 'G', epoch: 'e', top: 1, first: 1, recovered: true, events: [event], members: [user], count: 1 },
  { type: 'authenticated', expiresInMs: 1 },
  { type: 'left', id: 1, room: 'g' },
  { type: 'event', ...event },
  { type: 'event', ...event, replyTo: 1 },
  { type: 'event', ...event, kind: 'edit', target: 1, deleted: true },
  { type: 'event', ...event, kind: 'a later one', target: 7 },
  { type: 'ack', room: 'g', clientId: 'c', seq: 1, ts: 1 },
  { type: 'error', id: 1, clientId: 'c', code: 'busy', message: 'm', retry: true, afterMs: 1 },
  { type: 'page', id: 1, room: 'g', epoch: 'e', events: [event], more: false },
  { type: 'gap', room: 'g', from: 1, top: 2 },
  { type: 'presence', room: 'g', count: 1, joined: [user], left: ['u2'] },
  { type: 'typing', room: 'g', user, on: true },
  { type: 'ping', n: 1, tops: { g: 1 } },
  { type: 'pong', n: 1 },
  { type: 'bye', code: 4001, reason: 'r', afterMs: [0, 1] },
]

const required = frames.flatMap((frame) =>
  Object.keys(frame)
    .filter((key) => !['session', 'now', 'duplicate', 'tops', 'joined', 'left', 'type'].includes(key))
    .filter((key) => !['expiresInMs', 'features', 'target', 'replyTo', 'deleted'].includes(key))
    .filter((key) => !(frame.type === 'error' && ['id', 'clientId', 'afterMs'].includes(key)))
    .map((key) => [frame.type, key, frame] as const),
)

describe('decodeServerFrame', () => {
  it.each(frames.map((frame) => [frame.type, frame] as const))('[PR20] reads %s', (_type, frame) => {
    expect(decodeServerFrame(encode(frame))).toEqual({ ok: true, frame })
  })

  it.each(required)('[PR21] refuses %s without %s', (_type, key, frame) => {
    expect(decodeServerFrame(JSON.stringify({ ...frame, [key]: undefined }))).toMatchObject({ ok: false })
  })

  it.each(['', 'x', '[]', '1', 'null', '{}', '{"type":1}'])('[PR22] refuses %j', (text) => {
    expect(decodeServerFrame(text)).toMatchObject({ ok: false })
  })

  it('[PR23] passes over a type it does not know', () => {
    expect(decodeServerFrame('{"type":"reaction"}')).toEqual({ ok: true })
    expect(decodeServerFrame('{"type":"constructor"}')).toEqual({ ok: true })
  })

  it.each([-1, 0, 1.5, 2 ** 53, '1', null])('[PR25] a seq of %j is none, in an event, an ack, a page and an answer to entering', (seq) => {
    const bad = { ...event, seq }
    expect(decodeServerFrame(JSON.stringify({ ...bad, type: 'event', room: 'g' })).ok).toBe(false)
    expect(decodeServerFrame(JSON.stringify({ type: 'ack', room: 'g', clientId: 'c', seq, ts: 1 })).ok).toBe(false)
    expect(decodeServerFrame(JSON.stringify({ type: 'page', id: 1, room: 'g', epoch: 'e', events: [bad], more: false })).ok).toBe(false)
    expect(decodeServerFrame(JSON.stringify({ type: 'joined', id: 1, room: 'g', title: 'G', epoch: 'e', top: 1, first: 1, recovered: false, events: [bad], members: [], count: 0 })).ok).toBe(false)
  })

  it('[PR24] survives 30,000 levels', () => {
    expect(decodeServerFrame(`{"type":"pong","n":1,"x":${'['.repeat(30_000)}`)).toMatchObject({ ok: false })
  })
})
