import { useEventListener } from '@vueuse/core'
import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'
import { inBrowser } from '../composables/environment.ts'
import type { ChatContext } from '../composables/keys.ts'
import { watchNews, type News } from './news.ts'
import { browserNoticePorts, type NoticePorts } from './ports.ts'
import type { NoticePreferences } from './preferences.ts'
import { createTeller, type Teller } from './teller.ts'

/** What is worth telling: everything, direct conversations and mentions, or mentions alone. */
export type NoticeScope = 'all' | 'direct' | 'mentions'

export interface TellingOptions {
  /** @default 'all' */
  readonly only?: MaybeRefOrGetter<NoticeScope | undefined>
  /** For tests. @default the browser's */
  readonly ports?: NoticePorts | undefined
}

interface Telling extends TellingOptions {
  readonly chat: ChatContext
  readonly topic: string
  readonly preferences: Ref<NoticePreferences>
  readonly isOn: () => boolean
  /** Whether this tab can tell; another one may. */
  readonly isAble: () => boolean
  tell(news: News, count: number): void
}

export interface UseTellingReturn {
  /** A person has this room before their eyes in this tab. */
  isSeen(room: string): boolean
}

/** Hands what is new to `tell`, in one tab only, and only where no tab shows it. Ends with the effect scope. */
export const useTelling = ({ chat, topic, preferences, only, isOn, isAble, tell, ports = browserNoticePorts() }: Telling): UseTellingReturn => {
  const store = chat.store()
  const isSeen = (room: string): boolean => chat.visible.value && store.state.watched.includes(room)
  if (!inBrowser()) return { isSeen }

  const isWanted = ({ room, isMention, isDirect }: News): boolean => {
    const scope = toValue(only) ?? 'all'
    if (preferences.value.muted.includes(room) || isSeen(room)) return false
    return scope === 'all' || isMention || (scope === 'direct' && isDirect)
  }

  // A page that is put aside may never come back, and must not keep the others from telling.
  const isAwake = shallowRef(true)
  useEventListener(window, 'pagehide', () => (isAwake.value = false))
  useEventListener(window, 'pageshow', () => (isAwake.value = true))

  let teller: Teller | undefined
  watch(
    () => (isOn() && isAwake.value && store.me ? `vue-chat-socket:${topic}:${chat.address ?? ''}:${store.me.id}` : undefined),
    (name, _before, onCleanup) => {
      if (name === undefined) return
      const mine = createTeller({ name, isSeen, tell, ports })
      teller = mine
      const stop = watch(isAble, (able) => (able ? mine.stand() : mine.stepBack()), { immediate: true, flush: 'sync' })
      onCleanup(() => {
        teller = undefined
        stop()
        mine.end()
      })
    },
    { immediate: true, flush: 'sync' },
  )

  const known = new Map(
    [...store.state.rooms.values()].flatMap(({ room, epoch, backlogTop }) => (epoch === undefined ? [] : [[room, { epoch, floor: backlogTop }]])),
  )
  const end = watchNews(chat.session, {
    known,
    factsOf: (room) => ({ title: store.title(room), isDirect: store.listing(room)?.kind === 'direct' }),
    topOf: (room) => store.listing(room)?.top,
    tell(news) {
      if (isWanted(news)) teller?.offer(news)
    },
  })
  onScopeDispose(end)
  return { isSeen }
}
