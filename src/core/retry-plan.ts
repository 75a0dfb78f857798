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
}

/**
 * - `wait`: come back after `delayMs`.
 * - `useless`: trying again cannot help.
 * - `used-up`: as many tries as the user wanted.
 * - `unwanted`: the user wants no tries.
 */
export type RetryPlan =
  | { readonly outcome: 'wait'; readonly delayMs: number }
  | { readonly outcome: 'useless' | 'used-up' | 'unwanted' }

export const planRetry = (
  loss: Loss,
  history: RetryHistory,
  reconnect: ResolvedReconnect | undefined,
  random: number,
): RetryPlan => {
  if (loss.action === 'stop' || (loss.action === 'refresh' && history.hasRefreshed)) return { outcome: 'useless' }
  if (!reconnect) return { outcome: 'unwanted' }
  if (!reconnect.mayRetry(history.attempts)) return { outcome: 'used-up' }
  return { outcome: 'wait', delayMs: delayAfter(loss, history, reconnect, random) }
}

const delayAfter = (loss: Loss, history: RetryHistory, reconnect: ResolvedReconnect, random: number): number => {
  const { attempts, bye, now } = history
  const { delay, minDelay, maxDelay } = reconnect
  const window = bye && windowOf(bye, now)
  if (!window && delay !== undefined) {
    return Math.max(0, typeof delay === 'function' ? delay(attempts + 1) : delay)
  }
  const scope = loss.action === 'refresh' ? 'local' : loss.scope
  return nextDelay({ attempt: attempts, scope, window }, { minDelay, maxDelay }, random)
}

/** What is left of the announced window; nothing when it has passed, and with it the farewell. */
const windowOf = (bye: Bye, now: number): readonly [number, number] | undefined => {
  const goneMs = now - bye.at
  return bye.afterMs[1] > goneMs ? [bye.afterMs[0] - goneMs, bye.afterMs[1] - goneMs] : undefined
}
