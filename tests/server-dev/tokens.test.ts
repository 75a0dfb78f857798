import { SignJWT, UnsecuredJWT } from 'jose'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTokens, fromHost, loadSecret } from '../../server-dev/tokens.ts'

const secret = 'x'.repeat(32)
const tokens = createTokens(secret)
const key = Buffer.from(secret)
const now = Math.floor(Date.now() / 1000)

const make = (claims: Record<string, unknown>, header: Record<string, unknown> = {}, signWith: Uint8Array = key) =>
  new SignJWT({ sub: 'u1', name: 'Ada', iss: 'vue-chat-socket', aud: 'chat', exp: now + 60, ...claims })
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(signWith)

const codeOf = async (token: string) => {
  const result = await tokens.verify(token)
  return result.ok ? 'ok' : result.code
}

describe('tokens', () => {
  it('[SV6] takes what it issued', async () => {
    const { token, expiresAt } = await tokens.issue({ id: 'u1', name: 'Ada' })
    expect(await tokens.verify(token)).toMatchObject({ ok: true, user: { id: 'u1', name: 'Ada' } })
    expect(expiresAt).toBeGreaterThan(Date.now())
  })

  it.each([
    ['another key', () => make({}, {}, Buffer.from('y'.repeat(32)))],
    ['alg none', () => new UnsecuredJWT({ sub: 'u1', name: 'Ada', iss: 'vue-chat-socket', aud: 'chat', exp: now + 60 }).encode()],
    ['another algorithm of the same key', () => new SignJWT({ sub: 'u1', name: 'A', exp: now + 60, iss: 'vue-chat-socket', aud: 'chat' }).setProtectedHeader({ alg: 'HS512' }).sign(Buffer.from('x'.repeat(64)))],
    ['a path as key id and another key', () => make({}, { kid: '../../etc/passwd' }, Buffer.from('y'.repeat(32)))],
    ['a key address in the header', () => make({}, { jku: 'https://evil.example/keys' }, Buffer.from('y'.repeat(32)))],
    ['another issuer', () => make({ iss: 'elsewhere' })],
    ['another audience', () => make({ aud: 'api' })],
    ['no subject', () => make({ sub: undefined })],
    ['a number as subject', () => make({ sub: 7 })],
    ['__proto__ as subject', () => make({ sub: '__proto__' })],
    ['no name', () => make({ name: undefined })],
    ['no expiry', () => make({ exp: undefined })],
    ['three dots', () => '...'],
    ['nothing', () => ''],
    ['64 KiB', () => 'x'.repeat(65_536)],
    ['a cut end', async () => (await make({})).slice(0, -4)],
  ])('[SV7] %s: 4501', async (_name, token) => {
    expect(await codeOf(await token())).toBe(4501)
  })

  it.each([
    ['expired', { exp: now - 60 }],
    ['not valid yet', { nbf: now + 120 }],
  ])('[SV8] %s: 4401', async (_name, claims) => {
    expect(await codeOf(await make(claims))).toBe(4401)
  })

  it('[SV8] a clock that is 20 s off is forgiven', async () => {
    expect(await codeOf(await make({ exp: now - 20 }))).toBe('ok')
  })

  it.each([
    ['nothing', async () => undefined, 4501],
    ['an unusable id', async () => ({ id: '', name: 'x' }), 4501],
    ['an expiry error', () => Promise.reject(Object.assign(new Error(), { code: 'token_expired' })), 4401],
    ['a JWT error', () => Promise.reject(Object.assign(new Error(), { code: 'ERR_JWS_INVALID' })), 4501],
    ['a broken data base', () => Promise.reject(new Error('no connection')), 4000],
  ])('[SV9] a check of the host that answers %s', async (_name, check, code) => {
    expect(await fromHost(check)('t')).toMatchObject({ ok: false, code })
  })

  it('[SV24] keeps one secret per database, for its owner only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-secret-'))
    try {
      const database = join(folder, 'deep', 'chat.db')
      expect(loadSecret(database)).toBe(loadSecret(database))
      expect(statSync(`${database}.secret`).mode & 0o777).toBe(0o600)
      expect(loadSecret(':memory:')).not.toBe(loadSecret(':memory:'))
      writeFileSync(`${database}.secret`, 'short')
      expect(() => loadSecret(database)).toThrow(/shorter than 32 bytes/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
