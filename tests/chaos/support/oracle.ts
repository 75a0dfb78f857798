/** What the database must hold once everything is quiet. */
import { DatabaseSync } from 'node:sqlite'
import type { Report } from './report.ts'
import type { Sent } from './tab.ts'

export interface StoredRow {
  readonly seq: number
  readonly sender: string
  readonly clientId: string
  readonly body: string
  readonly ts: number
}

export const readLog = (file: string, room: string): readonly StoredRow[] => {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const rows = db.prepare('SELECT seq, sender, client_id AS clientId, body, ts FROM events WHERE room_id = ? ORDER BY seq').all(room)
    return rows as unknown as readonly StoredRow[]
  } finally {
    db.close()
  }
}

type Promised = Pick<Sent, 'user' | 'room' | 'clientId' | 'body' | 'page' | 'isAcked' | 'outcome'>

/** One room's log against what was sent to it. */
export const checkLog = (room: string, rows: readonly StoredRow[], sent: readonly Promised[], report: Report): void => {
  rows.forEach(({ seq, ts }, i) => {
    if (seq !== i + 1) report('log-hole', `${room} has seq ${String(seq)} in place ${String(i + 1)}`)
    if (i > 0 && ts < rows[i - 1]!.ts) report('time-back', `${room}:${String(seq)} is older than the one before it`)
  })
  const places = new Map<string, number[]>()
  for (const { sender, body, seq } of rows) {
    const key = `${sender}\n${body}`
    places.set(key, [...(places.get(key) ?? []), seq])
  }
  const known = new Map(rows.map((row) => [`${row.sender}/${row.clientId}`, row]))
  const last = new Map<string, number>()
  for (const { user, clientId, body, page, isAcked, outcome } of sent) {
    const seqs = places.get(`${user}\n${body}`) ?? []
    const who = `${page}/${clientId}`
    if (seqs.length > 1) report('stored-twice', `${who} is in ${room} at ${seqs.join()}`)
    const isPromised = isAcked || outcome?.ok === true
    if (isPromised && seqs.length === 0) report('lost', `${who} was acked and is not in ${room}`)
    if (isPromised && known.get(`${user}/${clientId}`)?.body !== body) report('lost', `${who} was acked and is not in ${room} under its id`)
    places.delete(`${user}\n${body}`)
    const [seq] = seqs
    if (seq === undefined) continue
    if (seq < (last.get(page) ?? 0)) report('stored-out-of-order', `${who} is at ${room}:${String(seq)}, behind one that was sent later`)
    last.set(page, Math.max(seq, last.get(page) ?? 0))
  }
  for (const [key, seqs] of places) report('stored-unsent', `${room}:${seqs.join()} holds what nobody sent: ${key.slice(0, 60)}`)
}

export const checkDatabase = (
  file: string,
  rooms: readonly string[],
  sent: readonly Sent[],
  report: Report,
): ReadonlyMap<string, readonly StoredRow[]> => {
  const logs = new Map(rooms.map((room) => [room, readLog(file, room)]))
  for (const [room, rows] of logs) checkLog(room, rows, sent.filter((message) => message.room === room), report)
  return logs
}
