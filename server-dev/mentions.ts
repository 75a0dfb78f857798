/** Who is spoken to: only people whom the server knows. */
import type { DatabaseSync } from 'node:sqlite'

export interface Mentions {
  /** Ids of users. */
  readonly ids: readonly string[]
  /** Those who are in the room now. */
  readonly here: ReadonlySet<string>
}

/** Each of them once, without those who are neither here, nor ever signed in or said something. */
export const createMentionFilter = (db: DatabaseSync): ((mentions: Mentions | undefined) => readonly string[]) => {
  const known = db.prepare('SELECT 1 FROM users WHERE id = ? UNION ALL SELECT 1 FROM events WHERE sender = ? LIMIT 1')
  return (mentions) => (mentions ? [...new Set(mentions.ids)].filter((id) => mentions.here.has(id) || known.get(id, id) !== undefined) : [])
}
