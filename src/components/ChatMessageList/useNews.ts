import { watch } from 'vue'
import { useTexts } from '../../composables/useTexts.ts'
import { compareLists, type CompareLists } from '../../composables/message-changes.ts'
import type { ChatMessage } from '../../core/index.ts'
import type { ChatMessageListProps } from '../types.ts'
import { useAnnouncer, type Announcer } from './useAnnouncer.ts'

export interface NewsOptions {
  readonly messages: () => readonly ChatMessage[]
  readonly props: Pick<ChatMessageListProps, 'announce' | 'loading'>
  readonly compare: CompareLists<ChatMessage>
}

const isFromOther = ({ isOwn }: ChatMessage): boolean => !isOwn

/** Tells those who do not see it what others have said, and at once what of ours has failed. */
export const useNews = ({ messages, props, compare }: NewsOptions): Pick<Announcer<ChatMessage>, 'polite' | 'assertive' | 'tell'> => {
  const locale = useTexts()
  const { polite, assertive, add, tell, alarm, clear } = useAnnouncer<ChatMessage>({
    sentence(news) {
      const [only] = news
      return props.announce === 'all' && only && news.length === 1
        ? locale.value.announceMessage(only.author.name, only.body.slice(0, 500) || locale.value.attachments.summary((only.attachments ?? []).map(({ name }) => name)))
        : locale.value.announceNewMessages(news.length)
    },
  })

  watch(
    () => [messages(), props.loading] as const,
    ([now], [before, wasLoading]) => {
      const change = compareLists(before, now, compare)
      const isFirstEver = before.length === 0 && !wasLoading
      if (change.isReplaced && !isFirstEver) clear()
      else if (props.announce !== 'off') add(isFirstEver ? now.filter(isFromOther) : change.received)
      if (change.failed.length > 0) alarm(locale.value.announceFailed)
      else if (change.unchanged.length > 0) alarm(locale.value.changeFailed(change.unchanged[0]!.failedChange!.kind))
    },
  )

  return { polite, assertive, tell }
}
