/** Exclusive locks as a browser gives them, for pages that live in one process. */
type Work = (lock: object | null) => unknown

export interface FakeLocks {
  request(name: string, optionsOrWork: { signal?: AbortSignal } | Work, work?: Work): Promise<unknown>
  /** How many wait for a lock that another holds. */
  waiting(): number
}

export const createFakeLocks = (): FakeLocks => {
  const tails = new Map<string, Promise<unknown>>()
  let waiting = 0
  return {
    waiting: () => waiting,
    request(name, optionsOrWork, maybeWork) {
      const work = (typeof optionsOrWork === 'function' ? optionsOrWork : maybeWork) as Work
      const signal = typeof optionsOrWork === 'function' ? undefined : optionsOrWork.signal
      waiting += 1
      const before = tails.get(name) ?? Promise.resolve()
      const run = before.then(() => {
        waiting -= 1
        if (signal?.aborted) throw new DOMException('aborted', 'AbortError')
        return work({ name })
      })
      tails.set(
        name,
        run.catch(() => undefined),
      )
      return run
    },
  }
}
