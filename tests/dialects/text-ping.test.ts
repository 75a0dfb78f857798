import { describe, expect, it } from 'vitest'
import { textPingDialect } from '../../src/dialects/index.ts'
import { about, ANN, heard, meant, NOBODY, send } from './support.ts'

const PING = { type: 'ping', n: 1 } as const

describe('text-ping', () => {
  it('[DI1] pings every 10 s, and 20 s of silence are a dead link', () => {
    const dialect = textPingDialect()
    expect(dialect.write(PING, about())).toBe('ping')
    expect(meant(dialect, 'pong')).toEqual([{ type: 'pong' }])
    expect(dialect.heartbeat).toMatchObject({ interval: 10_000, timeout: 10_000 })
    expect(dialect.ready).toBe('open')
  })

  it('[DI2] any other text is one message, both ways, from a neutral name', () => {
    const dialect = textPingDialect({ now: () => 5 })
    expect(dialect.write(send('{"type":"ping"}'), about())).toBe('{"type":"ping"}')
    expect(meant(dialect, 'hello')).toEqual([
      { type: 'message', message: { body: 'hello', createdAt: 5, author: { id: 'Guest', name: 'Guest' } } },
    ])
    expect(heard(textPingDialect({ peerName: '访客' }), '7')).toEqual([['访客', '7']])
  })

  it('[DI2] a peer whose neutral name is our id is not us', () => {
    const [one] = meant(textPingDialect({ peerName: ANN.id }), 'hello')
    expect(one).toMatchObject({ message: { author: { id: `name:${ANN.id}` } } })
  })

  it('[DI3] somebody who says "ping" is heard as such by the others, and is no beat', () => {
    const [ann, bob] = [textPingDialect(), textPingDialect()]
    for (const body of ['ping', 'pong', ' ping ']) {
      const wire = String(ann.write(send(body), about()))
      expect(['ping', 'pong']).not.toContain(wire.trim())
      expect(heard(bob, wire)).toEqual([['Guest', body]])
    }
    expect(heard(bob, 'ping\u200bpong\u200b')).toEqual([['Guest', 'ping\u200bpong\u200b']])
  })

  it('[DI4] a ping that the server relays is no message, and is not answered', () => {
    expect(meant(textPingDialect(), 'ping')).toEqual([])
  })

  it('[DI5] mapping functions carry more over the wire, and may pass frames over', () => {
    const dialect = textPingDialect({
      toText: ({ author, body }) => `${author.name}: ${body}`,
      fromText(text) {
        const [author, body] = text.split(': ')
        return author && body ? { author, body } : undefined
      },
    })
    expect(dialect.write(send('hi'), about())).toBe('Ann: hi')
    expect(heard(dialect, 'Bob: hi')).toEqual([['Bob', 'hi']])
    expect(meant(dialect, 'no colon')).toEqual([])
    expect(meant(dialect, 'Ann: an echo')).toEqual([])
    expect(dialect.write(send('hi'), NOBODY)).toBe('Guest: hi')
  })

  it('[DI6] ping and pong may be other words', () => {
    const dialect = textPingDialect({ ping: '2', pong: '3' })
    expect(dialect.write(PING, about())).toBe('2')
    expect(meant(dialect, '3')).toEqual([{ type: 'pong' }])
    expect(heard(dialect, 'pong')).toEqual([['Guest', 'pong']])
  })
})
