/** What tabs need of the browser. */
import type { TabMessage } from './messages.ts'

export type LockOptions = Pick<globalThis.LockOptions, 'signal' | 'steal' | 'ifAvailable'>

/** The part of Web Locks that is used. */
export interface TabLocks {
  request(name: string, options: LockOptions, work: (lock: unknown) => unknown): Promise<unknown>
}

/** A wire between all tabs but the one that speaks. */
export interface TabChannel {
  post(message: TabMessage): void
  close(): void
}

export interface TabPorts {
  readonly locks: TabLocks
  openChannel(name: string, hear: (message: TabMessage) => void): TabChannel
}

/** The browser's own; `undefined` where it has no Web Locks (insecure pages) or no BroadcastChannel. */
export const browserTabPorts = (): TabPorts | undefined => {
  const locks = typeof navigator === 'undefined' ? undefined : (navigator as Partial<Navigator>).locks
  if (!locks || typeof BroadcastChannel === 'undefined') return undefined
  return {
    locks: { request: (name, options, work) => locks.request(name, options, work) },
    openChannel(name, hear) {
      const channel = new BroadcastChannel(name)
      channel.onmessage = ({ data }: MessageEvent<TabMessage | undefined>) => {
        // Anything of this origin may speak here.
        if (typeof data?.type === 'string') hear(data)
      }
      return {
        post: (message) => {
          channel.postMessage(message)
        },
        close: () => {
          channel.close()
        },
      }
    },
  }
}
