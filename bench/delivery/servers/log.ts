/** What the peers' servers have received, on the disk before anybody is told. */
import { DatabaseSync } from 'node:sqlite'

export interface Entry {
  readonly id: number
  readonly body: string
}

export interface Log {
  /** @returns its place; nothing when the id of the client was there before */
  append(body: string, clientId?: string): number | undefined
  after(id: number): readonly Entry[]
}

export const openLog = (file: string): Log => {
  const db = new DatabaseSync(file)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  db.exec('CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, client_id TEXT UNIQUE)')
  const insert = db.prepare('INSERT INTO messages (body, client_id) VALUES (?, ?) ON CONFLICT (client_id) DO NOTHING')
  const select = db.prepare('SELECT id, body FROM messages WHERE id > ? ORDER BY id')
  return {
    append(body, clientId) {
      const { changes, lastInsertRowid } = insert.run(body, clientId ?? null)
      return changes === 0 ? undefined : Number(lastInsertRowid)
    },
    after: (id) => select.all(id) as unknown as readonly Entry[],
  }
}
