import { describe, expect, it } from 'vitest'
import type { Dialect, Inbound } from '../../src/core/index.ts'
import { eventRoomDialect } from '../../src/dialects/index.ts'
import { about, ANN, heard, hello, meant, NOBODY, said, send } from './support.ts'

const PONG: Inbound = { type: 'reply', data: '{"event":"heartbeat","message":"pong"}' }
const presence = (count: number, joined: string[] = [], left: string[] = []): Inbound => ({
  type: 'presence',
  count,
  joined: joined.map((name) => ({ id: name, name })),
  left,
})
const enter = (room: string) => ({ type: 'enter', id: 0, room, since: undefined }) as const
const leave = (room: string) => ({ type: 'leave', id: 0, room }) as const

describe('event-room', () => {
  it('[DI40] answers every heartbeat of the server, and reads the number of people from it', () => {
    const dialect = eventRoomDialect()
    expect(meant(dialect, { event: 'heartbeat', message: 'ping', num: 3 })).toEqual([PONG, presence(3)])
    expect(meant(dialect, { event: 'heartbeat', message: 'ping' })).toEqual([PONG])
    expect(said(dialect, { type: 'ping', n: 1 })).toBeUndefined()
  })

  it('[DI40] the link is dead after one and a half intervals', () => {
    expect(eventRoomDialect().heartbeat).toEqual({ silence: 1_500 })
    expect(eventRoomDialect({ interval: 2_000 }).heartbeat).toEqual({ silence: 3_000 })
    for (const interval of [0, -1, NaN]) expect(() => eventRoomDialect({ interval })).toThrow(/give the milliseconds/)
  })

  it('[DI41] shows the token where there is one, then enters under its name', () => {
    const dialect = eventRoomDialect()
    expect(said(dialect, hello('secret'))).toEqual({ event: 'auth', message: 'secret' })
    expect(said(dialect, hello())).toBeUndefined()
    expect(said(dialect, { type: 'auth', token: 'fresh' })).toEqual({ event: 'auth', message: 'fresh' })
    expect(said(dialect, enter('general'))).toEqual({ event: 'enter', message: 'Ann', roomId: 'general' })
    expect(said(dialect, send('hi'))).toEqual({ event: 'message', message: 'hi' })
  })

  it('[DI41] two nameless people do not take each other for an echo', () => {
    const names = Array.from({ length: 40 }, () => said(eventRoomDialect(), enter('general'), NOBODY))
    expect(new Set(names.map((frame) => (frame as { message: string }).message)).size).toBeGreaterThan(20)
    expect(said(eventRoomDialect({ author: 'Eve' }), enter('general'), NOBODY)).toMatchObject({ message: 'Eve' })
  })

  it('[DI42] messages come with the number of people; our own echo is dropped by name', () => {
    const dialect = eventRoomDialect({ now: () => 5 })
    expect(meant(dialect, { event: 'message', message: 'yo', name: 'Bob', num: 2 })).toEqual([
      { type: 'message', message: { body: 'yo', createdAt: 5, author: { id: 'Bob', name: 'Bob' } } },
      presence(2),
    ])
    expect(meant(dialect, { event: 'message', message: 'yo', name: 'Ann', num: 2 })).toEqual([presence(2)])
    expect(meant(dialect, { event: 'message', message: 'yo', name: ' Ann ' })).toEqual([])
    expect(heard(dialect, { event: 'message', message: 42, name: 7, num: '2' })).toEqual([['7', '42']])
    expect(heard(dialect, { event: 'message', message: 'who?' })).toEqual([['Guest', 'who?']])
    expect(heard(dialect, { event: 'message', message: 'x', name: 'Eve' }, about({ user: { id: 'e', name: 'Eve' } }))).toEqual([])
  })

  it('[DI43] members come and go with `enter` and `out`', () => {
    const dialect = eventRoomDialect()
    expect(meant(dialect, { event: 'enter', message: 'Ann', name: 'Ann', num: 1 })).toEqual([presence(1)])
    expect(meant(dialect, { event: 'enter', message: 'Bob', num: '2' })).toEqual([presence(2, ['Bob'])])
    expect(meant(dialect, { event: 'out', name: 'Bob', num: 1 })).toEqual([presence(1, [], ['Bob'])])
    expect(meant(dialect, { event: 'out', num: 0 })).toEqual([presence(0)])
  })

  it('[DI43] whoever left while the link was down is gone after the reconnect', () => {
    const dialect = eventRoomDialect()
    for (const name of ['Bob', 'Eve']) meant(dialect, { event: 'enter', name, num: 3 })
    said(dialect, hello())
    expect(meant(dialect, { event: 'enter', name: 'Eve', num: 2 })).toEqual([presence(2, ['Eve'], ['Bob'])])
    expect(meant(dialect, { event: 'heartbeat', message: 'ping', num: 2 })).toEqual([PONG, presence(2)])
  })

  it('[DI44] `noAuth` ends the session without another try', () => {
    expect(meant(eventRoomDialect(), { event: 'noAuth' })).toEqual([
      { type: 'denied', reason: 'The server wants a login.', refresh: false },
    ])
    expect(meant(eventRoomDialect(), { event: 'noAuth', message: 'Sign in first' })).toMatchObject([{ reason: 'Sign in first' }])
  })

  it('[DI45] one connection is in one room, and moves when that one is left', () => {
    const dialect: Dialect = eventRoomDialect()
    said(dialect, enter('a'), about({ room: 'a' }))
    expect(said(dialect, enter('b'), about({ room: 'a' }))).toBeUndefined()
    expect(said(dialect, send('hi', { room: 'b' }), about({ room: 'a' }))).toBeUndefined()
    expect(said(dialect, leave('b'), about({ room: 'a' }))).toBeUndefined()
    expect(said(dialect, leave('a'), about({ room: 'b' }))).toEqual({ event: 'enter', message: 'Ann', roomId: 'b' })
    expect(said(dialect, leave('b'), about({ room: '' }))).toBeUndefined()
  })

  it('[DI40] events that it does not know are passed over', () => {
    for (const event of ['typing', '', 7, null, undefined, 'toString']) {
      expect(meant(eventRoomDialect(), { event, message: 'x', name: 'Bob', num: 2 })).toEqual([])
    }
    expect(meant(eventRoomDialect(), { event: 'message', name: 'Bob' })).toEqual([])
  })

  it('[DI43] our own id is not taken by a namesake of it', () => {
    expect(meant(eventRoomDialect(), { event: 'enter', name: ANN.id, num: 2 })).toMatchObject([
      { joined: [{ id: `name:${ANN.id}`, name: ANN.id }] },
    ])
  })
})
