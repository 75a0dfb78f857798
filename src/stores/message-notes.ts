/**
 * What was done to a message: edits, a deletion, reactions, answers, in whatever order it becomes known, also before the
 * message itself. The entry with the highest seq counts, and a deletion is final.
 */
import type { ChatError, ChatMessage, ChatUser, FailedChange, MessageQuote, MessageReaction, PendingMessage, ReceivedMessage } from '../core/index.ts'

interface Reaction {
  readonly seq: number
  readonly author: ChatUser
  readonly emoji: string
  readonly isOn: boolean
}

export interface MessageNote {
  /** The message as the log has it, once it is loaded. */
  readonly base: ChatMessage | undefined
  readonly isDeleted: boolean
  /** Once that is known. */
  readonly deletedBy: ChatUser | undefined
  readonly edit: { readonly seq: number; readonly body: string; readonly at: number; readonly mentions: readonly string[] | undefined } | undefined
  /** Where each reaction of each person stands. */
  readonly reactions: ReadonlyMap<string, Reaction>
  /** Own changes that are not confirmed yet, in the order of sending. */
  readonly pending: readonly PendingMessage[]
  /** Own changes that were refused and wait for a decision, in the order of refusal. */
  readonly failed: readonly { readonly change: PendingMessage; readonly error: ChatError }[]
  /** Seqs of the rows that answer it. */
  readonly answers: readonly number[]
}

export const BLANK_NOTE: MessageNote = {
  base: undefined,
  isDeleted: false,
  deletedBy: undefined,
  edit: undefined,
  reactions: new Map(),
  pending: [],
  failed: [],
  answers: [],
}

/** Whether this says something about another message. Kinds of later versions do too, as far as we know. */
export const isChange = ({ kind = 'message' }: Pick<ReceivedMessage, 'kind'>): boolean => kind !== 'message'

const withoutText = (base: ChatMessage | undefined): ChatMessage | undefined =>
  base && (base.body !== '' || !base.isDeleted) ? emptied(base) : base

const emptied = ({ mentions: _mentions, attachments: _attachments, deletedBy: _by, ...rest }: ChatMessage): ChatMessage => ({ ...rest, body: '', isDeleted: true })

/** @param by unknown where only what is left of the message tells */
const deleted = (note: MessageNote, by = note.deletedBy): MessageNote => ({
  ...BLANK_NOTE,
  answers: note.answers,
  pending: note.pending,
  failed: note.failed,
  base: withoutText(note.base),
  isDeleted: true,
  deletedBy: by,
})

/** The message itself as the log has it now. */
export const withBase = (note: MessageNote, base: ChatMessage): MessageNote => {
  const next = { ...note, base }
  return note.isDeleted || base.isDeleted ? deleted(next, base.deletedBy) : next
}

/** The same note when the change says nothing new. */
export const amend = (note: MessageNote, { kind, seq = 0, body, author, createdAt, mentions, isDeleted, deletedBy }: ReceivedMessage): MessageNote => {
  if (note.isDeleted && (note.deletedBy || kind !== 'delete')) return note
  switch (kind) {
    case 'delete':
      // Without a name somebody may have been faster than we were.
      return deleted(note, author.id === '' ? undefined : author)
    case 'edit':
      // What became of the message shows in its edits too.
      if (isDeleted) return deleted(note, deletedBy)
      return note.edit && note.edit.seq >= seq ? note : { ...note, edit: { seq, body, at: createdAt, mentions } }
    case 'react':
    case 'unreact': {
      const key = `${author.id}\n${body}`
      if ((note.reactions.get(key)?.seq ?? 0) >= seq) return note
      const reaction: Reaction = { seq, author, emoji: body, isOn: kind === 'react' }
      return { ...note, reactions: new Map(note.reactions).set(key, reaction) }
    }
    default:
      return note
  }
}

export const NOBODY: ChatUser = { id: '', name: '' }

