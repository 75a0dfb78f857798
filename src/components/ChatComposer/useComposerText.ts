import { computed, nextTick, onBeforeUnmount, watch, type Ref, type WritableComputedRef } from 'vue'
import { draftsHere, passingDrafts } from '../../composables/useDrafts.ts'
import type { ChatMessage, ChatUser } from '../../core/index.ts'

export interface ComposerTextOptions {
  readonly props: { readonly room?: string | undefined; readonly editing?: ChatMessage | undefined }
  readonly field: Readonly<Ref<HTMLTextAreaElement | null>>
}

export interface ComposerText {
  /** What stands in the field: the draft, or the new text of the message that is edited. */
  readonly text: WritableComputedRef<string>
  readonly mentions: WritableComputedRef<readonly ChatUser[]>
  /** Somebody writes here: what another tab says of the draft waits. */
  hold(): void
  release(): void
}

/** The text of the field. An edit has a text of its own, and the draft from before comes back after it. */
export const useComposerText = ({ props, field }: ComposerTextOptions): ComposerText => {
  // Without a room it is nobody else's.
  const drafts = props.room === undefined ? passingDrafts() : draftsHere()
  const room = (): string => props.room ?? ''
  let end: (() => void) | undefined
  const release = (): void => {
    end?.()
    end = undefined
  }

  watch(
    [room, () => props.editing] as const,
    async ([now, editing], [before, editingBefore]) => {
      if (before !== now || editing?.key === editingBefore?.key) return
      if (!editing) drafts.patch(now, { edit: undefined })
      await nextTick()
      const element = field.value
      // An answer takes no focus by itself: it may have come with a draft, from another tab or before a reload.
      if (editing) element?.focus()
      element?.setSelectionRange(element.value.length, element.value.length)
    },
    { flush: 'post' },
  )
  watch(room, release)
  onBeforeUnmount(release)

  return {
    text: computed({
      get() {
        const { text, edit } = drafts.get(room())
        if (!props.editing) return text
        return edit?.message.key === props.editing.key ? edit.text : props.editing.body
      },
      set: (text) => drafts.patch(room(), props.editing ? { edit: { message: props.editing, text } } : { text }),
    }),
    mentions: computed({ get: () => drafts.get(room()).mentions ?? [], set: (mentions) => drafts.patch(room(), { mentions }) }),
    hold() {
      release()
      end = drafts.hold(room())
    },
    release,
  }
}
