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
  readonly window?: readonly [number, number] | undefined
}

export interface BackoffPolicy {
  /** Upper bound of the first wait. */
  readonly minDelay: number
  /** Upper bound of any wait that the server did not ask for. */
  readonly maxDelay: number
}

/** Upper bound of the first wait after a loss that only concerns us, in milliseconds. */
export const LOCAL_FIRST_MS = 500

/** The first tries of all clients of a server that went away are spread over this many milliseconds. */
export const SERVER_WIDE_FIRST_MS = 5_000

/** Hints of the environment start at most one try in this span, in milliseconds. */
export const HINT_SPACING_MS = 1_000

// 2^31 milliseconds overflow a timer, which then fires at once.
const MAX_TIMER_MS = 2_147_483_647
const MAX_DOUBLINGS = 31

const between = (low: number, high: number, random: number): number => low + random * (high - low)

/**
 * Full jitter: anything from 0 to the bound, so that clients that were dropped together do not come back together.
 * @param random a number from 0 up to 1
 * @returns milliseconds
 */
export const nextDelay = (input: BackoffInput, policy: BackoffPolicy, random: number): number => {
  const { attempt, scope, window } = input
  if (window) {
    const low = Math.max(0, Math.min(...window))
    return Math.min(MAX_TIMER_MS, between(low, Math.max(low, ...window), random))
  }
  if (attempt <= 0 && scope === 'local') return between(0, LOCAL_FIRST_MS, random)
  if (attempt <= 0 && scope === 'server-wide') return between(0, SERVER_WIDE_FIRST_MS, random)
  const bound = policy.minDelay * 2 ** Math.min(Math.max(0, attempt), MAX_DOUBLINGS)
  return between(0, Math.min(policy.maxDelay, bound, MAX_TIMER_MS), random)
}
