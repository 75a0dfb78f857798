/** What was done to the messages of one room while a batch is applied. */
import type { ChatError, ChatMessage, ChatUser, MessageQuote, PendingMessage, ReceivedMessage } from '../core/index.ts'
import { amend, BLANK_NOTE, isSameQuote, quoteOf, show, withBase, type MessageNote } from './message-notes.ts'
import type { RoomState } from './room-types.ts'

export interface NotesPort {
  me(): ChatUser | undefined
  /** The row as it is shown. */
  rowAt(seq: number): ChatMessage | undefined
  setRowAt(seq: number, row: ChatMessage): void
}

export interface RoomNotes {
  /** The message as the log has it, where more was done to it. */
  baseOf(seq: number): ChatMessage | undefined
  quoteAt(seq: number | undefined): MessageQuote | undefined
  /** Takes the row that the log has at its seq; it stands in its place already. */
  settle(base: ChatMessage): void
  amend(target: number, change: ReceivedMessage): void
  /** Shows a change of ours before the server has it. */
  expect(target: number, change: PendingMessage): void
  /** The change of ours that waits under this client id. */
  expected(clientId: string): PendingMessage | undefined
  /** Undoes what was expected and tells why. @returns false when nothing was */
  refuse(clientId: string, error: ChatError): boolean
  /** Expects again what was refused. */
  again(clientId: string): void
  /** Ends what was expected or refused. @returns false when nothing was */
  undo(clientId: string): boolean
  /** Tells again whether the row is ours, and which of its reactions. */
  reassign(seq: number, isOwn: boolean): void
  /** The row is let go of; what was done to it is remembered, for when it comes again. */
  release(seq: number): void
  clear(): void
  result(): Partial<Pick<RoomState, 'notes' | 'changing'>>
}

/** Notes lie in drawers, so that one of many can change without a copy of all. */
const DRAWER = 256
const drawerOf = (seq: number): number => Math.floor(seq / DRAWER)

const without = (note: MessageNote, clientId: string): MessageNote => ({
  ...note,
  pending: note.pending.filter((change) => change.clientId !== clientId),
  failed: note.failed.filter(({ change }) => change.clientId !== clientId),
})

export const openNotes = (room: RoomState, { me, rowAt, setRowAt }: NotesPort): RoomNotes => {
  let notes: Map<number, ReadonlyMap<number, MessageNote>> | undefined
  /** Drawers that this batch has copied already. */
  const own = new Map<number, Map<number, MessageNote>>()
  let changing: Map<string, number> | undefined

  const noteOf = (seq: number): MessageNote | undefined => (notes ?? room.notes).get(drawerOf(seq))?.get(seq)
  const setNote = (seq: number, note: MessageNote): void => {
    const at = drawerOf(seq)
    notes ??= new Map(room.notes)
    const drawer = own.get(at) ?? new Map(notes.get(at))
    own.set(at, drawer)
    notes.set(at, drawer.set(seq, note))
  }
  const targetOf = (clientId: string): number | undefined => (changing ?? room.changing).get(clientId)
  const track = (): Map<string, number> => (changing ??= new Map(room.changing))

  const quoteAt = (seq: number | undefined): MessageQuote | undefined => {
    const row = seq === undefined ? undefined : rowAt(seq)
    return row && quoteOf(row)
  }

  /** Shows what the note says, here and where it is quoted. */
  const refresh = (seq: number): void => {
    const note = noteOf(seq)
    const before = rowAt(seq)
    if (!note?.base || !before) {
      // Nobody knows any more what it says now.
      note?.answers.forEach(refresh)
      return
    }
    const row = show(note, before, quoteAt(note.base.replyTo), me())
    setRowAt(seq, row)
    if (!isSameQuote(quoteOf(row), quoteOf(before))) note.answers.forEach(refresh)
  }

  const annotate = (seq: number, change: (note: MessageNote) => MessageNote): void => {
    const note = noteOf(seq) ?? { ...BLANK_NOTE, base: rowAt(seq) }
    const next = change(note)
    if (next === note) return
    setNote(seq, next)
    refresh(seq)
  }

  return {
    baseOf: (seq) => noteOf(seq)?.base,
    quoteAt,
    settle(base) {
      const { seq = 0, replyTo } = base
      const note = noteOf(seq)
      if (!note && replyTo === undefined && !base.isDeleted) return
      setNote(seq, withBase(note ?? BLANK_NOTE, base))
      if (replyTo !== undefined) {
        annotate(replyTo, (target) => (target.answers.includes(seq) ? target : { ...target, answers: [...target.answers, seq] }))
      }
      refresh(seq)
      note?.answers.forEach(refresh)
    },
    amend: (target, change) => annotate(target, (note) => amend(note, change)),
    expect(target, change) {
      if (targetOf(change.clientId) !== undefined) return
      track().set(change.clientId, target)
      annotate(target, (note) => ({ ...note, pending: [...note.pending, change] }))
    },
    expected(clientId) {
      const target = targetOf(clientId)
      return target === undefined ? undefined : noteOf(target)?.pending.find((change) => change.clientId === clientId)
    },
    refuse(clientId, error) {
      const target = targetOf(clientId)
      if (target === undefined) return false
      annotate(target, (note) => {
        const change = note.pending.find((pending) => pending.clientId === clientId)
        return change ? { ...without(note, clientId), failed: [...note.failed, { change, error }] } : note
      })
      return true
    },
    again(clientId) {
      const target = targetOf(clientId)
      if (target === undefined) return
      annotate(target, (note) => {
        const change = note.failed.find((failed) => failed.change.clientId === clientId)?.change
        return change ? { ...without(note, clientId), pending: [...note.pending, change] } : note
      })
    },
    undo(clientId) {
      const target = targetOf(clientId)
      if (target === undefined) return false
      track().delete(clientId)
      annotate(target, (note) => without(note, clientId))
      return true
    },
    reassign(seq, isOwn) {
      const note = noteOf(seq)
      if (note?.base && note.base.isOwn !== isOwn) setNote(seq, { ...note, base: { ...note.base, isOwn } })
      refresh(seq)
    },
    release(seq) {
      const note = noteOf(seq)
      if (note?.base) setNote(seq, { ...note, base: undefined })
    },
    clear() {
      notes = new Map()
      own.clear()
      changing = new Map()
    },
    result: () => ({ ...(notes && { notes }), ...(changing && { changing }) }),
  }
}
