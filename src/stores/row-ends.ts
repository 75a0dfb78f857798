import type { ChatMessage } from '../core/index.ts'
import { seqOf } from './row-lists.ts'

/**
 * Own rows at the end: those that have a place ahead of the log stand in its order, all others where they are. An
 * earlier page's message may be confirmed after one of this page, and is older all the same.
 */
export const inLogOrder = (rows: readonly ChatMessage[]): readonly ChatMessage[] => {
  const placed = rows.filter(({ seq }) => seq !== undefined)
  if (placed.every((row, i) => i === 0 || seqOf(placed[i - 1]!) <= seqOf(row))) return rows
  placed.sort((a, b) => seqOf(a) - seqOf(b))
  let next = 0
  return rows.map((row) => (row.seq === undefined ? row : placed[next++]!))
}
