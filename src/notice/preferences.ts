import { useLocalStorage } from '@vueuse/core'
import type { Ref } from 'vue'
import type { ChatContext } from '../composables/keys.ts'

/** What a person has chosen, on this device. */
export interface NoticePreferences {
  /** @default true; the browser's permission is needed as well */
  readonly desktop: boolean
  /** @default true */
  readonly sound: boolean
  /** Rooms that are never told of. */
  readonly muted: readonly string[]
}

const DEFAULTS: NoticePreferences = { desktop: true, sound: true, muted: [] }

/** Anybody may have written there. */
const read = (text: string): NoticePreferences => {
  try {
    const { desktop, sound, muted } = (JSON.parse(text) ?? {}) as Partial<Record<keyof NoticePreferences, unknown>>
    return {
      desktop: desktop !== false,
      sound: sound !== false,
      muted: Array.isArray(muted) ? muted.filter((room) => typeof room === 'string') : [],
    }
  } catch {
    return DEFAULTS
  }
}

/** Kept in localStorage, the same in all tabs. */
export const useNoticePreferences = ({ address = '' }: ChatContext): Ref<NoticePreferences> =>
  useLocalStorage(`vue-chat-socket:notice:${address}`, DEFAULTS, {
    serializer: { read, write: JSON.stringify },
    shallow: true,
    // A choice is kept even when the page goes with the same click.
    flush: 'sync',
    initOnMounted: true,
    writeDefaults: false,
  })
