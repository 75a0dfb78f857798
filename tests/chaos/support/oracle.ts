/** What the database must hold once everything is quiet. */
import { DatabaseSync } from 'node:sqlite'
import type { Report } from './report.ts'
import type { Sent } from './tab.ts'

export interface StoredRow {
  readonly seq: number
  readonly kind: string
  readonly sender: string
  readonly clientId: string
  readonly body: string
  readonly ts: number
  readonly target: number | null
}

export interface StoredLog {
  readonly rows: readonly StoredRow[]
  /** `sender/clientId` of what was taken and changed nothing. */
  readonly noops: ReadonlySet<string>
}

export const readLog = (file: string, room: string): StoredLog => {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const rows = db.prepare('SELECT seq, kind, sender, client_id AS clientId, body, ts, target FROM events WHERE room_id = ? ORDER BY seq').all(room)
    const noops = db.prepare("SELECT sender || '/' || client_id AS id FROM noops WHERE room_id = ?").all(room)
    return { rows: rows as unknown as readonly StoredRow[], noops: new Set(noops.map(({ id }) => String(id))) }
  } finally {
    db.close()
  }
}

type Promised = Pick<Sent, 'user' | 'room' | 'clientId' | 'body' | 'kind' | 'page' | 'isAcked' | 'isRefused' | 'isKept' | 'outcome'>

const push = <K>(map: Map<K, number[]>, key: K, seq: number): void => {
  map.set(key, [...(map.get(key) ?? []), seq])
}

/** One room's log against what was sent to it, in the order of sending. */
export const checkLog = (room: string, { rows, noops }: StoredLog, sent: readonly Promised[], report: Report): void => {
  const byId = new Map<string, number[]>()
  const byText = new Map<string, number[]>()
  rows.forEach(({ seq, ts, sender, clientId, kind, body }, i) => {
    if (seq !== i + 1) report('log-hole', `${room} has seq ${String(seq)} in place ${String(i + 1)}`)
    if (i > 0 && ts < rows[i - 1]!.ts) report('time-back', `${room}:${String(seq)} is older than the one before it`)
    push(byId, `${sender}/${clientId}`, seq)
    // Every text is said once, so that a copy under another id shows too.
    if (body !== '' && (kind === 'message' || kind === 'edit')) push(byText, `${sender}\n${body}`, seq)
  })
  const last = new Map<string, number>()
  const ids = new Set<string>()
  for (const { user, clientId, body, kind, page, isAcked, isRefused, isKept, outcome } of sent) {
    const id = `${user}/${clientId}`
    const who = `${page}/${clientId}`
    const seqs = byId.get(id) ?? []
    ids.add(id)
    const copies = Math.max(seqs.length, byText.get(`${user}\n${body}`)?.length ?? 0)
    if (copies > 1) report('stored-twice', `${who} is in ${room} ${String(copies)} times`)
    const [seq] = seqs
    if (seq === undefined) {
      if (noops.has(id)) continue
      if (isAcked || outcome?.ok === true) report('lost', `${who} was acked and is not in ${room}`)
      else if (isKept && !isRefused) report('left-behind', `${who} was kept on disk, its person came back, and it is not in ${room}`)
      continue
    }
    const row = rows[seq - 1]
    const isBlanked = row?.body === '' && (kind === 'message' || kind === 'edit')
    if (!isBlanked && (row?.body !== body || row.kind !== kind)) report('stored-otherwise', `${who} was said as ${kind} "${body.slice(0, 40)}" and is ${String(row?.kind)} "${String(row?.body.slice(0, 40))}"`)
    if (seq < (last.get(page) ?? 0)) report('stored-out-of-order', `${who} is at ${room}:${String(seq)}, behind one that was sent later`)
    last.set(page, Math.max(seq, last.get(page) ?? 0))
  }
  for (const [id, seqs] of byId) if (!ids.has(id)) report('stored-unsent', `${room}:${seqs.join()} holds what nobody sent: ${id}`)
}

export const checkDatabase = (
  file: string,
  rooms: readonly string[],
  sent: readonly Sent[],
  report: Report,
): ReadonlyMap<string, readonly StoredRow[]> => {
  const logs = new Map(rooms.map((room) => [room, readLog(file, room)]))
  for (const [room, log] of logs) checkLog(room, log, sent.filter((message) => message.room === room), report)
  return new Map([...logs].map(([room, { rows }]) => [room, rows]))
}
