import { hasInjectionContext, inject } from 'vue'
import { ChatUsageError } from '../core/index.ts'
import { chatKey, type ChatContext } from './keys.ts'

/** The app's chat. @throws ChatUsageError outside of an app that has one */
export const useChat = (caller: string): ChatContext => {
  const chat = hasInjectionContext() ? inject(chatKey, undefined) : undefined
  if (chat) return chat
  throw new ChatUsageError(
    hasInjectionContext()
      ? `${caller} found no chat in this app: call app.use(createChat({ url })) before app.mount().`
      : `${caller} was called outside of setup(): call it at the top of <script setup>, or inside app.runWithContext().`,
  )
}
