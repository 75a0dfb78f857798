/** Whether to come back after a loss, and when. Pure. */
import { nextDelay } from './backoff.ts'
import type { Bye, Loss } from './losses.ts'
import type { ResolvedReconnect } from './session-options.ts'

export interface RetryHistory {
  /** Tries since the last connection that lasted. */
  readonly attempts: number
  /** The token was already asked for once more. */
  readonly hasRefreshed: boolean
  readonly bye: Bye | undefined
  /** On the clock that only grows. */
  readonly now: number
  readonly isHidden: boolean
}

/**
 * - a number: come back after so many milliseconds.
 * - `useless`: trying again cannot help.
 * - `used-up`: as many tries as the user wanted.
 * - `unwanted`: the user wants no tries.
 */
export type RetryPlan = number | 'useless' | 'used-up' | 'unwanted'

export const planRetry = (
  { action, scope }: Loss,
  { attempts, hasRefreshed, bye, now, isHidden }: RetryHistory,
  reconnect: ResolvedReconnect | undefined,
  random: number,
): RetryPlan => {
  const isRefresh = action === 'refresh'
  if (action === 'stop' || (isRefresh && hasRefreshed)) return 'useless'
  if (!reconnect) return 'unwanted'
  const { mayRetry, delay, minDelay, maxDelay, hiddenMaxDelay } = reconnect
  if (!mayRetry(attempts)) return 'used-up'
  // What is left of an announced window; nothing when it has passed, and with it the farewell.
  const goneMs = bye ? now - bye.at : Infinity
  const window = bye && bye.afterMs[1] > goneMs ? bye.afterMs.map((ms) => ms - goneMs) : undefined
  if (!window && delay !== undefined) return Math.max(0, typeof delay === 'function' ? delay(attempts + 1) : delay)
  return nextDelay(
    { attempt: attempts, scope: isRefresh ? 'local' : scope, window },
    { minDelay, maxDelay: isHidden ? hiddenMaxDelay : maxDelay },
    random,
  )
}
