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

/** Tells what was received and read, as the store knows it. */
export interface TellMarks {
  /** Tells at once what waits. */
  flush(): void
  stop(): void
}

interface Told {
  say(state: RoomState): void
  /** We are out of the room. */
  left?(room: string): void
}

/** Tells of rooms that we got further in. */
export const gather = (store: ChatStore, clock: Clock, { say, left }: Told): TellMarks => {
  const waiting = new Map<string, RoomState>()
  let timer: unknown

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
        if (!state.isEntered) left?.(room)
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

/** Tells the server. */
export const tellMarks = (session: Session, store: ChatStore, clock: Clock): TellMarks => {
  const said = new Map<string, Said>()
  return gather(store, clock, {
    say({ room, epoch, read = 0, known }) {
      const now: Said = { of: JSON.stringify([epoch, store.me?.id]), read, received: known.at(-1)?.[1] ?? 0 }
      const before = said.get(room)
      if (before?.of === now.of && before.read >= now.read && before.received >= now.received) return
      said.set(room, now)
      session.mark(room, { received: now.received, ...(now.read > 0 && { read: now.read }) })
    },
    // Whoever comes back says it again.
    left: (room) => said.delete(room),
  })
}
