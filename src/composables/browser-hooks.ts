import { useDocumentVisibility, useEventListener, useOnline } from '@vueuse/core'
import { computed, readonly, type Ref } from 'vue'
import type { Session } from '../core/index.ts'
import { inBrowser } from './environment.ts'

export interface BrowserHooks {
  /** What the browser believes; a hint. */
  readonly online: Readonly<Ref<boolean>>
  readonly visible: Readonly<Ref<boolean>>
}

/** Wakes the session when the network or the page comes back. Ends with the effect scope. */
export const useBrowserHooks = (session: Session): BrowserHooks => {
  const visibility = useDocumentVisibility()
  const online = useOnline()
  if (inBrowser()) {
    // The events, not the refs: going from one network to another is an `online` without an `offline`.
    useEventListener(window, 'online', () => session.wake('online'))
    useEventListener(window, 'offline', () => session.suspectOffline())
    useEventListener(document, 'visibilitychange', () => {
      if (document.visibilityState === 'visible') session.wake('visible')
    })
  }
  return { online: readonly(online), visible: computed(() => visibility.value === 'visible') }
}
