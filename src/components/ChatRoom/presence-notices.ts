import { computed, type ComputedRef, type Ref } from 'vue'
import type { ChatContext } from '../../composables/keys.ts'
import { presenceRows } from '../../composables/presence-rows.ts'
import type { ChatUser } from '../../core/index.ts'
import type { ChatLocale } from '../../locale/en.ts'
import { listOf } from '../shared/formats.ts'
import type { ChatListNotice } from '../types.ts'

/** More names than these are counted. */
const NAMES = 3

/** With more people than these in a room nobody wants to know. */
const MANY = 30

const namesOf = (users: readonly ChatUser[], locale: ChatLocale): string => {
  const shown = users.length <= NAMES ? users : users.slice(0, NAMES - 1)
  const names = shown.map(({ name }) => name)
  return listOf(users.length > shown.length ? [...names, locale.andOthers(users.length - shown.length)] : names, locale)
}

/** Lines that tell who came and went. */
export const presenceNotices = (
  chat: ChatContext,
  locale: Readonly<Ref<ChatLocale>>,
  props: Readonly<{ room: string; presenceRows?: boolean | number | undefined }>,
): ComputedRef<readonly ChatListNotice[]> => {
  const rows = presenceRows(chat, () => props.room, {
    enabled: () => !!props.presenceRows,
    maxPeople: () => (typeof props.presenceRows === 'number' ? props.presenceRows : MANY),
  })
  return computed(() =>
    rows.value.map(({ key, after, at, joined, left }) => ({
      key,
      after,
      at,
      text: [joined.length > 0 && locale.value.cameIn(namesOf(joined, locale.value)), left.length > 0 && locale.value.wentOut(namesOf(left, locale.value))]
        .filter((part) => part !== false)
        .join(' · '),
    })),
  )
}
