import { computed, shallowRef, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import type { ChatMessage } from '../core/index.ts'

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

interface Targets {
  readonly reply?: ChatMessage | undefined
  readonly edit?: ChatMessage | undefined
}

/** How far up the last own message is looked for. */
const NEAR_END = 200

const canBeEdited = ({ isOwn, isDeleted, seq, failure }: ChatMessage): boolean => isOwn && !isDeleted && seq !== undefined && !failure

/** What the text that is being written belongs to: an answer, an edit, or nothing. */
export const useMessageDraftTarget = ({ room, messages }: MessageDraftTargetOptions): UseMessageDraftTargetReturn => {
  const targets = shallowRef<ReadonlyMap<string, Targets>>(new Map())
  const here = computed<Targets>(() => targets.value.get(toValue(room)) ?? {})
  const set = (changes: Targets): void => {
    targets.value = new Map(targets.value).set(toValue(room), { ...here.value, ...changes })
  }
  // Only a list with a target is searched, and what is written to is mostly near its end.
  const now = (target: ChatMessage | undefined): ChatMessage | undefined =>
    target && toValue(messages).findLast(({ key }) => key === target.key)

  const editing = computed(() => {
    const message = now(here.value.edit)
    return message && canBeEdited(message) ? message : undefined
  })

  return {
    // A message that is not loaded any more can be answered all the same.
    replying: computed(() => now(here.value.reply) ?? here.value.reply),
    editing,
    reply: (message) => set({ reply: message, edit: undefined }),
    edit: (message) => set({ edit: message }),
    editLast() {
      const message = toValue(messages).slice(-NEAR_END).findLast(canBeEdited)
      if (message) set({ edit: message })
      return message !== undefined
    },
    cancelReply: () => set({ reply: undefined }),
    cancelEdit: () => set({ edit: undefined }),
  }
}
