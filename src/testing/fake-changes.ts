/** What a change does to a log, by the rules of `chat.v1`. */
import type { Attachment, ErrorCode, EventKind, RoomEvent, UserRef } from '../protocol/index.ts'
import { MAX_REACTIONS } from '../protocol/limits.ts'

export interface FakeContent {
  readonly body: string
  readonly kind?: EventKind | undefined
  readonly target?: number | undefined
  readonly replyTo?: number | undefined
  readonly mentions?: readonly string[] | undefined
  /** What is not told stands for a file that nobody uploaded. */
  readonly attachments?: readonly (Pick<Attachment, 'id'> & Partial<Attachment>)[] | undefined
}

/** Add it, point to what is there already, or refuse it. */
export type FakeVerdict = { readonly add: true } | { readonly present: RoomEvent } | { readonly code: ErrorCode }

const reactionsOf = (log: readonly RoomEvent[], target: number, user: string): ReadonlyMap<string, RoomEvent> =>
  new Map(log.flatMap((e) => ((e.kind === 'react' || e.kind === 'unreact') && e.target === target && e.from.id === user ? [[e.body, e]] : [])))

const judgeReaction = (log: readonly RoomEvent[], from: UserRef, kind: EventKind, target: number, body: string): FakeVerdict => {
  const own = reactionsOf(log, target, from.id)
  const present = own.get(body)
  if (present?.kind === kind) return { present }
  if (kind === 'unreact') return present ? { add: true } : { code: 'target_not_found' }
  const count = [...own.values()].filter((e) => e.kind === 'react').length
  return count < MAX_REACTIONS ? { add: true } : { code: 'reaction_limit' }
}

/** @param isOwner of the room: deletes messages of others too */
export const judge = (log: readonly RoomEvent[], from: UserRef, { kind = 'message', target, replyTo, body }: FakeContent, isOwner: boolean): FakeVerdict => {
  const about = target ?? replyTo
  if (about === undefined) return { add: true }
  const event = log[about - 1]
  if (event?.kind !== 'message') return { code: 'target_not_found' }
  if (target === undefined) return { add: true }
  if ((kind === 'edit' || (kind === 'delete' && !isOwner)) && event.from.id !== from.id) return { code: 'forbidden' }
  if (event.deleted && kind === 'delete') return { present: log.find((e) => e.kind === 'delete' && e.target === target)! }
  if (event.deleted) return { code: 'target_deleted' }
  return kind === 'edit' || kind === 'delete' ? { add: true } : judgeReaction(log, from, kind, target, body)
}

/** The log without the text of a message and of its edits. */
export const withoutText = (log: readonly RoomEvent[], target: number, by: UserRef): RoomEvent[] => {
  const deletedBy = log[target - 1]!.from.id === by.id ? {} : { deletedBy: by }
  return log.map((e) => (e.seq === target || (e.kind === 'edit' && e.target === target) ? { ...emptied(e), ...deletedBy } : e))
}

const emptied = ({ mentions: _mentions, attachments: _attachments, ...rest }: RoomEvent): RoomEvent => ({ ...rest, body: '', deleted: true })

const ids = (list: FakeContent['attachments'] = []): string => list.map(({ id }) => id).join()

/** Whether this is what was said before. Of a deleted text nothing is left to compare with. */
export const isSame = (said: RoomEvent, { kind = 'message', target, replyTo, body, attachments }: FakeContent): boolean =>
  said.kind === kind && said.target === target && said.replyTo === replyTo && ((said.body === body && ids(said.attachments) === ids(attachments)) || said.deleted === true)
