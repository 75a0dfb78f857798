/** Takes one entry into a room's log, with what it does to an earlier one. Runs inside a transaction. */
import type { DatabaseSync } from 'node:sqlite'
import type { ErrorCode } from '../src/protocol/error-codes.ts'
import type { Attachment, EventKind, RoomEvent, UserRef } from '../src/protocol/entities.ts'
import { MAX_REACTIONS } from '../src/protocol/limits.ts'
import { EVENT_COLUMNS, isDeleted, toEvent, type EventRow } from './event-rows.ts'
import type { FileRows } from './files/file-rows.ts'
import { createMentionFilter, type Mentions } from './mentions.ts'
import type { SearchIndex } from './search-index.ts'

export interface NewMessage {
  readonly room: string
  readonly from: UserRef
  readonly clientId: string
  readonly body: string
  /** @default 'message' */
  readonly kind?: EventKind
  readonly target?: number
  readonly replyTo?: number
  readonly mentions?: Mentions | undefined
  /** Ids of files that the sender uploaded, each once. */
  readonly attachments?: readonly string[] | undefined
}

export type Stored =
  /** `duplicate`: nothing was added; `event` is what is there already. */
  | { readonly ok: true; readonly event: RoomEvent; readonly duplicate: boolean }
  | {
      readonly ok: false
      readonly code: Extract<
        ErrorCode,
        'client_id_conflict' | 'not_found' | 'internal' | 'forbidden' | 'target_not_found' | 'target_deleted' | 'reaction_limit' | 'attachment_not_found'
      >
    }

interface NoopRow {
  readonly room_id: string
  readonly kind: string
  readonly target: number
  readonly body: string
  readonly seq: number
}

interface ReactionRow {
  readonly seq: number
  readonly is_on: number
}

/** What is to be done: refuse it, point to what is there already, or add it and run `effect` with its seq. */
type Verdict =
  | { readonly refuse: (Stored & { ok: false })['code'] }
  | { readonly present: number }
  | { readonly effect?: (seq: number) => void }

const refusal = (code: (Stored & { ok: false })['code']): Stored => ({ ok: false, code })

