/** Collects what arrives while a commit runs, then commits it together. */

export type Failure = 'storage_unavailable' | 'busy'
export type Outcome<R> = { readonly ok: true; readonly result: R } | { readonly ok: false; readonly failure: Failure; readonly afterMs: number }

export interface GroupCommitOptions<T, R> {
  /** Stores all items in one transaction, or throws and has stored none. One result per item. */
  readonly commit: (items: readonly T[]) => readonly R[]
  /** Runs a batch soon. @default setImmediate */
  readonly schedule?: (run: () => void) => void
  /** Milliseconds that only grow. @default performance.now */
  readonly now?: () => number
  /** Items that may wait; more are `busy`. @default 10000 */
  readonly maxQueue?: number
  /** Items in one transaction. @default 200 */
  readonly maxBatch?: number
  /** After a failure nothing is tried for this long, in milliseconds. @default 1000 */
  readonly breakMs?: number
  readonly onFailure?: (error: unknown) => void
}

export interface GroupCommit<T, R> {
  /** `done` is called after the commit, or at once when the item cannot be taken. */
  submit(item: T, done: (outcome: Outcome<R>) => void): void
  /** Commits all that waits, now. */
  flush(): void
  /** Forgets all that waits; nobody is told. */
  drop(): void
  /** False from a failed commit until one succeeds. */
  isHealthy(): boolean
  /** Lets the next submit try again and calls the storage healthy. */
  reset(): void
}

const BUSY_AFTER_MS = 500

/**
 * Group commit by natural batching. `node:sqlite` is synchronous, so a batch is what arrived in one turn
 * of the event loop: idle, a message waits for its own commit only; under load the batches grow by themselves.
 */
export const createGroupCommit = <T, R>(options: GroupCommitOptions<T, R>): GroupCommit<T, R> => {
  const { commit, schedule = setImmediate, now = () => performance.now() } = options
  const { maxQueue = 10_000, maxBatch = 200, breakMs = 1_000, onFailure } = options
  let queue: { item: T; done: (outcome: Outcome<R>) => void }[] = []
  let isScheduled = false
  let isHealthy = true
  let brokenUntil = -Infinity

  const refuse = (): Outcome<R> => ({ ok: false, failure: 'storage_unavailable', afterMs: Math.max(1, Math.ceil(brokenUntil - now())) })

  const runBatch = (): void => {
    const batch = queue.splice(0, maxBatch)
    if (batch.length === 0) return
    if (now() < brokenUntil) {
      for (const entry of batch) entry.done(refuse())
      return
    }
    let results: readonly R[]
    try {
      results = commit(batch.map((entry) => entry.item))
      isHealthy = true
    } catch (error) {
      isHealthy = false
      brokenUntil = now() + breakMs
      onFailure?.(error)
      for (const entry of batch) entry.done(refuse())
      return
    }
    batch.forEach((entry, i) => {
      entry.done({ ok: true, result: results[i]! })
    })
  }

  const arm = (): void => {
    if (isScheduled) return
    isScheduled = true
    schedule(() => {
      isScheduled = false
      runBatch()
      if (queue.length > 0) arm()
    })
  }

  return {
    submit(item, done) {
      if (now() < brokenUntil) {
        done(refuse())
        return
      }
      if (queue.length >= maxQueue) {
        done({ ok: false, failure: 'busy', afterMs: BUSY_AFTER_MS })
        return
      }
      queue.push({ item, done })
      arm()
    },
    flush() {
      while (queue.length > 0) runBatch()
    },
    drop() {
      queue = []
    },
    isHealthy: () => isHealthy,
    reset() {
      isHealthy = true
      brokenUntil = -Infinity
    },
  }
}
