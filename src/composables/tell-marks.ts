import { watch } from 'vue'
import type { Clock, Session } from '../core/index.ts'
import type { ChatStore } from '../stores/index.ts'
import type { RoomState } from '../stores/room-types.ts'

/** Marks are gathered for this long, in milliseconds. */
const GATHER_MS = 250

interface Said {
  readonly of: string
  readonly read: number
  readonly received: number
}

/** Tells the server what was received and read, as the store knows it. */
export interface TellMarks {
  /** Tells at once what waits. */
  flush(): void
  stop(): void
}

/** @param tellsRead false keeps to oneself what was read */
export const tellMarks = (session: Session, store: ChatStore, clock: Clock, tellsRead: boolean): TellMarks => {
  const said = new Map<string, Said>()
  const waiting = new Map<string, RoomState>()
  let timer: unknown

  const ofWhom = ({ epoch }: RoomState): string => JSON.stringify([epoch, store.me?.id])

  const say = (state: RoomState): void => {
    const { room } = state
    const of = ofWhom(state)
    const now: Said = { of, read: tellsRead ? (state.read ?? 0) : 0, received: state.known.at(-1)?.[1] ?? 0 }
    const before = said.get(room)
    if (before?.of === of && before.read >= now.read && before.received >= now.received) return
    said.set(room, now)
    session.mark(room, { received: now.received, ...(now.read > 0 && { read: now.read }) })
  }

  const flush = (): void => {
    if (timer !== undefined) clock.clearTimeout(timer)
    timer = undefined
    for (const state of waiting.values()) say(state)
    waiting.clear()
  }

  const stopWatching = watch(
    () => store.state.rooms,
    (rooms, before) => {
      for (const [room, state] of rooms) {
        // Whoever comes back says it again.
        if (!state.isEntered) said.delete(room)
        const was = before?.get(room)
        const isSame = state === was || (state.read === was?.read && state.known === was?.known && state.isEntered === was.isEntered)
        if (isSame || !state.isEntered || store.me === undefined || state.known.length === 0) continue
        waiting.set(room, state)
        timer ??= clock.setTimeout(flush, GATHER_MS)
      }
    },
    { flush: 'sync', immediate: true },
  )

  return {
    flush,
    stop() {
      stopWatching()
      flush()
    },
  }
}
