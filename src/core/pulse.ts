/** Drives the heartbeat of one connection: what to ask the wire, and what the round trip was. */
import type { Inbound } from './dialect.ts'
import { asked, check, heard, openTimes, type HeartbeatAnswer, type HeartbeatPolicy } from './heartbeat.ts'
import type { SessionContext } from './session-context.ts'

type Welcome = Extract<Inbound, { type: 'welcome' }>

export interface Pulse {
  /** A connection begins. */
  start(welcome: Welcome | undefined): void
  heard(): void
  pong(n: number | undefined): void
  /** Asks the wire now, whatever the schedule says. @returns false when it has no word for it */
  probe(): boolean
  /** Looks at the clock; pings when that is due. @param answerMs shorter patience, while probing */
  look(answerMs?: number): HeartbeatAnswer
}

/** How long a probe waits for any sign of life, in milliseconds. */
export const PROBE_MS = 2_500

// A new round trip counts this much against the past.
const SMOOTHING = 0.3

/** Whether a frame only kept the link alive. */
export const isBeat = (inbound: Inbound): boolean =>
  inbound.type === 'pong' || inbound.type === 'reply' || inbound.type === 'tops'

export interface PulsePort {
  /** Hands a ping to the wire. */
  ping(n: number): void
  /** Whether the dialect has a word for it. */
  canPing(): boolean
}

export const createPulse = (context: SessionContext, { ping, canPing }: PulsePort): Pulse => {
  const { options, patch } = context
  const { clock, heartbeat } = options
  let times = openTimes(0)
  let policy: HeartbeatPolicy = { intervalMs: Infinity, answerMs: Infinity, silenceMs: Infinity, canPing: false }
  let n = 0
  let sentAt: number | undefined

  const send = (): void => {
    n += 1
    sentAt = clock.monotonic()
    patch({ heartbeat: 'waiting' })
    ping(n)
  }

  return {
    start(welcome) {
      times = openTimes(clock.monotonic())
      sentAt = undefined
      patch({ heartbeat: 'idle' })
      policy = {
        intervalMs: heartbeat?.interval ?? Infinity,
        answerMs: heartbeat?.timeout ?? Infinity,
        silenceMs: heartbeat ? (welcome?.heartbeat ? Math.max(1, welcome.heartbeat.timeoutMs) : heartbeat.silence) : Infinity,
        canPing: canPing(),
      }
    },
    heard() {
      times = heard(times, clock.monotonic())
      if (context.snapshot().heartbeat === 'waiting') patch({ heartbeat: 'answered' })
    },
    pong(answered) {
      if (sentAt === undefined || (answered !== undefined && answered !== n)) return
      const roundTripMs = Math.max(0, clock.monotonic() - sentAt)
      sentAt = undefined
      const before = context.snapshot().latencyMs
      const smoothed = before === undefined ? roundTripMs : before + SMOOTHING * (roundTripMs - before)
      patch({ latencyMs: Math.round(smoothed * 10) / 10 })
      context.emit('latency', { roundTripMs, at: clock.now() })
    },
    probe() {
      if (!policy.canPing) return false
      times = asked(times, clock.monotonic())
      send()
      return true
    },
    look(answerMs) {
      const patience = answerMs === undefined ? policy : { ...policy, answerMs, silenceMs: Infinity }
      const answer = check(times, patience, clock.monotonic())
      times = answer.times
      if (answer.verdict === 'ping') send()
      return answer
    },
  }
}
