import type { Session, SessionSnapshot } from '../core/index.ts'
import { showFrame, maskText } from './frame-text.ts'
import { severityOf } from './inspector.ts'

export const LAYERS = [
  { id: 'vue-chat-socket:transitions', label: 'Chat: transitions', color: 0x3fb27f },
  { id: 'vue-chat-socket:frames', label: 'Chat: frames', color: 0x5b8def },
  { id: 'vue-chat-socket:heartbeat', label: 'Chat: heartbeat', color: 0xd67ab1 },
] as const

type Layer = 'transitions' | 'frames' | 'heartbeat'

export interface TimelineEntry {
  readonly layerId: string
  readonly event: {
    readonly time: number
    readonly title: string
    readonly subtitle: string
    readonly data: Readonly<Record<string, unknown>>
    readonly logType: 'default' | 'warning' | 'error'
    /** One group per attempt to connect, with everything that came of it. */
    readonly groupId: string
  }
}

type Shown = TimelineEntry['event']

export interface TimelineOptions {
  readonly id: string
  readonly session: Session
  /** When it is, or 0 while nobody looks; then nothing is prepared. */
  now(): number
  add(entry: TimelineEntry): void
}

const LOG_TYPES = { good: 'default', busy: 'default', off: 'default', bad: 'error' } as const

/** Tells the timeline what a session does. @returns stops it */
export const recordTimeline = ({ id, session, now, add }: TimelineOptions): (() => void) => {
  let attempt = 0
  let before = session.snapshot()
  /** As of the event at hand; the snapshot may be ahead of it. */
  let { state } = before

  const put = (layer: Layer, title: string, subtitle: string, data: Shown['data'], logType: Shown['logType'] = 'default'): void => {
    const time = now()
    if (time === 0) return
    const event = { time, title, subtitle, data: { connection: id, ...data }, logType, groupId: `${id}/${attempt}` }
    add({ layerId: `vue-chat-socket:${layer}`, event })
  }

  const frame = (title: string, raw: unknown): void => {
    if (now() === 0) return
    const { summary, ...shown } = showFrame(raw, state === 'connecting' || state === 'handshaking')
    put('frames', title, summary, shown)
  }

  const heartbeat = (after: SessionSnapshot): void => {
    if (after.heartbeat === before.heartbeat || after.heartbeat === 'idle') return
    put('heartbeat', after.heartbeat, '', { heartbeat: after.heartbeat }, after.heartbeat === 'timedOut' ? 'error' : 'default')
  }

  const stops = [
    session.on('transition', ({ from, to, cause }) => {
      state = to
      if (to === 'connecting') attempt += 1
      const { attempt: tries, retryAt, error } = session.snapshot()
      const logType = to === 'waiting' || to === 'probing' ? 'warning' : LOG_TYPES[severityOf(to)]
      const reason = maskText(cause?.reason ?? '')
      const why = [cause?.kind, cause?.closeCode, reason].filter(Boolean).join(' ')
      const data = { from, to, cause: cause && { ...cause, reason }, attempt: tries, retryAt, error: error?.code }
      put('transitions', `${from} → ${to}`, why, data, logType)
    }),
    session.on('error', (error) => {
      const message = maskText(error.message)
      put('transitions', error.code, message, { code: error.code, message, retryable: error.retryable, room: error.room }, 'error')
    }),
    session.on('data', (data) => {
      frame('← in', data)
    }),
    session.on('sent', (data) => {
      frame('→ out', data)
    }),
    session.on('latency', ({ roundTripMs }) => {
      put('heartbeat', 'latency', `${Math.round(roundTripMs * 10) / 10} ms`, { roundTripMs, smoothedMs: session.snapshot().latencyMs })
    }),
    session.subscribe((after) => {
      heartbeat(after)
      before = after
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
