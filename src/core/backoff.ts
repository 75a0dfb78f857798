/** How long to wait before the next try. Pure; the session counts the attempts. */

/**
 * - `local`: we found the link dead ourselves, so nobody else is affected.
 * - `server-wide`: everyone was dropped together, so the first tries are spread.
 * - `ordinary`: everything else.
 */
export type LossScope = 'local' | 'server-wide' | 'ordinary'

export interface BackoffInput {
  /** Tries since the last connection that lasted; 0 for the first wait. */
  readonly attempt: number
  readonly scope: LossScope
  /** The server asked to come back between these milliseconds from now. */
  readonly window?: readonly number[] | undefined
}

export interface BackoffPolicy {
  /** Upper bound of the first wait. */
  readonly minDelay: number
  /** Upper bound of any wait that the server did not ask for. */
  readonly maxDelay: number
}

/** Upper bound of the first wait after a loss that only concerns us, in milliseconds. */
export const LOCAL_FIRST_MS = 500

/**
 * The first tries of all clients of a server that went away are spread over this many milliseconds: a little
 * less than five seconds, so that the median of many draws stays below half of that.
 */
export const SERVER_WIDE_FIRST_MS = 4_900

/** Hints of the environment start at most one try in this span, in milliseconds. */
export const HINT_SPACING_MS = 1_000

/** 2^31 milliseconds overflow a timer, which then fires at once. */
export const MAX_TIMER_MS = 2_147_483_647

/**
 * Full jitter: anything from 0 to the bound, so that clients that were dropped together do not come back together.
 * @param random a number from 0 up to 1
 * @returns milliseconds
 */
export const nextDelay = (
  { attempt, scope, window }: BackoffInput,
  { minDelay, maxDelay }: BackoffPolicy,
  random: number,
): number => {
  const first = { local: LOCAL_FIRST_MS, 'server-wide': SERVER_WIDE_FIRST_MS, ordinary: minDelay }
  const low = window ? Math.max(0, Math.min(...window)) : 0
  const high = window ? Math.max(low, ...window) : attempt > 0 ? Math.min(maxDelay, minDelay * 2 ** Math.min(attempt, 31)) : first[scope]
  return Math.min(MAX_TIMER_MS, low + random * (high - low))
}
