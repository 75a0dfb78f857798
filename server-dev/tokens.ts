/** Tokens: JWTs with HS256 and nothing else. */
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { CLOSE } from '../src/protocol/close-codes.ts'
import type { UserRef } from '../src/protocol/entities.ts'
import { isId } from '../src/protocol/shape.ts'
import { isGuestId, newGuest } from './identity.ts'
import type { Authenticated } from './options.ts'

export type AuthResult =
  | { readonly ok: true; readonly user: UserRef; readonly expiresAt?: number }
  | { readonly ok: false; readonly code: number; readonly reason: string }

export type Authenticate = (token: string) => Promise<AuthResult>

export const TOKEN_ISSUER = 'vue-chat-socket'
export const TOKEN_AUDIENCE = 'chat'
const MAX_TOKEN_BYTES = 4_096
const LIFETIME_S = 12 * 3_600
const GUEST_LIFETIME_S = 365 * 24 * 3_600
const CLOCK_SKEW_S = 30

// Keys of every object; as a user id they invite mistakes in whoever keeps users in one.
const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])

const refused = (reason: string): AuthResult => ({ ok: false, code: CLOSE.unauthorized, reason })
const expired: AuthResult = { ok: false, code: CLOSE.tokenExpired, reason: 'the token has expired' }

const accept = ({ id, name, expiresAt }: Authenticated): AuthResult =>
  isId(id) && !RESERVED.has(id) && typeof name === 'string' && name.length > 0
    ? { ok: true, user: { id, name }, ...(expiresAt !== undefined && { expiresAt }) }
    : refused('the token names no usable user')

const isTimeClaim = (error: unknown): boolean =>
  error instanceof errors.JWTExpired || (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf')

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

/** Wraps a host's own check. Refusals and expiry are told apart; a check that fails otherwise is our fault (4000). */
export const fromHost =
  (check: (token: string) => Promise<Authenticated | undefined | null>): Authenticate =>
  async (token) => {
    if (Buffer.byteLength(token) > MAX_TOKEN_BYTES) return refused('the token is too long')
    try {
      const user = await check(token)
      return user ? accept(user) : refused('the token was refused')
    } catch (error) {
      if (isTimeClaim(error) || ['token_expired', 'ERR_JWT_EXPIRED'].includes(codeOf(error))) return expired
      if (error instanceof errors.JOSEError || codeOf(error).startsWith('ERR_J')) return refused('the token was refused')
      return { ok: false, code: CLOSE.internalError, reason: 'the token could not be checked' }
    }
  }

export interface Tokens {
  /** Lives for 12 hours, a guest's for a year: a guest has no way to get another one. */
  issue(user: UserRef): Promise<{ readonly token: string; readonly expiresAt: number }>
  readonly verify: Authenticate
}

export const createTokens = (secret: string): Tokens => {
  const key = Buffer.from(secret)
  return {
    async issue({ id, name }) {
      const expires = Math.floor(Date.now() / 1000) + (isGuestId(id) ? GUEST_LIFETIME_S : LIFETIME_S)
      const token = await new SignJWT({ name })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(id)
        .setIssuer(TOKEN_ISSUER)
        .setAudience(TOKEN_AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(key)
      return { token, expiresAt: expires * 1000 }
    },
    verify: fromHost(async (token) => {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        clockTolerance: CLOCK_SKEW_S,
        requiredClaims: ['sub', 'exp', 'name'],
      })
      return {
        id: payload.sub as string,
        name: payload['name'] as string,
        expiresAt: (payload.exp! + CLOCK_SKEW_S) * 1000,
      }
    }),
  }
}

/** A `token` in the result is to be told in `welcome`. */
export type Identify = (token: string | undefined) => Promise<AuthResult & { readonly token?: string }>

const claimsToBeGuest = (token: string): boolean => {
  try {
    const { iss, sub } = decodeJwt(token)
    return iss === TOKEN_ISSUER && isGuestId(sub)
  } catch {
    return false
  }
}

/**
 * Decides who a hello is from. With guests let in, one without a token is a new guest with a token to come
 * back with, and a guest whose token no longer holds starts anew instead of being shut out.
 */
export const createIdentify =
  (tokens: Tokens, authenticate: Authenticate, guests: boolean): Identify =>
  async (token) => {
    const isGuest = guests && (token === undefined || (token.length <= MAX_TOKEN_BYTES && claimsToBeGuest(token)))
    if (!isGuest) return token === undefined ? refused('a token is needed') : authenticate(token)
    const known = token === undefined ? undefined : await tokens.verify(token)
    if (known?.ok) return known
    const user = newGuest()
    return { ok: true, user, token: (await tokens.issue(user)).token }
  }

const newSecret = (): string => randomBytes(32).toString('base64url')

/** The secret of a database: read from `<database>.secret`, or made there for its owner only. */
export const loadSecret = (database: string): string => {
  if (database === ':memory:') return newSecret()
  const file = `${database}.secret`
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(file, newSecret(), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (Buffer.byteLength(secret) < 32) throw new Error(`The secret in ${file} is shorter than 32 bytes; remove the file to get a new one.`)
  return secret
}
