/** What a person does to messages that are there, checked before it is sent. */
import { ChatError, ChatUsageError, type Capabilities, type ChatMessage, type MessageKind, type SentMessage, type Session } from '../core/index.ts'

/** A row, or the seq of one. */
export type MessageTarget = ChatMessage | number

export interface MessageActions {
  /**
   * Gives an own message another text. Shows at once, and is undone when the server refuses it.
   * `settled` fails with `unsupported`, `forbidden`, `target_not_found` or `target_deleted` where that is known before.
   */
  edit(message: MessageTarget, body: string): SentMessage
  /**
   * Takes a message back for good, its text included: an own one, or with `permissions.moderate` anybody's. One that waits
   * is not sent at all.
   */
  remove(message: MessageTarget): SentMessage
  /** Puts a reaction on a message: one emoji, or a short text of at most 32 UTF-16 units. */
  react(message: MessageTarget, emoji: string): SentMessage
  unreact(message: MessageTarget, emoji: string): SentMessage
}

export interface MessageActionsPort {
  readonly session: Session
  readonly can: Capabilities
  room(): string
  rows(): readonly ChatMessage[]
  /** Whether messages of others may be deleted. */
  mayModerate(): boolean
}

export const seqOf = (message: MessageTarget, what: string): number | undefined => {
  const seq = typeof message === 'number' ? message : message.seq
  if (seq === undefined || (Number.isSafeInteger(seq) && seq > 0)) return seq
  throw new ChatUsageError(`useChatRoom().${what}() got ${String(seq)} for a message; give a row, or its seq (a whole number from 1).`)
}

const refused = (room: string, code: string, message: string): SentMessage => ({
  clientId: '',
  settled: Promise.resolve({ ok: false, error: new ChatError(code, message, { room }) }),
})

export const useMessageActions = ({ session, can, room, rows, mayModerate }: MessageActionsPort): MessageActions => {
  const act = (kind: MessageKind, what: string, message: MessageTarget, body: string): SentMessage => {
    const target = seqOf(message, what)
    const isText = kind === 'edit' || kind === 'delete'
    const no = (code: string, text: string): SentMessage => refused(room(), code, text)
    if (!(isText ? can.edits : can.reactions)) return no('unsupported', 'This server does not take such changes.')
    if (target === undefined) return no('target_not_found', 'The message is not stored yet; wait until it is sent.')
    const row = rows().find(({ seq }) => seq === target)
    if (isText && row && !row.isOwn && !(kind === 'delete' && mayModerate())) return no('forbidden', 'Only the author may change a message.')
    if (row?.isDeleted) return no('target_deleted', 'The message was deleted.')
    return session.sendMessage({ room: room(), kind, target, body })
  }

  return {
    edit: (message, body) => act('edit', 'edit', message, body),
    remove(message) {
      if (typeof message === 'number' || message.seq !== undefined || message.clientId === undefined) return act('delete', 'remove', message, '')
      const { clientId, createdAt } = message
      if (!session.cancel(clientId)) return refused(room(), 'target_not_found', 'The message is on its way; wait until it is sent.')
      return { clientId, settled: Promise.resolve({ ok: true, value: { createdAt } }) }
    },
    react: (message, emoji) => act('react', 'react', message, emoji),
    unreact: (message, emoji) => act('unreact', 'unreact', message, emoji),
  }
}
