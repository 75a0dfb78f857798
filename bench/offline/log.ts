/** What the server has of a room, read from its file. */
import { DatabaseSync } from 'node:sqlite'

export const bodiesOf = (file: string, room: string): readonly string[] => {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    return db.prepare("SELECT body FROM events WHERE room_id = ? AND kind = 'message' ORDER BY seq").all(room).map(({ body }) => String(body))
  } finally {
    db.close()
  }
}
