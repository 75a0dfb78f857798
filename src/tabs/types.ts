import type { Session, SessionOptions } from '../core/index.ts'
import type { TabPorts } from './ports.ts'

export interface SharedSessionOptions extends SessionOptions {
  /** Tabs with the same name share a connection. It must tell servers and users apart. */
  readonly name: string
  readonly ports: TabPorts
}

/** What a session knows of the other tabs. */
export interface Tabs {
  /** Whether this tab holds the connection. */
  isLeader(): boolean
  /** Called with each change of `isLeader()`. */
  onLeader(listener: (isLeader: boolean) => void): () => void
  /** Tells all other tabs of the same person. @param value something that can be cloned */
  share(topic: string, value: unknown): void
  onShared(topic: string, listener: (value: unknown) => void): () => void
}

export interface SharedSession extends Session {
  readonly tabs: Tabs
}

/** What the app wants of this tab. `asleep`: the page is put to sleep and means to come back. */
export type Intent = 'idle' | 'open' | 'closed' | 'asleep' | 'over'

/** Makes a session that is shared between tabs; nothing where the browser cannot. */
export type TabSharing = (options: SessionOptions) => Session | undefined
