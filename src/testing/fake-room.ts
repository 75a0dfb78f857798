/** The log of one room of the fake server. */
import { isSame, judge, withoutText, type FakeContent } from './fake-changes.ts'
import type { ErrorCode, JoinedFrame, Position, RoomEvent, RoomInfo, RoomPermissions, UserRef } from '../protocol/index.ts'

export interface RoomLog {
  readonly info: RoomInfo
  events(): readonly RoomEvent[]
  append(
    from: UserRef,
    clientId: string,
    content: FakeContent,
  ): { readonly event: RoomEvent; readonly isDuplicate: boolean } | { readonly code: ErrorCode }
  join(user: UserRef, since: Position | undefined, limit: number | undefined): Omit<JoinedFrame, 'type' | 'id'>
  page(range: { before: number | undefined; after: number | undefined; around?: number | undefined; limit: number | undefined }): {
    readonly room: string
    readonly epoch: string
    readonly events: readonly RoomEvent[]
    readonly more: boolean
    readonly newer?: boolean
  }
  /** Messages that contain this text as they read now, newest first. */
  search(query: string, before: number | undefined, limit: number | undefined): { readonly events: readonly RoomEvent[]; readonly more: boolean }
  setMembers(members: readonly UserRef[]): { readonly joined: readonly UserRef[]; readonly left: readonly string[] }
  reset(): void
}

const permissionsOf = (isOwner: boolean): RoomPermissions => ({ send: true, react: true, attach: true, invite: true, manage: isOwner, moderate: isOwner })

const STARTED_AT = 1_750_000_000_000

/** @param owners ids of the users who own the room */
export const createRoomLog = (info: RoomInfo, pageSize: number, owners: readonly string[] = []): RoomLog => {
  const { room } = info
  let log: RoomEvent[] = []
  /** Client ids of what changed nothing, and where it stood. */
  let idle = new Map<string, { readonly content: FakeContent; readonly seq: number }>()
  let members: readonly UserRef[] = []
  let generation = 1
  const epoch = () => `epoch-${generation}`
  const sizeOf = (limit: number | undefined) => Math.max(1, Math.min(limit ?? pageSize, pageSize))

  return {
    info,
    events: () => log,
    append(from, clientId, content) {
      const { body, kind = 'message', target, replyTo, mentions, attachments } = content
      const known = log.find((e) => e.from.id === from.id && e.clientId === clientId)
      if (known) return isSame(known, content) ? { event: known, isDuplicate: true } : { code: 'client_id_conflict' }
      const key = `${from.id}\n${clientId}`
      const past = idle.get(key)
      if (past) {
        const isRepeat = JSON.stringify(past.content) === JSON.stringify({ kind, target, body })
        return isRepeat ? { event: log[past.seq - 1]!, isDuplicate: true } : { code: 'client_id_conflict' }
      }
      const verdict = judge(log, from, content, owners.includes(from.id))
      if ('code' in verdict) return verdict
      if ('present' in verdict) {
        idle.set(key, { content: { kind, target, body }, seq: verdict.present.seq })
        return { event: verdict.present, isDuplicate: true }
      }
      const seq = log.length + 1
      const about = { ...(target !== undefined && { target }), ...(replyTo !== undefined && { replyTo }), ...(mentions?.length && { mentions }) }
      const files = attachments?.length && {
        attachments: attachments.map(({ id, name = id, type = 'application/octet-stream', size = 0, url = `files/${id}/${name}`, ...pixels }) => ({ id, name, type, size, url, ...pixels })),
      }
      const event: RoomEvent = { room, seq, kind, from, clientId, ts: STARTED_AT + seq * 1_000, body, ...about, ...files }
      log = [...(kind === 'delete' ? withoutText(log, target!, from) : log), event]
      return { event, isDuplicate: false }
    },
    join(user, since, limit) {
      const size = sizeOf(limit)
      const missed = since?.epoch === epoch() && since.seq <= log.length ? log.length - since.seq : Infinity
      const recovered = missed <= size
      const all = [user, ...members.filter((m) => m.id !== user.id)]
      return {
        ...info,
        epoch: epoch(),
        top: log.length,
        first: 1,
        recovered,
        events: log.slice(Math.max(0, log.length - (recovered ? missed : size))),
        members: all,
        count: all.length,
        ...(owners.length > 0 && { can: permissionsOf(owners.includes(user.id)) }),
      }
    },
    page({ before, after, around, limit }) {
      const size = sizeOf(limit)
      if (around !== undefined) {
        const half = Math.ceil(size / 2)
        const from = Math.max(0, Math.min(around - half, log.length - size))
        return { room, epoch: epoch(), events: log.slice(from, from + size), more: from > 0, newer: from + size < log.length }
      }
      const from = after ?? Math.max(0, (before ?? log.length + 1) - 1 - size)
      const to = after === undefined ? Math.max(0, (before ?? log.length + 1) - 1) : after + size
      return {
        room,
        epoch: epoch(),
        events: log.slice(from, to),
        more: after === undefined ? from > 0 : to < log.length,
      }
    },
    search(query, before = Infinity, limit) {
      const now = log.map((event) => ({ ...event, body: log.findLast(({ kind, target }) => kind === 'edit' && target === event.seq)?.body ?? event.body }))
      const found = now.filter(({ kind, seq, body }) => kind === 'message' && seq < before && body.toLowerCase().includes(query.toLowerCase())).reverse()
      return { events: found.slice(0, sizeOf(limit)), more: found.length > sizeOf(limit) }
    },
    setMembers(now) {
      const change = {
        joined: now.filter((m) => !members.some((old) => old.id === m.id)),
        left: members.filter((old) => !now.some((m) => m.id === old.id)).map((m) => m.id),
      }
      members = now
      return change
    },
    reset() {
      generation += 1
      log = []
      idle = new Map()
    },
  }
}