export const createAppend = (db: DatabaseSync, now: () => number, search: SearchIndex | undefined, files: FileRows): ((message: NewMessage) => Stored) => {
  const sql = {
    known: db.prepare(`SELECT ${EVENT_COLUMNS} FROM events WHERE sender = ? AND client_id = ?`),
    noop: db.prepare('SELECT room_id, kind, target, body, seq FROM noops WHERE sender = ? AND client_id = ?'),
    at: db.prepare(`SELECT ${EVENT_COLUMNS} FROM events WHERE room_id = ? AND seq = ?`),
    next: db.prepare(
      'UPDATE rooms SET last_seq = last_seq + 1, last_ts = max(last_ts, ?) WHERE id = ? RETURNING last_seq, last_ts',
    ),
    insert: db.prepare(`INSERT INTO events (${EVENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`),
    addNoop: db.prepare('INSERT INTO noops (sender, client_id, room_id, kind, target, body, seq) VALUES (?, ?, ?, ?, ?, ?, ?)'),
    deletion: db.prepare("SELECT seq FROM events WHERE room_id = ? AND target = ? AND kind = 'delete'"),
    lastEdit: db.prepare("SELECT body FROM events WHERE room_id = ? AND target = ? AND kind = 'edit' AND seq < ? ORDER BY seq DESC LIMIT 1"),
    blank: db.prepare("UPDATE events SET body = '', mentions = NULL, attachments = NULL, deleted_by = ? WHERE room_id = ? AND seq = ?"),
    blankEdits: db.prepare("UPDATE events SET body = '', mentions = NULL, deleted_by = ? WHERE room_id = ? AND target = ? AND kind = 'edit'"),
    reaction: db.prepare('SELECT seq, is_on FROM reactions WHERE room_id = ? AND target = ? AND sender = ? AND body = ?'),
    reactionCount: db.prepare('SELECT count(*) AS n FROM reactions WHERE room_id = ? AND target = ? AND sender = ? AND is_on = 1'),
    setReaction: db.prepare(
      'INSERT INTO reactions (room_id, target, sender, body, seq, is_on) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq, is_on = excluded.is_on',
    ),
    dropReactions: db.prepare('DELETE FROM reactions WHERE room_id = ? AND target = ?'),
    owner: db.prepare("SELECT 1 FROM room_members WHERE user_id = ? AND room_id = ? AND role = 'owner'"),
  }

  const known = createMentionFilter(db)
  const at = (room: string, seq: number): EventRow | undefined => sql.at.get(room, seq) as unknown as EventRow | undefined

  /** The text of a message as it was before this seq. */
  const textBefore = ({ room_id: room, seq: target, body }: EventRow, seq: number): string =>
    (sql.lastEdit.get(room, target, seq) as unknown as { body: string } | undefined)?.body ?? body

  const remove = (row: EventRow, seq: number, by: UserRef): void => {
    const { room_id: room, seq: target } = row
    const other = by.id === row.sender ? null : JSON.stringify({ id: by.id, name: by.name })
    search?.remove(room, target, textBefore(row, seq))
    sql.blank.run(other, room, target)
    sql.blankEdits.run(other, room, target)
    sql.dropReactions.run(room, target)
    files.drop(room, target)
  }

  const reword = (row: EventRow, seq: number, text: string): void => {
    search?.remove(row.room_id, row.seq, textBefore(row, seq))
    search?.add(row.room_id, row.seq, text)
  }

  const judgeReaction = ({ room, from, body }: NewMessage, isOn: boolean, target: number): Verdict => {
    const present = sql.reaction.get(room, target, from.id, body) as unknown as ReactionRow | undefined
    if (present && (present.is_on === 1) === isOn) return { present: present.seq }
    if (!present && !isOn) return { refuse: 'target_not_found' }
    if (isOn && (sql.reactionCount.get(room, target, from.id) as unknown as { n: number }).n >= MAX_REACTIONS) {
      return { refuse: 'reaction_limit' }
    }
    return { effect: (seq) => sql.setReaction.run(room, target, from.id, body, seq, isOn ? 1 : 0) }
  }

  /** Looked up with the change itself: who was the owner when it was sent may not be one any more. */
  const mayChange = ({ sender }: EventRow, { room, from, kind }: NewMessage): boolean =>
    (kind !== 'edit' && kind !== 'delete') || sender === from.id || (kind === 'delete' && sql.owner.get(from.id, room) !== undefined)

  const judge = (message: NewMessage): Verdict => {
    const { room, from, kind = 'message', target, replyTo } = message
    const about = target ?? replyTo
    if (about === undefined) return {}
    const row = at(room, about)
    if (row?.kind !== 'message') return { refuse: 'target_not_found' }
    // Whoever answers while it is deleted keeps the answer.
    if (target === undefined) return {}
    const isGone = isDeleted(row)
    if (!mayChange(row, message)) return { refuse: 'forbidden' }
    if (isGone && kind === 'delete') return { present: (sql.deletion.get(room, target) as unknown as { seq: number }).seq }
    if (isGone) return { refuse: 'target_deleted' }
    if (kind === 'delete') return { effect: (seq) => remove(row, seq, from) }
    return kind === 'edit' ? { effect: (seq) => reword(row, seq, message.body) } : judgeReaction(message, kind === 'react', target)
  }

  const repeated = (message: NewMessage): Stored | undefined => {
    const { room, from, clientId } = message
    const known = sql.known.get(from.id, clientId) as unknown as EventRow | undefined
    if (known) return isSame(known, message) ? { ok: true, event: toEvent(known), duplicate: true } : refusal('client_id_conflict')
    const noop = sql.noop.get(from.id, clientId) as unknown as NoopRow | undefined
    if (!noop) return undefined
    return isSame(noop, message) ? { ok: true, event: toEvent(at(room, noop.seq)!), duplicate: true } : refusal('client_id_conflict')
  }

  return (message) => {
    const before = repeated(message)
    if (before) return before
    const { room, from, clientId, body, kind = 'message' } = message
    const target = message.target ?? null
    const verdict = judge(message)
    if ('refuse' in verdict) return refusal(verdict.refuse)
    if ('present' in verdict) {
      // Kept, so that a repeat of it never becomes an event after all.
      sql.addNoop.run(from.id, clientId, room, kind, target, body, verdict.present)
      return { ok: true, event: toEvent(at(room, verdict.present)!), duplicate: true }
    }
    const attachments = message.attachments?.length ? files.unsent(from.id, message.attachments) : []
    if (!attachments) return refusal('attachment_not_found')
    const next = sql.next.get(now(), room) as unknown as { last_seq: number; last_ts: number } | undefined
    if (!next) return refusal('not_found')
    const { last_seq: seq, last_ts: ts } = next
    sql.insert.run(room, seq, kind, from.id, from.name, clientId, ts, body, target, message.replyTo ?? null, toJson(known(message.mentions)), toJson(attachments))
    files.claim(message.attachments ?? [], room, seq)
    verdict.effect?.(seq)
    if (kind === 'message') search?.add(room, seq, body)
    return { ok: true, event: toEvent(at(room, seq)!), duplicate: false }
  }
}

const toJson = (list: readonly unknown[] = []): string | null => (list.length > 0 ? JSON.stringify(list) : null)

interface Said {
  readonly room_id: string
  readonly kind: string
  readonly target: number | null
  readonly reply_to?: number | null
  readonly body: string
  readonly attachments?: string | null
}

const idsOf = ({ attachments }: Said): readonly string[] => (JSON.parse(attachments ?? '[]') as readonly Attachment[]).map(({ id }) => id)

/** Whether this is what was said before. Of a deleted text nothing is left to compare with. */
const isSame = (said: Said, { room, kind = 'message', target, replyTo, body, attachments = [] }: NewMessage): boolean =>
  said.room_id === room &&
  said.kind === kind &&
  said.target === (target ?? null) &&
  (said.reply_to ?? null) === (replyTo ?? null) &&
  (isDeleted({ attachments: null, ...said }) || (said.body === body && idsOf(said).join() === attachments.join()))
