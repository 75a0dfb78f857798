import { tryOnScopeDispose } from '@vueuse/core'
import { useChat } from './useChat.ts'

/**
 * Called with the room that a person asked for from outside the page, by a click on a notification. Ends with the scope.
 * @throws ChatUsageError in an app without createChat
 */
export const onRoomWanted = (listener: (room: string) => void): void => {
  const off = useChat('onRoomWanted()').roomWanted?.on(listener)
  if (off) tryOnScopeDispose(off.off)
}
