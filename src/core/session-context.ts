/** What the parts of a session share: one queue of events, one snapshot, one notion of time. */
import { MAX_TIMER_MS } from './backoff.ts'
import { createEmitter, type Emitter } from './emitter.ts'
import { ChatError } from './errors.ts'
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

export const createContext = (options: ResolvedOptions): SessionContext => {
  const { clock } = options
  let current: SessionSnapshot = initialSnapshot(options)
  let told = current
  let isBusy = false
  const queue: (() => void)[] = []

  const emit: SessionContext['emit'] = (event, payload) => {
    queue.push(() => {
      events.emit(event, payload as (SessionEventMap & { snapshot: SessionSnapshot })[typeof event])
    })
  }
  const events = createEmitter<SessionEventMap & { snapshot: SessionSnapshot }>((event, cause) => {
    // A broken `error` listener would otherwise be told of itself for ever.
    if (event !== 'error') emit('error', new ChatError('listener_failed', `A listener of "${event}" threw.`, { cause }))
  })

  const settle = (): void => {
    do {
      if (told !== current) {
        told = current
        events.emit('snapshot', current)
      }
      for (const tell of queue.splice(0)) tell()
    } while (queue.length || told !== current)
  }

  const run: SessionContext['run'] = (work) => {
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
  }

  return {
    options,
    snapshot: () => current,
    patch(changes) {
      const keys = Object.keys(changes) as (keyof SessionSnapshot)[]
      if (keys.some((key) => current[key] !== changes[key])) current = { ...current, ...changes }
    },
    emit,
    run,
    after(ms, work) {
      const handle = clock.setTimeout(() => {
        run(work)
      }, Math.min(ms, MAX_TIMER_MS))
      return () => {
        clock.clearTimeout(handle)
      }
    },
    on: events.on,
    subscribe: (listener) => events.on('snapshot', listener),
    silence: events.clear,
  }
}

// What is not there yet is undefined.
const initialSnapshot = ({ user }: ResolvedOptions) =>
  ({ state: 'idle', attempt: 0, pendingCount: 0, heartbeat: 'idle', user, rooms: [], badFrames: 0 }) as unknown as SessionSnapshot
