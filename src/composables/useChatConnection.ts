import type { BrowserHooks } from './browser-hooks.ts'
import { whenMounted } from './environment.ts'
import { mirrorSession, type SessionRefs } from './session-refs.ts'
import { useChat } from './useChat.ts'

export interface UseChatConnectionReturn extends SessionRefs, BrowserHooks {
  /** Connects; replaces a present socket. Undoes a `close()`. */
  open(): void
  /** Disconnects and stays so until `open()` or `reconnect()`. @param code 1000 or 3000-4999 @default 1000 */
  close(code?: number, reason?: string): void
  /** Tries at once; a person's "Retry now". */
  reconnect(): void
}

/**
 * How the app's connection fares, and the commands for it; connects when it was not used before.
 * Weighs a tenth of `useChatSocket()`, which can do more: callbacks, raw data, a connection of its own.
 * @throws ChatUsageError in an app without createChat
 */
export const useChatConnection = (): UseChatConnectionReturn => {
  const chat = useChat('useChatConnection()')
  whenMounted(chat.connect)
  return {
    ...mirrorSession(chat.session).refs,
    online: chat.online,
    visible: chat.visible,
    open: chat.open,
    close: chat.close,
    reconnect: () => chat.session.reconnect(),
  }
}
