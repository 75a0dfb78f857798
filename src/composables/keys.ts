import type { InjectionKey, Ref, ShallowRef } from 'vue'
import type { Session } from '../core/index.ts'
import type { ChatLocale } from '../locale/en.ts'
import type { ChatStore } from '../stores/index.ts'

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
}

export const chatKey: InjectionKey<ChatContext> = Symbol('vue-chat-socket')

/** The language of a part of the page. */
export const chatLocaleKey: InjectionKey<Readonly<Ref<ChatLocale>>> = Symbol('vue-chat-socket locale')
