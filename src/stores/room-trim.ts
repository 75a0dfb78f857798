/** What of a long room stays in memory: its end, and what is being read. */
import type { ChatMessage } from '../core/index.ts'
import { indexFrom } from './row-lists.ts'

/** Seqs from the first to before the second. */
export type Cut = readonly [from: number, to: number]

/** Rows of a room that are kept. */
export const MAX_ROWS = 2_000
/** So many more may come before some are let go of, so that this does not happen with each message. */
const SLACK = 250
/** The end is kept wherever somebody reads: that is where they go next. */
const TAIL = 500

/**
 * Which parts to let go of.
 * @param stored rows in the order of seq
 * @param at seq that is being read; undefined at the end
 */
export const cutsOf = (stored: readonly ChatMessage[], at: number | undefined): readonly Cut[] => {
  const { length } = stored
  if (length <= MAX_ROWS + SLACK) return []
  const reach = (MAX_ROWS - TAIL) / 2
  const middle = at === undefined ? length : indexFrom(stored, at)
  // Near an end the other side gets what this one does not need.
  const start = Math.max(0, Math.min(middle - reach, length - MAX_ROWS))
  const end = middle + reach >= length - TAIL ? length : Math.max(middle + reach, 2 * reach)
  const cuts: Cut[] = []
  const from = stored[start]?.seq
  const below = stored[end - 1]?.seq
  const tail = stored[length - TAIL]?.seq
  if (start > 0 && from !== undefined) cuts.push([0, from])
  if (end < length - TAIL && below !== undefined && tail !== undefined) cuts.push([below + 1, tail])
  return cuts
}
