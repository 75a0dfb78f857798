import { describe, expect, it } from 'vitest'
import { typePingDialect } from '../../src/dialects/index.ts'
import { ANN, heard, hello, meant, NOBODY, said, send } from './support.ts'

describe('type-ping', () => {
  it('[DI10] says who we are after connecting, and pings 6 s after the last answer', () => {
    const dialect = typePingDialect()
    expect(said(dialect, hello('t'))).toEqual({ type: 'onopen', name: 'Ann', userId: ANN.id, token: 't' })
    expect(said(dialect, hello(), NOBODY)).toMatchObject({ type: 'onopen', name: 'Guest' })
    expect(said(dialect, { type: 'ping', n: 3 })).toEqual({ type: 'ping' })
    expect(dialect.heartbeat).toMatchObject({ interval: 6_000, pause: true, first: 'now' })
  })

  it.each(['count', 'num', 'online'])('[DI11] the answer may tell who is online as %s', (name) => {
    const dialect = typePingDialect()
    for (const value of [4, '4', ' 4 ', ['a', 'b', 'c', 'd']]) {
      expect(meant(dialect, { type: 'ping', status: 'pong', [name]: value })).toEqual([
        { type: 'pong' },
        { type: 'presence', count: 4, joined: [], left: [] },
      ])
    }
    for (const value of [-1, 1.5, 'many', true, null, {}]) {
      expect(meant(dialect, { type: 'ping', status: 'pong', [name]: value })).toEqual([{ type: 'pong' }])
    }
  })

  it('[DI12] a ping with another status means that the link is broken', () => {
    const dialect = typePingDialect()
    for (const status of ['fail', 500, '', null, undefined, { pong: true }]) {
      expect(meant(dialect, { type: 'ping', status })).toMatchObject([{ type: 'fault' }])
    }
    expect(meant(dialect, { type: 'ping', status: 'offline' })).toEqual([
      { type: 'fault', reason: 'The server answered a ping with the status offline.' },
    ])
  })

  it('[DI13] messages go to the group, or as another type, and all chat types are heard', () => {
    const dialect = typePingDialect()
    expect(said(dialect, send('hi'))).toEqual({ type: 'ongroupchat', message: 'hi', name: 'Ann', userId: ANN.id, clientId: 'c1' })
    expect(said(typePingDialect({ type: 'onchat' }), send('hi'))).toMatchObject({ type: 'onchat' })
    for (const type of ['onchat', 'ongroupchat', 'onaichat']) {
      expect(heard(dialect, { type, name: 'Bob', message: 'yo' })).toEqual([['Bob', 'yo']])
    }
    for (const type of ['onopen', 'onclose', 'log', 7, null]) {
      expect(meant(dialect, { type, name: 'Bob', message: 'yo' })).toEqual([])
    }
    expect(heard(typePingDialect({ accept: ['shout'] }), { type: 'shout', message: 'YO' })).toEqual([['Guest', 'YO']])
    expect(meant(dialect, { type: 'onopen', count: 2 })).toMatchObject([{ type: 'presence', count: 2 }])
  })

  it('[DI14] rooms are named on the wire only when asked for', () => {
    const frame = { type: 'ongroupchat', room: 'lobby-7', message: 'yo' }
    expect(meant(typePingDialect(), frame)[0]).not.toHaveProperty('message.room')
    const dialect = typePingDialect({ rooms: true })
    expect(meant(dialect, frame)).toMatchObject([{ message: { room: 'lobby-7' } }])
    expect(said(dialect, send('hi', { room: 'b' }))).toMatchObject({ room: 'b', type: 'ongroupchat' })
  })

  it('[DI5] mapping functions replace what a message looks like; the type is filled in', () => {
    const dialect = typePingDialect({
      toFrame: ({ body, author }) => ({ say: body, by: author.name }),
      fromFrame: (frame) => ({ body: String(frame['say']), author: String(frame['by']) }),
    })
    expect(said(dialect, send('hi'))).toEqual({ type: 'ongroupchat', say: 'hi', by: 'Ann' })
    expect(heard(dialect, { type: 'onchat', say: 'yo', by: 'Bob' })).toEqual([['Bob', 'yo']])
    expect(meant(dialect, { type: 'onchat', say: 'my own', by: 'Ann' })).toEqual([])
  })
})
