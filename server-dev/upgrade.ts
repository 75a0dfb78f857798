/** Whether a WebSocket handshake may go on. Pure; what a browser could not read after the fact is refused here. */
import type { IncomingMessage } from 'node:http'
import { SUBPROTOCOL } from '../src/protocol/version.ts'
import type { Settings } from './options.ts'

export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/** The path as it came. Decoding or resolving it would let other spellings in. */
export const pathOf = (request: Pick<IncomingMessage, 'url'>): string => (request.url ?? '').split('?', 1)[0]!

const queryOf = (request: Pick<IncomingMessage, 'url'>): URLSearchParams => {
  const url = request.url ?? ''
  const at = url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
}

const isSameHost = (origin: string, host: string | undefined): boolean => {
  if (host === undefined || !URL.canParse(origin)) return false
  const url = new URL(origin)
  if (url.origin !== origin) return false
  const asked = `${url.protocol}//${host}`
  return URL.canParse(asked) && new URL(asked).host === url.host
}

/** No Origin means no browser: the token in the first frame decides alone. */
export const isAllowedOrigin = (request: Pick<IncomingMessage, 'headers'>, origins: Settings['origins']): boolean => {
  const { origin, host } = request.headers
  if (origin === undefined || origins === '*') return true
  return origins === undefined ? isSameHost(origin, host) : origins.includes(origin)
}

const TOKEN_NAMES = ['token', 'access_token', 'jwt', 'auth']

export const checkUpgrade = (
  request: Pick<IncomingMessage, 'url' | 'headers'>,
  settings: Pick<Settings, 'origins'>,
): Refusal | undefined => {
  if (!isAllowedOrigin(request, settings.origins)) {
    return { status: 403, code: 'forbidden_origin', message: 'This origin may not connect; add it to "origins".' }
  }
  const query = queryOf(request)
  if (TOKEN_NAMES.some((name) => query.has(name))) {
    return { status: 400, code: 'token_in_url', message: 'Addresses end up in logs; send the token in the hello frame.' }
  }
  const offered = request.headers['sec-websocket-protocol']
  if (offered !== undefined && !offered.split(',').some((name) => name.trim() === SUBPROTOCOL)) {
    return { status: 400, code: 'unknown_subprotocol', message: `This server speaks ${SUBPROTOCOL}.` }
  }
  return undefined
}
