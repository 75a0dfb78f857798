/** What a person sees, held against what must never be seen, at every single change. */
import type { ChatMessage } from '../../../src/core/index.ts'
import type { ChatStoreEvent, RoomState } from '../../../src/stores/room-types.ts'
import type { Report } from './report.ts'

const seqOf = ({ seq }: ChatMessage): readonly number[] => (seq === undefined ? [] : [seq])

/** Events after which rows may appear above others: older history, and a list that starts anew. */
const mayGoBack = (events: readonly ChatStoreEvent[], before: RoomState | undefined, after: RoomState): boolean =>
  events.some(({ type }) => type === 'history') || before === undefined || before.epoch !== after.epoch

export const checkRendered = (
  report: Report,
  who: string,
  events: readonly ChatStoreEvent[],
  before: RoomState | undefined,
  after: RoomState,
): void => {
  const on = `on ${[...new Set(events.map(({ type }) => type))].join('+')}`
  const seqs = after.messages.flatMap(seqOf)
  const wrong = seqs.findIndex((seq, i) => i > 0 && seq <= seqs[i - 1]!)
  if (wrong > 0) {
    const rule = seqs[wrong] === seqs[wrong - 1] ? 'rendered-twice' : 'rendered-out-of-order'
    report(rule, `${who} shows ${after.room}:${String(seqs[wrong])} after ${String(seqs[wrong - 1])}, ${on}`)
  }
  const keys = new Set(after.messages.map(({ key }) => key))
  if (keys.size !== after.messages.length) report('key-twice', `${who} shows two rows of one key in ${after.room}, ${on}`)
  const ids = after.messages.flatMap(({ clientId, author }) => (clientId === undefined ? [] : [`${author.id}/${clientId}`]))
  if (new Set(ids).size !== ids.length) report('rendered-twice', `${who} shows one message in two rows of ${after.room}, ${on}`)
  const known = new Set(before?.messages.flatMap(seqOf))
  // Only what stands in its place. Own rows that are stored ahead of the log wait below it, as those that are not stored
  // yet, and go where they belong when the log comes to them: who writes sees the own words last, and others' come in above.
  const top = before?.messages.slice(0, before.storedCount).flatMap(seqOf).at(-1) ?? 0
  const own = new Set(before?.messages.flatMap((row) => (row.isOwn ? row.key : [])))
  const late = after.messages.find(({ seq = Infinity, key }) => seq < top && !known.has(seq) && !own.has(key))?.seq
  if (late !== undefined && !mayGoBack(events, before, after)) {
    report('rendered-late', `${who} shows ${after.room}:${String(late)} above ${String(top)} which was there before, ${on}`)
  }
  const isAnew = before !== undefined && before.epoch !== undefined && before.epoch !== after.epoch
  const now = new Set(seqs)
  const lost = isAnew ? undefined : [...known].find((seq) => !now.has(seq))
  if (lost !== undefined) report('rendered-lost', `${who} no longer shows ${after.room}:${String(lost)}, ${on}`)
}
