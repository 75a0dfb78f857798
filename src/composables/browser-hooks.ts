import { useDocumentVisibility, useEventListener, useIntervalFn, useOnline } from '@vueuse/core'
import { computed, readonly, type Ref } from 'vue'
import type { Session } from '../core/index.ts'
import { inBrowser } from './environment.ts'

export interface BrowserHooks {
  /** What the browser believes; a hint. */
  readonly online: Readonly<Ref<boolean>>
  readonly visible: Readonly<Ref<boolean>>
}

/** How often the clock is looked at to notice a sleep, in milliseconds. */
const TICK_MS = 5_000

/** A tick that comes this much later than the one before means that the machine slept, in milliseconds. */
const SLEEP_MS = 20_000

/** Wakes the session when the network or the page comes back. Ends with the effect scope. */
export const useBrowserHooks = (session: Session): BrowserHooks => {
  const visibility = useDocumentVisibility()
  const online = useOnline()
  const isVisible = (): boolean => document.visibilityState === 'visible'
  if (inBrowser()) {
    // The events, not the refs: going from one network to another is an `online` without an `offline`.
    useEventListener(window, 'online', () => session.hint('online'))
    useEventListener(window, 'offline', () => session.hint('offline'))
    useEventListener(connectionOf(navigator), 'change', () => session.hint('online'))
    useEventListener(document, 'visibilitychange', () => {
      isFrozen &&= !isVisible()
      session.hint(isVisible() ? 'visible' : 'hidden')
    })
    if (!isVisible()) session.hint('hidden')
    // A page with an open socket is not kept for "back"; a frozen one hears nothing. Both come back by `resume`.
    // Going into the back/forward cache is both.
    let isFrozen = false
    const freeze = (): void => {
      if (!isFrozen) session.hint('frozen')
      isFrozen = true
    }
    useEventListener(document, 'freeze', freeze)
    useEventListener(window, 'pagehide', freeze)
    // A page that comes out of the back/forward cache or was frozen may never have been hidden, and may still be.
    const wake = (): void => {
      isFrozen = false
      session.hint('visible')
      if (!isVisible()) session.hint('hidden')
    }
    useEventListener(document, 'resume', wake)
    useEventListener(window, 'pageshow', ({ persisted }) => {
      if (persisted) wake()
    })
    let tickedAt = Date.now()
    useIntervalFn(() => {
      const before = tickedAt
      tickedAt = Date.now()
      // Hidden pages are ticked late by the browser; they are asked when they are shown.
      if (tickedAt - before > SLEEP_MS && isVisible()) session.hint('visible')
    }, TICK_MS)
  }
  return { online: readonly(online), visible: computed(() => visibility.value === 'visible') }
}

/** Chromium tells here that the network is another one; other browsers do not have it. */
const connectionOf = (of: Navigator): EventTarget | undefined => (of as { connection?: EventTarget }).connection
