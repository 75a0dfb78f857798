import { computed, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { ConnectionState, Session, SessionSnapshot } from '../core/index.ts'

export type SocketStatus = 'OPEN' | 'CONNECTING' | 'CLOSED'

const STATUS: Readonly<Record<ConnectionState, SocketStatus>> = {
  idle: 'CLOSED',
  connecting: 'CONNECTING',
  handshaking: 'CONNECTING',
  connected: 'OPEN',
  probing: 'OPEN',
  waiting: 'CLOSED',
  offline: 'CLOSED',
  closed: 'CLOSED',
  failed: 'CLOSED',
}

/** A session's diagnostics, each as a readonly ref. */
export interface SessionRefs {
  /** `OPEN` while the server has accepted us. */
  readonly status: ComputedRef<SocketStatus>
  readonly state: ComputedRef<ConnectionState>
  /** Why it is in this state. */
  readonly cause: ComputedRef<SessionSnapshot['cause']>
  /** Tries since the last connection that lasted. */
  readonly attempt: ComputedRef<number>
  /** When the next try starts, milliseconds since 1970. */
  readonly retryAt: ComputedRef<number | undefined>
  readonly error: ComputedRef<SessionSnapshot['error']>
  /** Smoothed round trip in milliseconds. */
  readonly latency: ComputedRef<number | undefined>
  /** When something was last heard, milliseconds since 1970. */
  readonly lastReceivedAt: ComputedRef<number | undefined>
  /** Messages that are not stored yet. */
  readonly pendingCount: ComputedRef<number>
  readonly heartbeat: ComputedRef<SessionSnapshot['heartbeat']>
  /** Longest message that the server takes, in Unicode code points. Unknown before it has told. */
  readonly maxLength: ComputedRef<number | undefined>
}

export interface SessionMirror {
  readonly refs: SessionRefs
  readonly socket: Readonly<ShallowRef<WebSocket | undefined>>
}

type PickOf = <K extends keyof SessionSnapshot>(key: K) => ComputedRef<SessionSnapshot[K]>

/** What a session says of itself, each thing by itself, until the effect scope ends: some of it changes all the time. */
export const followSession = (session: Session, onChange?: () => void): PickOf => {
  const snapshot = shallowRef(session.snapshot())
  onScopeDispose(
    session.subscribe((next) => {
      snapshot.value = next
      onChange?.()
    }),
    true,
  )
  return (key) => computed(() => snapshot.value[key])
}

/** Keeps refs up to date until the effect scope ends. */
export const mirrorSession = (session: Session): SessionMirror => {
  const socket = shallowRef(session.socket() as WebSocket | undefined)
  const pick = followSession(session, () => (socket.value = session.socket() as WebSocket | undefined))
  const state = pick('state')
  const refs: SessionRefs = {
    status: computed(() => STATUS[state.value]),
    state,
    cause: pick('cause'),
    attempt: pick('attempt'),
    retryAt: pick('retryAt'),
    error: pick('error'),
    latency: pick('latencyMs'),
    lastReceivedAt: pick('lastReceivedAt'),
    pendingCount: pick('pendingCount'),
    heartbeat: pick('heartbeat'),
    maxLength: pick('maxLength'),
  }
  return { refs, socket }
}
