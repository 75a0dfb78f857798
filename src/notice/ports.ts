/** What telling in one tab only needs of the browser. */

export interface NoticeLocks {
  request(name: string, options: { readonly signal: AbortSignal }, work: () => unknown): Promise<unknown>
}

export interface NoticeChannel {
  post(message: unknown): void
  close(): void
}

export interface NoticePorts {
  readonly locks: NoticeLocks
  /** A wire between all tabs but the one that speaks. */
  openChannel(name: string, hear: (message: unknown) => void): NoticeChannel
}

/** The browser's own; `undefined` where it has no Web Locks (insecure pages) or no BroadcastChannel. */
export const browserNoticePorts = (): NoticePorts | undefined => {
  const locks = typeof navigator === 'undefined' ? undefined : (navigator as Partial<Navigator>).locks
  if (!locks || typeof BroadcastChannel === 'undefined') return undefined
  return {
    locks: { request: (name, options, work) => locks.request(name, options, work) },
    openChannel(name, hear) {
      const channel = new BroadcastChannel(name)
      channel.onmessage = ({ data }) => {
        hear(data)
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
