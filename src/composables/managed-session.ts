import { onScopeDispose } from 'vue'
import type { Session } from '../core/index.ts'
import { inBrowser } from './environment.ts'
import { makeSession, type ConnectionOptions } from './make-session.ts'
import { fixedUrl, watchUrl, type SocketUrl } from './watched-url.ts'

/** A session that follows its address. Ends with the effect scope. */
export interface ManagedSession {
  readonly session: Session
  /** Connects, or does so as soon as there is an address. In a browser only. */
  open(): void
  close(code?: number, reason?: string): void
  /** Learns what the address depends on without connecting; does not call functions, which may be costly. */
  prepare(): void
}

/**
 * @param autoConnect connects again when the address changes, except after a `close()`
 * @throws ChatUsageError when an option can never work
 */
export const manageSession = (url: SocketUrl, options: ConnectionOptions, autoConnect = true): ManagedSession => {
  /** Not connected for lack of an address, though the user wants to be. */
  let isHeld = false

  const source = watchUrl(url, (isThere) => {
    const { state, cause } = session.snapshot()
    const isClosedByUser = state === 'closed' && cause?.kind === 'user' && !isHeld
    if (autoConnect && !isClosedByUser) go(isThere)
  })
  const session = makeSession(fixedUrl(url) ?? source.ask, options)
  if (options.storage && inBrowser()) onScopeDispose(options.storage.attach(session))
  onScopeDispose(() => session.dispose())

  const go = (isThere: boolean): void => {
    isHeld = !isThere
    if (isThere) session.open()
    else if (session.snapshot().state !== 'idle') session.close()
  }

  return {
    session,
    open() {
      if (!inBrowser()) return
      go(source.look())
      source.forget()
    },
    close(code, reason) {
      isHeld = false
      session.close(code, reason)
    },
    prepare() {
      if (!inBrowser() || typeof url === 'function') return
      source.look()
      source.forget()
    },
  }
}