const reactionsOf = ({ reactions, pending }: MessageNote, me = NOBODY): MessageReaction[] => {
  const users = new Map<string, ChatUser[]>()
  const waiting = new Set<string>()
  const of = (emoji: string): ChatUser[] => users.get(emoji) ?? users.set(emoji, []).get(emoji)!
  const present = [...reactions.values()].filter(({ isOn }) => isOn)
  for (const { emoji, author } of present.sort((a, b) => a.seq - b.seq)) of(emoji).push(author)
  for (const { kind, body } of pending) {
    if (kind !== 'react' && kind !== 'unreact') continue
    const others = of(body).filter(({ id }) => id !== me.id)
    const isThere = others.length < of(body).length
    if (isThere !== (kind === 'react')) users.set(body, isThere ? others : [...others, me])
    waiting.add(body)
  }
  return [...users].flatMap(([emoji, who]) =>
    who.length === 0
      ? []
      : {
          emoji,
          count: who.length,
          isOwn: who.some(({ id }) => id === me.id),
          users: who,
          ...(waiting.has(emoji) && { isPending: true }),
        },
  )
}

const isSameReaction = (a: MessageReaction, b: MessageReaction | undefined): boolean =>
  a.emoji === b?.emoji &&
  a.isOwn === b.isOwn &&
  a.isPending === b.isPending &&
  a.count === b.count &&
  a.users.every((user, i) => user.id === b.users[i]!.id && user.name === b.users[i]!.name)

/** The old list, and in it the old entries, where they say the same. */
const keepReactions = (now: MessageReaction[], before: readonly MessageReaction[] = []): readonly MessageReaction[] => {
  const kept = now.map((reaction) => before.find((old) => isSameReaction(reaction, old)) ?? reaction)
  return kept.length === before.length && kept.every((reaction, i) => reaction === before[i]) ? before : kept
}

export const isSameQuote = (a: MessageQuote | undefined, b: MessageQuote | undefined): boolean =>
  a === b ||
  (a?.key === b?.key && a?.body === b?.body && a?.isDeleted === b?.isDeleted && a?.attachments?.length === b?.attachments?.length && a?.author.id === b?.author.id && a?.author.name === b?.author.name)

/** How an answer shows the row that it answers. */
export const quoteOf = ({ seq, key, author, body, isDeleted, attachments }: ChatMessage): MessageQuote => ({
  seq: seq!,
  key,
  author,
  body,
  ...(isDeleted && { isDeleted }),
  ...(body === '' && attachments && { attachments }),
})

/** Who deleted it, where that was not the author. */
const removerOf = ({ base, deletedBy, isDeleted }: MessageNote, { deletedBy: before }: ChatMessage, me: ChatUser | undefined): ChatUser | undefined => {
  const by = deletedBy ?? (isDeleted ? undefined : me)
  if (!by || by.id === base!.author.id) return undefined
  return before?.id === by.id && before.name === by.name ? before : by
}

const failedOf = ({ failed }: MessageNote, before: FailedChange | undefined): FailedChange | undefined => {
  const last = failed.at(-1)
  if (!last || before?.error === last.error) return last && before
  const { clientId, kind = 'edit', body } = last.change
  return { clientId, kind, body, error: last.error }
}

/** The row to show. @param before what was shown, which stays when nothing changed */
export const show = (note: MessageNote, before: ChatMessage, quote: MessageQuote | undefined, me: ChatUser | undefined): ChatMessage => {
  const base = note.base!
  const isTakenBack = note.pending.some(({ kind }) => kind === 'delete')
  const isDeleted = note.isDeleted || isTakenBack
  const editing = isDeleted ? undefined : note.pending.findLast(({ kind }) => kind === 'edit')
  const change = editing ? 'edit' : isTakenBack && !note.isDeleted ? 'delete' : undefined
  const reactions = isDeleted ? [] : keepReactions(reactionsOf(note, me), before.reactions)
  const failedChange = failedOf(note, before.failedChange)
  const edited = editing ? { at: editing.createdAt } : note.edit
  const deletedBy = isDeleted ? removerOf(note, before, me) : undefined
  const { mentions: _mentions, ...rest } = base
  const { body, mentions } = editing ?? note.edit ?? base
  const row: ChatMessage = {
    ...(isDeleted ? emptied(base) : { ...rest, body, ...(mentions && { mentions }) }),
    ...(deletedBy && { deletedBy }),
    ...(!isDeleted && edited && { isEdited: true, editedAt: edited.at }),
    ...(reactions.length > 0 && { reactions }),
    ...(quote && !isDeleted && { quote: isSameQuote(quote, before.quote) ? before.quote! : quote }),
    ...(change && { pendingChange: change }),
    ...(failedChange && { failedChange }),
  }
  return isSameRow(row, before) ? before : row
}

const isSameRow = (a: ChatMessage, b: ChatMessage): boolean => {
  const keys = Object.keys(a) as (keyof ChatMessage)[]
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}
