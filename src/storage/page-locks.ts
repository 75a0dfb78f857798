/** Which pages of this browser are alive: each holds a lock for as long as it lives. */

export interface PageLocks {
  /** Resolves when the lock is held, so that others may rely on it. */
  readonly held: Promise<void>
  /** Runs `work` now if that page is gone, alone. @returns whether it was; always where there are no locks */
  ifGone(page: string, work: () => Promise<void>): Promise<boolean>
  /** Runs `work` as soon as that page is gone, alone: no other page runs its own meanwhile. At once where there are no locks. */
  whenGone(page: string, work: () => Promise<void>): void
  /** @param isLeaving something is left that others should look for */
  release(isLeaving: boolean): void
}

export const createPageLocks = (prefix: string, page: string, onNewPage: (page: string) => void): PageLocks => {
  const locks = typeof navigator === 'undefined' ? undefined : (navigator as Partial<Navigator>).locks
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`${prefix}:pages`)
  const over = new AbortController()
  let letGo = (): void => undefined
  const alive = new Promise<void>((resolve) => (letGo = resolve))
  const nameOf = (of: string): string => `${prefix}:page:${of}`
  const nothing = (): void => undefined

  const held = locks
    ? new Promise<void>((resolve) => {
        locks
          .request(nameOf(page), () => {
            resolve()
            return alive
          })
          .catch(nothing)
      })
    : Promise.resolve()

  if (channel) {
    channel.onmessage = ({ data }) => {
      if (typeof data === 'string' && data !== page) onNewPage(data)
    }
    void held.then(() => {
      if (!over.signal.aborted) channel.postMessage(page)
    })
  }

  return {
    held,
    async ifGone(other, work) {
      if (!locks) await work()
      return (
        !locks ||
        (await locks.request(nameOf(other), { ifAvailable: true }, async (lock) => {
          if (lock) await work()
          return lock !== null
        }))
      )
    },
    whenGone(other, work) {
      if (locks) locks.request(nameOf(other), { signal: over.signal }, work).catch(nothing)
      else void work()
    },
    release(isLeaving) {
      // They may have looked before it was written.
      if (isLeaving) channel?.postMessage(page)
      over.abort()
      letGo()
      channel?.close()
    },
  }
}
