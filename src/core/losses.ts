/** What the end of a connection means. Pure. */
import { CLOSE_CODES, closeAction, isServerWide } from '../protocol/index.ts'
import type { LossScope } from './backoff.ts'
import { ChatError, type ChatErrorCode } from './errors.ts'
import type { ConnectionCause } from './session-types.ts'

export interface Loss {
  readonly cause: ConnectionCause
  readonly action: 'retry' | 'refresh' | 'stop'
  readonly scope: LossScope
  readonly error: ChatError
}

/** A farewell that the server announced. */
export interface Bye {
  readonly code: number
  readonly reason: string
  readonly afterMs: readonly [number, number]
  /** When it came, on the clock that only grows. */
  readonly at: number
}

// What we are told when the link just breaks, which a farewell explains better.
const UNTOLD = new Set([1005, 1006])
const AUTH = new Set([4401, 4501, 4503, 4506])

export const lossOfClose = (code: number, reason: string, bye: Bye | undefined): Loss => {
  const isExplained = bye !== undefined && UNTOLD.has(code)
  const closeCode = isExplained ? bye.code : code
  const text = isExplained ? bye.reason : reason
  const action = closeAction(closeCode)
  return {
    cause: { kind: kindOf(closeCode), closeCode, ...(text && { reason: text }) },
    action,
    scope: isServerWide(closeCode) ? 'server-wide' : 'ordinary',
    error: new ChatError('closed', describe(closeCode, text), { closeCode, retryable: action !== 'stop' }),
  }
}

/** A loss that we found out ourselves. */
export const localLoss = (
  kind: ConnectionCause['kind'],
  code: ChatErrorCode,
  message: string,
  thrown?: unknown,
): Loss => ({
  cause: { kind, reason: message },
  action: 'retry',
  scope: kind === 'heartbeat' || kind === 'wake' ? 'local' : 'ordinary',
  error: new ChatError(code, message, { retryable: true, cause: thrown }),
})

/** The same error once nobody tries any more. */
export const final = (error: ChatError): ChatError =>
  new ChatError(error.code, error.message, {
    ...(error.closeCode !== undefined && { closeCode: error.closeCode }),
    retryable: false,
    cause: error.cause,
  })

const kindOf = (closeCode: number): ConnectionCause['kind'] => {
  if (AUTH.has(closeCode)) return 'auth'
  return UNTOLD.has(closeCode) || closeCode === 1015 ? 'network' : 'server'
}

const describe = (closeCode: number, reason: string): string => {
  const text = CLOSE_CODES[closeCode]?.text ?? 'The server closed the connection.'
  return `${text} (${closeCode}${reason ? `: ${reason}` : ''})`
}
