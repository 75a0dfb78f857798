/** What the end of a connection means. Pure. */
import { closeAction, isServerWide } from '../protocol/index.ts'
import { LOCAL_FIRST_MS, SERVER_WIDE_FIRST_MS } from './backoff.ts'
import { ChatError, type ChatErrorCode } from './errors.ts'
import type { ConnectionCause } from './session-types.ts'

export interface Loss {
  readonly cause: ConnectionCause
  readonly action: 'retry' | 'refresh' | 'stop'
  /** Upper bound of the first wait, where the loss tells one. */
  readonly firstMs?: number | undefined
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

const AUTH = [3003, 4501, 4503, 4506]

/**
 * @param bye explains a close that tells nothing
 * @param hasLasted a connection that had worked and just breaks is most often a server that went down with everybody
 */
export const lossOfClose = (code: number, reason: string, bye: Bye | undefined, hasLasted: boolean): Loss => {
  // What we are told when the link just breaks, which a farewell explains better.
  const isUntold = code === 1005 || code === 1006
  const { code: closeCode, reason: text } = isUntold && bye ? bye : { code, reason }
  const action = closeAction(closeCode)
  return {
    cause: {
      kind: action === 'refresh' || AUTH.includes(closeCode) ? 'auth' : [1005, 1006, 1015].includes(closeCode) ? 'network' : 'server',
      closeCode,
      reason: text || undefined,
    },
    action,
    firstMs: isServerWide(closeCode) || (isUntold && hasLasted) ? SERVER_WIDE_FIRST_MS : undefined,
    error: new ChatError('closed', `Connection closed (${closeCode}${text && `: ${text}`}).`, {
      closeCode,
      retryable: action !== 'stop',
    }),
  }
}

/** A loss that we found out ourselves. */
export const localLoss = (
  kind: ConnectionCause['kind'],
  code: ChatErrorCode,
  reason: string,
  action: Loss['action'] = 'retry',
  cause?: unknown,
): Loss => ({
  cause: { kind, reason },
  action,
  // Whoever wakes up waits already for the probe.
  firstMs: { wake: 0, heartbeat: LOCAL_FIRST_MS, user: LOCAL_FIRST_MS }[kind as string],
  error: new ChatError(code, reason, { retryable: action !== 'stop', cause }),
})
