import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import type { ChatMessage } from '../core/index.ts'
import { draftsHere, type DraftReply } from './useDrafts.ts'

export interface MessageDraftTargetOptions {
  /** Each room has a target of its own, which waits while another room is on screen. */
  readonly room: MaybeRefOrGetter<string>
  /** The rows of the room. */
  readonly messages: MaybeRefOrGetter<readonly ChatMessage[]>
}

export interface UseMessageDraftTargetReturn {
  /** What the next message answers, as it is now. A deleted message can be answered. */
  readonly replying: ComputedRef<ChatMessage | undefined>
  /** The own message whose text is being changed. It ends by itself when the message is deleted or gone. */
  readonly editing: ComputedRef<ChatMessage | undefined>
  reply(message: ChatMessage): void
  /** An answer that was begun stays, and comes back after the edit. */
  edit(message: ChatMessage): void
  /** Edits the last own message that can be. @returns whether there is one */
  editLast(): boolean
  cancelReply(): void
  cancelEdit(): void
}

/** Characters of the answered message that are kept for when it is not loaded. */
const EXCERPT = 200

/** How far up the last own message is looked for. */
const NEAR_END = 200

const canBeEdited = ({ isOwn, isDeleted, seq, failure }: ChatMessage): boolean => isOwn && !isDeleted && seq !== undefined && !failure

const replyTo = ({ seq, author, body }: ChatMessage): DraftReply | undefined =>
  seq === undefined ? undefined : { seq, author: { id: author.id, name: author.name }, body: body.slice(0, EXCERPT) }

/** What the text that is being written belongs to: an answer, an edit, or nothing. Kept with the draft of the room. */
export const useMessageDraftTarget = ({ room, messages }: MessageDraftTargetOptions): UseMessageDraftTargetReturn => {
  const drafts = draftsHere()
  const here = (): string => toValue(room)
  // Without the text, which changes with every key.
  const reply = computed(() => drafts.get(here()).reply)
  const edit = computed(() => drafts.get(here()).edit?.message)

  const editing = computed(() => {
    const { value: target } = edit
    // Only a list with a target is searched, and what is written to is mostly near its end.
    const message = target && toValue(messages).findLast(({ key }) => key === target.key)
    return message && canBeEdited(message) ? message : undefined
  })
  const begin = (message: ChatMessage): void => {
    // Begun again it keeps what was changed so far.
    if (edit.value?.key !== message.key) drafts.patch(here(), { edit: { message, text: message.body } })
  }

  return {
    replying: computed(() => {
      const { value: target } = reply
      if (!target) return undefined
      // A message that is not loaded any more can be answered all the same.
      return toValue(messages).findLast(({ seq }) => seq === target.seq) ?? rowOf(here(), target)
    }),
    editing,
    reply: (message) => drafts.patch(here(), { reply: replyTo(message), edit: undefined }),
    edit: begin,
    editLast() {
      const message = toValue(messages).slice(-NEAR_END).findLast(canBeEdited)
      if (message) begin(message)
      return message !== undefined
    },
    cancelReply: () => drafts.patch(here(), { reply: undefined }),
    cancelEdit: () => drafts.patch(here(), { edit: undefined }),
  }
}

const rowOf = (room: string, { seq, author, body }: DraftReply): ChatMessage => ({
  key: `${room}:${seq}`,
  room,
  seq,
  author,
  body,
  createdAt: 0,
  isOwn: false,
  status: 'sent',
})
