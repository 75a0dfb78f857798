import { ChatUsageError, type SessionOptions } from '../core/index.ts'
import { browserTabPorts } from './ports.ts'
import { sharedSession } from './shared-session.ts'
import type { TabSharing } from './types.ts'

export interface SharedTabsOptions {
  /** Tabs with the same name share; needed when the address is not a fixed text. @default the address */
  readonly name?: string
}

/** Tabs that speak another language, as before and after an update of the app, do not meet. */
const TABS_VERSION = 1

/**
 * One of the tabs that show this chat to the same person holds the connection, the others talk through it. Without Web
 * Locks or BroadcastChannel every tab has its own.
 * @throws ChatUsageError, when the session is made, for options that cannot tell people or servers apart
 */
export const sharedTabs =
  ({ name }: SharedTabsOptions = {}): TabSharing =>
  (options) => {
    const shared = nameOf(name, options)
    const ports = browserTabPorts()
    return ports && sharedSession({ ...options, name: shared, ports })
  }

/** Tabs of different people, or at different servers, must not meet. */
const nameOf = (name: string | undefined, { url, base, user, token, dialect }: SessionOptions): string => {
  if (token !== undefined && user === undefined) {
    throw new ChatUsageError('`tabs` shares a connection between tabs of one person: pass `user` too, so that two people with a token each are told apart.')
  }
  if (name === undefined && typeof url === 'function') {
    throw new ChatUsageError("`sharedTabs()` tells servers apart by their address, which here may change: give it a name, `sharedTabs({ name: 'my-chat' })`.")
  }
  const where = name ?? new URL(String(url), base).href
  return `vue-chat-socket:${TABS_VERSION}:${JSON.stringify([where, dialect.name, user?.id ?? null])}`
}
