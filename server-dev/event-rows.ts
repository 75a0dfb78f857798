import type { Attachment, RoomEvent, UserRef } from '../src/protocol/entities.ts'

export interface EventRow {
  readonly room_id: string
  readonly seq: number
  readonly kind: string
  readonly sender: string
  readonly sender_name: string
  readonly client_id: string
  readonly ts: number
  readonly body: string
  readonly target: number | null
  readonly reply_to: number | null
  /** JSON. */
  readonly mentions: string | null
  readonly attachments: string | null
  readonly deleted_by: string | null
}

export const EVENT_COLUMNS = 'room_id, seq, kind, sender, sender_name, client_id, ts, body, target, reply_to, mentions, attachments, deleted_by'

/** No message is stored without a text or a file, and no edit without a text. */
export const isDeleted = ({ kind, body, attachments }: Pick<EventRow, 'kind' | 'body' | 'attachments'>): boolean =>
  body === '' && attachments === null && (kind === 'message' || kind === 'edit')

export const toEvent = (row: EventRow): RoomEvent => ({
  room: row.room_id,
  seq: row.seq,
  kind: row.kind,
  from: { id: row.sender, name: row.sender_name },
  clientId: row.client_id,
  ts: row.ts,
  body: row.body,
  ...(row.target !== null && { target: row.target }),
  ...(row.reply_to !== null && { replyTo: row.reply_to }),
  ...(row.mentions !== null && { mentions: JSON.parse(row.mentions) as string[] }),
  ...(row.attachments !== null && { attachments: JSON.parse(row.attachments) as Attachment[] }),
  ...(isDeleted(row) && { deleted: true }),
  ...(row.deleted_by !== null && { deletedBy: JSON.parse(row.deleted_by) as UserRef }),
})
