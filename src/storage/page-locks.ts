/** Which pages of this browser are alive: each holds a lock for as long as it lives. */

export interface PageLocks {
  /** Resolves when the lock is held, so that others may rely on it. */
  readonly held: Promise<void>
  /**
   * Takes the place of that page if it is gone now, and runs `work` there. To others it is then as alive as we are, so that
   * what it left need not be written anew. @returns whether it was gone; always where there are no locks
   */
  ifGone(page: string, work: () => Promise<void>): Promise<boolean>
  /** The same as soon as that page is gone. At once where there are no locks. */
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

  /** Resolves when the work is done; the lock stays. */
  const inherit = (other: string, options: LockOptions, work: () => Promise<void>): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const granted = async (lock: Lock | null): Promise<void> => {
        if (lock) await work()
        resolve(lock !== null)
        if (lock) await alive
      }
      if (locks) locks.request(nameOf(other), options, granted).catch(reject)
      else work().then(() => resolve(true), reject)
    })

  return {
    held,
    ifGone: (other, work) => inherit(other, { ifAvailable: true }, work),
    whenGone(other, work) {
      inherit(other, { signal: over.signal }, work).catch(nothing)
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
