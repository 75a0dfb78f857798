import type { Command } from './dialect.ts'
import type { Clock } from './clock.ts'

/** "Still typing" is repeated at most this often, in milliseconds. */
export const TYPING_EVERY_MS = 3_000

export interface Typing {
  set(room: string, on: boolean): void
  /** The server has forgotten what we told. */
  reset(): void
}

/** Tells changes at once and repetitions rarely. Nothing is kept for later: typing of the past says nothing. */
export const createTyping = (clock: Clock, say: (command: Command) => boolean): Typing => {
  const toldAt = new Map<string, number>()
  return {
    set(room, on) {
      const before = toldAt.get(room)
      const now = clock.monotonic()
      const isNews = on ? before === undefined || now - before >= TYPING_EVERY_MS : before !== undefined
      if (!isNews || !say({ type: 'typing', room, on })) return
      if (on) toldAt.set(room, now)
      else toldAt.delete(room)
    },
    reset() {
      toldAt.clear()
    },
  }
}
