import type { InjectionKey, Ref, ShallowRef } from 'vue'
import type { ChatAttachments } from '../attachments/chat-attachments.ts'
import type { Session } from '../core/index.ts'
import type { ChatLocale } from '../locale/en.ts'
import type { NoticeOptions } from '../notice/types.ts'
import type { ChatStore } from '../stores/index.ts'
import type { Drafts } from './drafts.ts'
import type { EmojiLoader } from './useEmoji.ts'

/** What `createChat` provides to its app. */
export interface ChatContext {
  readonly session: Session
  /** Connects, or does so as soon as there is an address. */
  open(): void
  /** Disconnects for good, until `open()` or `reconnect()`. */
  close(code?: number, reason?: string): void
  readonly locale: ShallowRef<ChatLocale>
  readonly online: Readonly<Ref<boolean>>
  readonly visible: Readonly<Ref<boolean>>
  /** The app's store, bound to the session. @throws ChatUsageError when the app has no Pinia */
  store(): ChatStore
  /** Connects an idle session, in a browser only. Never undoes a `close()`. */
  connect(): void
  /** Files: those that are chosen, those on their way, and where the others lie. */
  readonly attachments?: ChatAttachments
  /** What is being written, by room. */
  readonly drafts?: Drafts
  /** Loads the emoji, where the app has some. */
  readonly emoji?: EmojiLoader | undefined
  /** Where the server is, when it is always there; without a query, which may hold a secret. */
  readonly address?: string | undefined
  /** How people learn of what they do not look at. */
  readonly notice?: NoticeOptions | undefined
  /** A room was asked for from outside the page. */
  readonly roomWanted?: {
    on(listener: (room: string) => void): { off(): void }
    trigger(room: string): unknown
  }
}

export const chatKey: InjectionKey<ChatContext> = Symbol('vue-chat-socket')

/** The language of a part of the page. */
export const chatLocaleKey: InjectionKey<Readonly<Ref<ChatLocale>>> = Symbol('vue-chat-socket locale')
