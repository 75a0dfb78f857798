/** What a list must show, made from the log in the plainest way there is. Shares no code with what it checks. */
import type { ChatMessage } from '../../../src/core/index.ts'
import type { StoredRow } from './oracle.ts'

interface Row {
  readonly seq: number
  readonly sender: string
  body: string
  isDeleted: boolean
  /** Who has put which reaction, as `emoji sender`. */
  readonly reactions: Set<string>
}

const text = ({ seq, sender, body, isDeleted, reactions }: Row): string =>
  JSON.stringify([seq, sender, isDeleted ? '' : body, isDeleted, isDeleted ? [] : [...reactions].sort()])

/** @param first the first seq of the log that the list knows */
export const fold = (log: readonly StoredRow[], first: number): readonly string[] => {
  const rows = new Map<number, Row>()
  for (const { seq, sender, kind, body, target } of log) {
    if (seq < first) continue
    if (kind === 'message') {
      rows.set(seq, { seq, sender, body, isDeleted: false, reactions: new Set() })
      continue
    }
    const row = rows.get(target ?? 0)
    if (!row) continue
    if (kind === 'edit') row.body = body
    else if (kind === 'delete') row.isDeleted = true
    else if (kind === 'react') row.reactions.add(`${body} ${sender}`)
    else if (kind === 'unreact') row.reactions.delete(`${body} ${sender}`)
  }
  return [...rows.values()].map(text)
}

/** A row of a list in the same words. What is not stored yet has no seq, and equals nothing. */
export const asShown = ({ seq = 0, author, body, isDeleted = false, reactions = [] }: ChatMessage): string =>
  text({
    seq,
    sender: author.id,
    body,
    isDeleted,
    reactions: new Set(reactions.flatMap(({ emoji, users }) => users.map(({ id }) => `${emoji} ${id}`))),
  })
