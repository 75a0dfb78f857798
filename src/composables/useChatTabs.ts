import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue'
import type { Session } from '../core/index.ts'
import type { SharedSession, Tabs } from '../tabs/index.ts'
import { useChat } from './useChat.ts'

/** What a session knows of other tabs; `undefined` when it shares nothing. */
export const tabsOf = (session: Session): Tabs | undefined => (session as Partial<SharedSession>).tabs

export interface UseChatTabsReturn {
  /** Whether this tab speaks for all: for what must happen once, such as notifications. Always true when nothing is shared. */
  readonly isLeader: Readonly<Ref<boolean>>
  /** Whether the tabs share a connection. */
  readonly isShared: boolean
}

/** How this tab stands to the others that show the app's chat. */
export const useChatTabs = (): UseChatTabsReturn => {
  const tabs = tabsOf(useChat('useChatTabs()').session)
  const isLeader = shallowRef(tabs?.isLeader() ?? true)
  if (tabs) onScopeDispose(tabs.onLeader((is) => (isLeader.value = is)), true)
  return { isLeader: readonly(isLeader), isShared: tabs !== undefined }
}
