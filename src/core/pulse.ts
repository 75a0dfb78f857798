/** Drives the heartbeat of one connection: what to ask the wire, and what the round trip was. */
import { asked, check, heard, type HeartbeatAnswer, type HeartbeatPolicy, type HeartbeatTimes } from './heartbeat.ts'
import type { SessionContext } from './session-context.ts'

export interface Pulse {
  /** A connection begins. @param silenceMs within which the server promised to be heard @param roundTripMs of the greeting */
  start(silenceMs: number, roundTripMs: number | undefined): void
  heard(): void
  pong(n: number | undefined): void
  /** Asks the wire now, whatever the schedule says. @returns false when it has no word for it */
  probe(): boolean
  /** Looks at the clock; pings when that is due. */
  look(isProbing: boolean): HeartbeatAnswer
}

export interface PulsePort {
  /** Hands a ping to the wire. */
  ping(n: number): void
  /** Whether the dialect has a word for it. */
  canPing(): boolean
  isHidden(): boolean
}

/** How long a probe waits for any sign of life, in milliseconds. */
export const PROBE_MS = 2_500

/** A link whose round trip takes longer than this is asked as rarely as on a hidden page, in milliseconds. */
export const SLOW_MS = 1_000

// A new round trip counts this much against the past.
const SMOOTHING = 0.3

export const createPulse = (context: SessionContext, port: PulsePort): Pulse => {
  const { options, patch, snapshot } = context
  const { clock, heartbeat, random } = options
  const now = clock.monotonic
  let times: HeartbeatTimes
  let canPing: boolean
  let silenceMs: number
  let n = 0
  let sentAt: number | undefined

  const policy = (isProbing = false): HeartbeatPolicy => {
    const isSlow = (snapshot().latencyMs ?? 0) > SLOW_MS
    const { interval = Infinity, hiddenInterval = Infinity, timeout = Infinity } = heartbeat ?? {}
    return {
      intervalMs: port.isHidden() || isSlow ? Math.max(interval, hiddenInterval) : interval,
      answerMs: isProbing ? PROBE_MS : timeout,
      silenceMs: isProbing ? Infinity : silenceMs,
      canPing,
    }
  }

  const send = (): void => {
    sentAt = now()
    patch({ heartbeat: 'waiting' })
    port.ping(++n)
  }

  const measured = (roundTripMs: number): void => {
    const before = snapshot().latencyMs ?? roundTripMs
    patch({ latencyMs: Math.round(before + SMOOTHING * (roundTripMs - before)) })
  }

  return {
    start(promiseMs, roundTripMs) {
      sentAt = undefined
      canPing = port.canPing()
      silenceMs = heartbeat ? promiseMs : Infinity
      if (roundTripMs !== undefined) measured(roundTripMs)
      const firstMs = heartbeat?.first === 'now' ? 0 : policy().intervalMs * random()
      times = { heardAt: now(), pingAt: now() + (firstMs || 0) }
    },
    heard() {
      const isAnswer = times.askedAt !== undefined
      times = heard(times, now(), isAnswer && heartbeat?.pause ? now() + policy().intervalMs : undefined)
      if (isAnswer) patch({ heartbeat: 'answered' })
    },
    pong(answered = n) {
      if (sentAt === undefined || answered !== n) return
      const roundTripMs = now() - sentAt
      sentAt = undefined
      measured(roundTripMs)
      context.emit('latency', { roundTripMs, at: clock.now() })
    },
    probe() {
      if (!canPing) return false
      times = asked(times, policy(), now())
      send()
      return true
    },
    look(isProbing) {
      const answer = check(times, policy(isProbing), now())
      times = answer.times
      if (answer.verdict === 'ping') send()
      return answer
    },
  }
}
