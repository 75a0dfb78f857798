/**
 * Whether a link is alive, as a pure decision. Asked on a timer, on wake, on `online` and before every send,
 * so that a timer which the browser held back cannot give a wrong answer. Spans are milliseconds on a clock
 * that only grows.
 */
export interface HeartbeatTimes {
  /** When anything at all came in. */
  readonly heardAt: number
  /** When the ping left that has no answer yet. */
  readonly askedAt?: number | undefined
  /** When our next ping is due. */
  readonly pingAt: number
  /** When the last check wanted to be asked again. */
  readonly dueAt?: number | undefined
  /** A late check was forgiven since we last heard something. */
  readonly isForgiven?: boolean
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

export type Verdict = 'ok' | 'ping' | 'dead'

export interface HeartbeatAnswer {
  readonly verdict: Verdict
  /** When to ask next, in milliseconds from now. `Infinity`: never. */
  readonly nextMs: number
  readonly times: HeartbeatTimes
}

/** A check that comes this much later than asked for means that the page slept, and with it our ears. */
export const LATE_MS = 1_000

/** Any inbound frame is life. @param pingAt when our next ping is due, where the answer decides that */
export const heard = (times: HeartbeatTimes, now: number, pingAt = times.pingAt): HeartbeatTimes => ({ heardAt: now, pingAt })

/** A ping was handed to the wire. */
export const asked = (times: HeartbeatTimes, { intervalMs }: HeartbeatPolicy, now: number): HeartbeatTimes => ({
  ...times,
  askedAt: now,
  pingAt: now + intervalMs,
  dueAt: undefined,
})

/** A link is dead only when it was asked and did not answer in time while we were awake. */
export const check = (times: HeartbeatTimes, policy: HeartbeatPolicy, now: number): HeartbeatAnswer => {
  const { heardAt, askedAt, pingAt, dueAt, isForgiven } = times
  const { silenceMs, canPing } = policy
  const answerMs = Math.min(policy.answerMs, silenceMs / 2)
  const answer = (verdict: Verdict, nextMs: number, next = times): HeartbeatAnswer => ({
    verdict,
    nextMs,
    times: { ...next, dueAt: now + nextMs },
  })
  // The next ping may be due before this one's answer is.
  const ping = (): HeartbeatAnswer => answer('ping', Math.min(answerMs, policy.intervalMs), asked(times, policy, now))

  const isWaiting = askedAt !== undefined
  if (isWaiting || !canPing) {
    const leftMs = (isWaiting ? askedAt + answerMs : heardAt + silenceMs) - now
    if (leftMs > 0) return answer('ok', leftMs)
    if (isForgiven || !(now - dueAt! > LATE_MS)) return answer('dead', Infinity)
    const second = canPing ? ping() : answer('ok', answerMs)
    return { ...second, times: { ...second.times, isForgiven: true } }
  }
  // Early enough that an unanswered ping expires when the server's promise does; NaN where both are endless.
  const leftMs = Math.min(pingAt, heardAt + silenceMs - answerMs || Infinity) - now
  return leftMs > 0 ? answer('ok', leftMs) : ping()
}
