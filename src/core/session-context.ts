/** What the parts of a session share: one queue of events, one snapshot, one notion of time. */
import { ChatError } from './errors.ts'
import { createEmitter, type Emitter } from './emitter.ts'
import type { ResolvedOptions } from './session-options.ts'
import type { SessionEvent, SessionEventMap, SessionSnapshot, Unsubscribe } from './session-types.ts'

export type Cancel = () => void

export interface SessionContext {
  readonly options: ResolvedOptions
  snapshot(): SessionSnapshot
  /** Changes the snapshot; equal values change nothing. */
  patch(changes: Partial<SessionSnapshot>): void
  /** Told after the present dispatch, when everything fits together again. */
  emit<E extends SessionEvent>(event: E, payload: SessionEventMap[E]): void
  /** One dispatch: whatever it changes is told once, at its end. */
  run<T>(work: () => T): T
  /** Runs `work` as a dispatch later. */
  after(ms: number, work: () => void): Cancel
  on: Emitter<SessionEventMap>['on']
  subscribe(listener: (snapshot: SessionSnapshot) => void): Unsubscribe
  /** Nobody hears anything from now on. */
  silence(): void
}

const MAX_TIMER_MS = 2_147_483_647

export const createContext = (options: ResolvedOptions): SessionContext => {
  const { clock } = options
  let current = initialSnapshot(options)
  let told = current
  let isBusy = false
  let queue: (() => void)[] = []

  const onThrow = (event: PropertyKey, thrown: unknown): void => {
    // A broken `error` listener would otherwise be told of itself for ever.
    if (event === 'error') return
    context.emit('error', new ChatError('listener_failed', `A listener of "${String(event)}" threw.`, { cause: thrown }))
  }
  const events = createEmitter<SessionEventMap>(onThrow)
  const watchers = createEmitter<{ snapshot: SessionSnapshot }>(onThrow)

  const tellSnapshot = (): void => {
    if (told === current) return
    told = current
    watchers.emit('snapshot', current)
  }

  const settle = (): void => {
    tellSnapshot()
    while (queue.length > 0) {
      const batch = queue
      queue = []
      for (const tell of batch) tell()
      tellSnapshot()
    }
  }

  const context: SessionContext = {
    options,
    snapshot: () => current,
    patch(changes) {
      const keys = Object.keys(changes) as (keyof SessionSnapshot)[]
      if (keys.some((key) => !Object.is(current[key], changes[key]))) current = { ...current, ...changes }
    },
    emit(event, payload) {
      queue.push(() => {
        events.emit(event, payload)
      })
    },
    run(work) {
      if (isBusy) return work()
      isBusy = true
      try {
        return work()
      } finally {
        try {
          settle()
        } finally {
          isBusy = false
        }
      }
    },
    after(ms, work) {
      const handle = clock.setTimeout(() => {
        context.run(work)
      }, Math.min(Math.max(0, ms), MAX_TIMER_MS))
      return () => {
        clock.clearTimeout(handle)
      }
    },
    on: events.on,
    subscribe: (listener) => watchers.on('snapshot', listener),
    silence() {
      queue = []
      told = current
      events.clear()
      watchers.clear()
    },
  }
  return context
}

const initialSnapshot = (options: ResolvedOptions): SessionSnapshot => ({
  state: 'idle',
  cause: undefined,
  attempt: 0,
  retryAt: undefined,
  error: undefined,
  latencyMs: undefined,
  lastReceivedAt: undefined,
  pendingCount: 0,
  heartbeat: 'idle',
  user: options.user,
  rooms: [],
  maxLength: undefined,
  badFrames: 0,
})
