/** Exclusive locks as a browser gives them, for pages that live in one process. */
type Work = (lock: object | null) => unknown

interface Options {
  readonly signal?: AbortSignal
  readonly ifAvailable?: boolean
}

export interface FakeLocks {
  request(name: string, optionsOrWork: Options | Work, work?: Work): Promise<unknown>
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
      const { signal, ifAvailable = false }: Options = typeof optionsOrWork === 'function' ? {} : optionsOrWork
      const before = tails.get(name)
      if (ifAvailable && before) return Promise.resolve(work(null))
      waiting += 1
      const run = (before ?? Promise.resolve()).then(() => {
        waiting -= 1
        if (signal?.aborted) throw new DOMException('aborted', 'AbortError')
        return work({ name })
      })
      const tail = run.catch(() => undefined).then(() => {
        if (tails.get(name) === tail) tails.delete(name)
      })
      tails.set(name, tail)
      return run
    },
  }
}
