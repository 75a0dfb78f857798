/** Whether to come back after a loss, and when. Pure; the connection counts the attempts. */
import type { Bye, Loss } from './losses.ts'
import type { ResolvedReconnect } from './session-options.ts'

export interface RetryHistory {
  /** Tries since the last connection that lasted; 0 for the first wait. */
  readonly attempts: number
  readonly isHidden: boolean
  /** The loss that began this had dropped everybody. */
  readonly isHerd: boolean
  readonly bye: Bye | undefined
  /** On the clock that only grows. */
  readonly now: number
}

/** Upper bound of the first wait after a loss that we found ourselves, so that nobody else is affected. Milliseconds. */
export const LOCAL_FIRST_MS = 500

/**
 * The first tries of all clients of a server that went away are spread over this many milliseconds: a little
 * less than five seconds, so that the median of many draws stays below half of that.
 */
export const SERVER_WIDE_FIRST_MS = 4_900

/** Times in a row that a client comes back although the server could not read its frames: five tries take about half a minute. */
export const MAX_GARBLED = 5

/** Hints of the environment start at most one try in this span, in milliseconds. */
export const HINT_SPACING_MS = 1_000

/** 2^31 milliseconds overflow a timer, which then fires at once. */
export const MAX_TIMER_MS = 2_147_483_647

export const mayRetry = ({ retries }: ResolvedReconnect, attempts: number): boolean =>
  typeof retries === 'function' ? retries(attempts) : retries < 0 || attempts < retries

/**
 * Full jitter: anything from 0 to the bound, so that clients that were dropped together do not come back together.
 * After a loss that had dropped everybody, later tries keep half of their bound as a pause: with full jitter the second
 * tries of a herd fall into the first ones of those that come late, and its peak more than doubles.
 * The window of a server's farewell goes before everything else, a user's own `delay` before the formula.
 * @param random a number from 0 up to 1
 * @returns milliseconds
 */
export const delayOf = (
  { action, firstMs }: Pick<Loss, 'action' | 'firstMs'>,
  { delay, minDelay, maxDelay, hiddenMaxDelay }: ResolvedReconnect,
  { attempts, isHidden, isHerd, bye, now }: RetryHistory,
  random: number,
): number => {
  // What is left of the window; nothing when it has passed, and with it the farewell.
  const [low, high] = (bye?.afterMs ?? [0, 0]).map((ms) => ms - now + (bye?.at ?? now)) as [number, number]
  if (high > 0) return between(low, high, random)
  if (delay !== undefined) return Math.max(0, typeof delay === 'function' ? delay(attempts + 1) : delay)
  const cap = isHidden ? Math.max(maxDelay, hiddenMaxDelay) : maxDelay
  const base = isHerd ? SERVER_WIDE_FIRST_MS : minDelay
  const doubled = Math.min(cap, base * 2 ** Math.min(attempts, 31))
  if (attempts > 0) return between(isHerd ? doubled / 2 : 0, doubled, random)
  return between(0, action === 'refresh' ? LOCAL_FIRST_MS : (firstMs ?? doubled), random)
}

const between = (low: number, high: number, random: number): number =>
  Math.min(MAX_TIMER_MS, Math.max(0, low + random * (high - low)))
