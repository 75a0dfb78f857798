/** The parts of a room's history that are not there yet, and the way to one message of it. */
import type { Capabilities, ChatError, HistoryPage, Result } from '../core/index.ts'
import type { ChatStore } from '../stores/index.ts'

/** From which side a gap is loaded: pages that follow on what is above it, or that lead to what is below it. */
export type GapSide = 'above' | 'below'

export type JumpResult =
  | { readonly ok: true; /** Of the row. */ readonly key: string }
  | {
      readonly ok: false
      /** `not_found`: the room has no such message. `not_loaded`: it could not be fetched; the server's reason is in `error`. */
      readonly reason: 'not_found' | 'not_loaded'
      readonly error?: ChatError | undefined
    }

export interface RoomPages {
  /** Loads the page before the oldest message; an empty one when there is none. */
  loadOlder(): Promise<Result<HistoryPage>>
  /** Loads a page of what is missing before the message with this seq. @param side @default 'below' */
  loadGap(seq: number, side?: GapSide): Promise<Result<HistoryPage>>
  /**
   * Makes sure that a message is among `messages`, however far back it is: with one page around it where the server has
   * such pages (`can.around`), else with at most 50 older pages. The seq of an edit or a reaction leads to its message.
   * A message that was deleted is there without its text.
   */
  jumpTo(seq: number): Promise<JumpResult>
  /**
   * Tells where somebody reads. A room that is told of lets go of what is far from there and from its end once it has
   * more than 2,000 messages; gaps and `hasOlder` lead back to it.
   * @param seq undefined at the end
   */
  readingAt(seq: number | undefined): void
}

export interface RoomPagesPort {
  readonly store: ChatStore
  readonly can: Capabilities
  room(): string
  /** Counts what is being loaded. */
  track(load: (room: string) => Promise<Result<HistoryPage>>): Promise<Result<HistoryPage>>
}

export const roomPages = ({ store, can, room, track }: RoomPagesPort): RoomPages => ({
  loadOlder: () => track((at) => store.loadOlder(at)),
  loadGap: (seq, side = 'below') => (side === 'above' ? store.loadNewer(room(), seq) : track((at) => store.loadGap(at, seq))),
  async jumpTo(seq) {
    const at = room()
    const row = store.messages(at).findLast((one) => one.seq === seq)
    if (row) return { ok: true, key: row.key }
    // Neither the code nor the page comes without a network.
    const way = await import('./reach.ts').catch(() => undefined)
    return way ? way.reach(store, can, at, seq) : { ok: false, reason: 'not_loaded' }
  },
  readingAt: (seq) => store.readingAt(room(), seq),
})
