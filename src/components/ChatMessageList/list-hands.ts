import type { Ref } from 'vue'
import type { ChatMessage } from '../../core/index.ts'
import type { ChatLocale } from '../../locale/en.ts'
import type { ChatMessageAction, MessageActionName } from '../types.ts'
import { useMessageTools, type MessageTools, type MessageToolsOptions } from './useMessageTools.ts'
import { useMessageWalk, type MessageWalkOptions } from './useMessageWalk.ts'
import type { MoveKey } from './useMessageFocus.ts'
import { useNotice } from './useNotice.ts'

export interface ListHandsOptions extends MessageWalkOptions, Pick<MessageToolsOptions, 'focusOn' | 'onLeave'> {
  readonly locale: Readonly<Ref<ChatLocale>>
  readonly messages: () => readonly ChatMessage[]
  readonly actions: (message: ChatMessage) => readonly MessageActionName[]
  /** Says a text to those who do not see it. */
  readonly tell: (text: string) => void
  readonly onAction: (action: ChatMessageAction) => void
}

/** What somebody needs who does more with messages than to read them; comes when they reach for one. */
export interface ListHands {
  readonly tools: MessageTools
  /** Key of the message that has the focus, or something in it. */
  readonly focused: () => string | undefined
  readonly walk: (key: MoveKey) => void
  /** Shown for a moment. */
  readonly notice: Readonly<Ref<string>>
  readonly show: (text: string) => void
}

export const useListHands = (options: ListHandsOptions): ListHands => {
  const { scroller, rows, locale, messages, actions, focusOn, tell, onAction, onLeave } = options
  const { notice, show } = useNotice(tell)
  const focused = (): string | undefined => rows.kept.value
  let at = 0
  const tools = useMessageTools({
    scroller,
    // Asked at every change of the list, and mostly still where it was.
    messageOf(key): ChatMessage | undefined {
      const all = messages()
      if (all[at]?.key !== key) at = all.findLastIndex((message) => message.key === key)
      return all[at]
    },
    allowed: (message) => actions(message),
    focused,
    focusOn,
    onAction,
    onLeave,
    onCopied: (isDone) => show(isDone ? locale.value.copied : locale.value.notCopied),
  })
  return { tools, focused, walk: useMessageWalk(options), notice, show }
}
