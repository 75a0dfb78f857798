import { computed, toValue, watch, type MaybeRefOrGetter, type WritableComputedRef } from 'vue'
import { useChat } from '../composables/useChat.ts'
import { useChatLocale } from '../composables/useChatLocale.ts'
import type { News } from './news.ts'
import { useNoticePreferences } from './preferences.ts'
import { useDesktopPermission, type DesktopPermission } from './useDesktopPermission.ts'
import { useRoomMutes, type RoomMutes } from './useRoomMutes.ts'
import { useTelling, type TellingOptions } from './useTelling.ts'

export interface ChatNotificationsOptions extends TellingOptions {
  /** Shows the room of a notification that was clicked; the window has the focus by then. @default tells `onRoomWanted` only */
  readonly open?: ((room: string) => void) | undefined
  /** Address of a picture. @default the browser's */
  readonly icon?: string | undefined
  /** Makes no sound of the system's, because there is one of our own. @default false */
  readonly silent?: MaybeRefOrGetter<boolean>
}

export interface UseChatNotificationsReturn extends DesktopPermission, RoomMutes {
  /** What the person wants, kept on this device. Shown only with permission. */
  readonly isOn: WritableComputedRef<boolean>
}

const TAG = 'vue-chat-socket:'

/**
 * Desktop notifications of what others say in rooms that nobody looks at: one per room, in one tab of the browser.
 * Call it once in an app, or give `notice` to `createChat`. Asks for nothing by itself.
 * @throws ChatUsageError in an app without createChat or Pinia
 */
export const useChatNotifications = (options: ChatNotificationsOptions = {}): UseChatNotificationsReturn => {
  const chat = useChat('useChatNotifications()')
  const locale = useChatLocale()
  const preferences = useNoticePreferences(chat)
  const { web, ...asking } = useDesktopPermission()
  const store = chat.store()
  /** By room, with what was unread there when we looked last. */
  const shown = new Map<string, { readonly notification: Notification; unread: number }>()

  const isOn = computed({
    get: () => preferences.value.desktop,
    set: (desktop) => (preferences.value = { ...preferences.value, desktop }),
  })

  const show = async (news: News, count: number): Promise<void> => {
    const { room, title, author, body, isMention, isDirect } = news
    const say = locale.value.notice
    await web.ensurePermissions()
    const notification = await web.show({
      title: isMention ? say.mention(author, title) : isDirect ? author : say.message(author, title),
      body: count > 1 ? `${body}\n${say.more(count - 1)}` : body,
      tag: TAG + room,
      // Whoever is spoken to hears of each time.
      renotify: isMention,
      silent: toValue(options.silent) ?? false,
      dir: 'auto',
      lang: locale.value.tag,
      ...(options.icon !== undefined && { icon: options.icon }),
    })
    if (notification) shown.set(room, { notification, unread: store.unread(room) })
  }

  web.onClick((event) => {
    const notification = event?.target as Notification | undefined
    const room = notification?.tag.slice(TAG.length)
    window.focus()
    notification?.close()
    if (room === undefined) return
    options.open?.(room)
    chat.roomWanted?.trigger(room)
  })

  const { isSeen } = useTelling({
    ...options,
    chat,
    topic: 'desktop',
    preferences,
    isOn: () => isOn.value,
    isAble: () => asking.permission.value === 'granted',
    tell: (news, count) => void show(news, count),
  })
  const closeSeen = (): void => {
    for (const [room, one] of [...shown]) {
      const unread = store.unread(room)
      // Read in another tab, or on another device.
      const isRead = unread === 0 && one.unread > 0
      one.unread = unread
      if (!isRead && !isSeen(room)) continue
      one.notification.close()
      shown.delete(room)
    }
  }
  watch([chat.visible, () => store.state], closeSeen)

  return { ...asking, isOn, ...useRoomMutes(preferences) }
}
