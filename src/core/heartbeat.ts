/**
 * Whether a link is alive, as a pure decision. Asked on a timer, on wake, on `online` and before every send,
 * so that a timer which the browser held back cannot give a wrong answer.
 */

/** Spans are measured on a clock that only grows. Milliseconds. */
export interface HeartbeatTimes {
  readonly openedAt: number
  /** When anything at all came in. */
  readonly heardAt: number
  /** When our last ping went out. */
  readonly pingAt: number | undefined
  /** Nothing came in since that ping. */
  readonly isWaiting: boolean
  /** When the last answer asked to be asked again. */
  readonly dueAt: number | undefined
  /** A late check was forgiven since we last heard something. */
  readonly isForgiven: boolean
}

export interface HeartbeatPolicy {
  /** Between our own pings; `Infinity` for none. */
  readonly intervalMs: number
  /** How long an answer may take. */
  readonly answerMs: number
  /** The server promised to be heard within this span; `Infinity` when it did not. */
  readonly silenceMs: number
  /** Whether the dialect has a word for ping. */
  readonly canPing: boolean
}

export interface HeartbeatAnswer {
  readonly verdict: 'ok' | 'ping' | 'dead'
  /** When to ask next, in milliseconds from now. `Infinity`: never. */
  readonly nextMs: number
  readonly times: HeartbeatTimes
}

/** A check that comes this much later than asked for means that the page slept, and with it our ears. */
export const LATE_MS = 1_000

export const openTimes = (now: number): HeartbeatTimes => ({
  openedAt: now,
  heardAt: now,
  pingAt: undefined,
  isWaiting: false,
  dueAt: undefined,
  isForgiven: false,
})

/** Any inbound frame is life. */
export const heard = (times: HeartbeatTimes, now: number): HeartbeatTimes => ({
  ...times,
  heardAt: now,
  isWaiting: false,
  isForgiven: false,
})

/** A ping was handed to the wire outside the schedule, to find out now. */
export const asked = (times: HeartbeatTimes, now: number): HeartbeatTimes => ({
  ...times,
  pingAt: now,
  isWaiting: true,
  dueAt: undefined,
})

/** A link is dead only when it was asked and did not answer in time while we were awake. */
export const check = (input: HeartbeatTimes, policy: HeartbeatPolicy, now: number): HeartbeatAnswer => {
  const times = withoutFuture(input, now)
  const answerMs = Math.min(policy.answerMs, policy.silenceMs / 2)
  const isLate = times.dueAt !== undefined && now - times.dueAt > LATE_MS
  const answer = (verdict: HeartbeatAnswer['verdict'], nextMs: number, changes: Partial<HeartbeatTimes> = {}) => ({
    verdict,
    nextMs,
    times: { ...times, dueAt: nextMs === Infinity ? undefined : now + nextMs, ...changes },
  })
  const overdue = (): HeartbeatAnswer => {
    if (!isLate || times.isForgiven) return answer('dead', Infinity)
    return policy.canPing
      ? answer('ping', answerMs, { pingAt: now, isWaiting: true, isForgiven: true })
      : answer('ok', answerMs, { isForgiven: true })
  }

  if (times.isWaiting && times.pingAt !== undefined) {
    const leftMs = times.pingAt + answerMs - now
    return leftMs > 0 ? answer('ok', leftMs) : overdue()
  }
  if (!policy.canPing) {
    const leftMs = times.heardAt + policy.silenceMs - now
    return leftMs > 0 ? answer('ok', leftMs) : overdue()
  }
  const byInterval = times.pingAt === undefined ? firstPing(times, policy) : times.pingAt + policy.intervalMs
  // Early enough that an unanswered ping expires when the server's promise does.
  const bySilence = policy.silenceMs === Infinity ? Infinity : times.heardAt + policy.silenceMs - answerMs
  const pingInMs = Math.min(byInterval, bySilence) - now
  return pingInMs > 0 ? answer('ok', pingInMs) : answer('ping', answerMs, { pingAt: now, isWaiting: true })
}

// At once, so that the round trip is known and a socket that only looks open is found out.
const firstPing = (times: HeartbeatTimes, policy: HeartbeatPolicy): number =>
  policy.intervalMs === Infinity ? Infinity : times.openedAt

// A clock that went back would otherwise put the deadlines out of reach.
const withoutFuture = (times: HeartbeatTimes, now: number): HeartbeatTimes => ({
  ...times,
  openedAt: Math.min(times.openedAt, now),
  heardAt: Math.min(times.heardAt, now),
  pingAt: times.pingAt === undefined ? undefined : Math.min(times.pingAt, now),
})
