import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { useChatSocket, type ConnectionState, type SessionSnapshot } from 'vue-chat-socket'

/** One change of the connection's state. */
export interface PulseStep {
  readonly key: number
  readonly to: ConnectionState
  /** Kind of the cause and the close code, where there is one. */
  readonly why: string
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface Pulse {
  readonly snapshot: Readonly<ShallowRef<SessionSnapshot>>
  /** Milliseconds, oldest first; nothing stands for a time without a link. At most 60. */
  readonly roundTrips: Readonly<ShallowRef<readonly (number | undefined)[]>>
  /** Newest first. At most 40. */
  readonly steps: Readonly<ShallowRef<readonly PulseStep[]>>
}

const ROUND_TRIPS = 60
const STEPS = 40

/** What the drawer shows; kept while the drawer is shut, because that is when things happen. */
export const usePulse = (): Pulse => {
  const { session, on } = useChatSocket()
  const snapshot = shallowRef(session.snapshot())
  const roundTrips = shallowRef<readonly (number | undefined)[]>([])
  const steps = shallowRef<readonly PulseStep[]>([])
  let count = 0

  const beat = (value: number | undefined): void => {
    roundTrips.value = [...roundTrips.value, value].slice(-ROUND_TRIPS)
  }
  const isUp = (state: ConnectionState): boolean => state === 'connected' || state === 'probing'

  onScopeDispose(
    session.subscribe((next) => {
      snapshot.value = next
    }),
  )
  on('latency', ({ roundTripMs }) => {
    beat(roundTripMs)
  })
  on('transition', ({ from, to, cause }) => {
    if (isUp(from) && !isUp(to)) beat(undefined)
    const why = isUp(to) ? '' : [cause?.kind, cause?.closeCode].filter((part) => part !== undefined).join(' ')
    steps.value = [{ key: count++, to, why, at: Date.now() }, ...steps.value].slice(0, STEPS)
  })
  return { snapshot, roundTrips, steps }
}
