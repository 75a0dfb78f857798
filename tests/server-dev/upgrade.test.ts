import { describe, expect, it } from 'vitest'
import { resolveOptions } from '../../server-dev/options.ts'
import { checkUpgrade, isAllowedOrigin, pathOf } from '../../server-dev/upgrade.ts'

const host = 'good.example'
const code = (headers: Record<string, string>, url = '/chat', origins?: '*' | readonly string[]) =>
  checkUpgrade({ url, headers: { host, ...headers } }, { origins })?.code

describe('upgrade', () => {
  it.each([
    ['none', {}, true],
    ['the host that was asked', { origin: 'http://good.example' }, true],
    ['the host behind TLS', { origin: 'https://good.example' }, true],
    ['another port', { origin: 'https://good.example:444' }, false],
    ['a longer name', { origin: 'http://good.example.evil.com' }, false],
    ['a shorter name', { origin: 'http://d.example' }, false],
    ['null', { origin: 'null' }, false],
    ['nonsense', { origin: 'good.example' }, false],
    ['with a user', { origin: 'http://x@good.example' }, false],
    ['with a path', { origin: 'http://good.example/' }, false],
  ] as const)('[SV1] without a list, origin %s: %s', (_name, headers, isAllowed) => {
    expect(isAllowedOrigin({ headers: { host, ...headers } }, undefined)).toBe(isAllowed)
  })

  it.each([
    ['http://a.example', true],
    ['https://a.example', false],
    ['http://a.example:80', false],
    ['http://a.example.evil.com', false],
    ['null', false],
    ['http://good.example', false],
  ])('[SV1] with a list, origin %s: %s', (origin, isAllowed) => {
    expect(isAllowedOrigin({ headers: { host, origin } }, ['http://a.example'])).toBe(isAllowed)
  })

  it('[SV1] compares default ports as browsers do', () => {
    expect(isAllowedOrigin({ headers: { host: 'a.example:80', origin: 'http://a.example' } }, undefined)).toBe(true)
    expect(isAllowedOrigin({ headers: { host: 'a.example:8080', origin: 'http://a.example:8080' } }, undefined)).toBe(true)
  })

  it.each(['token', 'access_token', 'jwt', 'auth'])('[SV2] refuses ?%s= in the address', (name) => {
    expect(code({}, `/chat?${name}=x`)).toBe('token_in_url')
    expect(code({}, '/chat?room=x')).toBeUndefined()
  })

  it('[SV3] takes chat.v1, chat.v1 among others, and none; refuses only unknown ones', () => {
    expect(code({ 'sec-websocket-protocol': 'chat.v1' })).toBeUndefined()
    expect(code({ 'sec-websocket-protocol': 'chat.v9, chat.v1' })).toBeUndefined()
    expect(code({ 'sec-websocket-protocol': 'chat.v9' })).toBe('unknown_subprotocol')
    expect(code({ 'sec-websocket-protocol': 'xchat.v1' })).toBe('unknown_subprotocol')
    expect(code({})).toBeUndefined()
  })

  it('[SV4] takes the path as it came', () => {
    expect(pathOf({ url: '/chat?x=/chat/ready' })).toBe('/chat')
    expect(pathOf({ url: '/x/../chat' })).toBe('/x/../chat')
    expect(pathOf({ url: '/%63hat' })).toBe('/%63hat')
  })
})

describe('options', () => {
  it.each([
    [{ path: 'chat' }, /path must look like/],
    [{ path: '/chat/' }, /path must look like/],
    [{ origins: ['good.example'] }, /origins take/],
    [{ origins: ['https://good.example/'] }, /origins take/],
    [{ secret: 'short' }, /at least 32 bytes/],
    [{ heartbeat: { intervalMs: 10, timeoutMs: 10 } }, /longer than/],
    [{ heartbeat: { intervalMs: 0, timeoutMs: 10 } }, /longer than/],
    [{ rooms: [{ room: '', title: '' }] }, /cannot be a room name/],
    [{ limits: { burst: 0 } }, /limits.burst/],
    [{ database: '' }, /database/],
  ])('[SV5] %j is refused with a sentence', (options, sentence) => {
    expect(() => resolveOptions(options)).toThrow(sentence)
  })
})
