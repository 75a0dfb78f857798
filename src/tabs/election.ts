/** One leader at a time, by a lock that the browser releases when its page is gone. */
import type { TabLocks } from './ports.ts'

export interface ElectionPort {
  /** We lead from now on. */
  elected(): void
  /** Another tab took the lead. */
  deposed(): void
}

export interface Election {
  isLeader(): boolean
  /** Stands in line. */
  run(): void
  /** Takes the lead from whoever has it, unless another tab is doing so at this moment. */
  seize(): void
  /** Gives up the lead, or the place in line. */
  resign(): void
}

const nothing = (): void => undefined

export const createElection = (locks: TabLocks, name: string, port: ElectionPort): Election => {
  // Every request is a turn; what belongs to an older one means nothing any more.
  let turn = 0
  let letGo: (() => void) | undefined
  let waiting: AbortController | undefined

  const request = (isSteal: boolean, then: () => void = nothing): void => {
    const mine = ++turn
    waiting?.abort()
    waiting = isSteal ? undefined : new AbortController()
    const hold = (): Promise<void> | undefined => {
      then()
      if (mine !== turn) return undefined
      return new Promise((resolve) => {
        letGo = resolve
        port.elected()
      })
    }
    void locks
      .request(`${name}:leader`, waiting ? { signal: waiting.signal } : { steal: true }, hold)
      .catch(nothing)
      .then(() => {
        then()
        if (mine !== turn || !letGo) return
        letGo = undefined
        port.deposed()
        if (mine === turn) request(false)
      })
  }

  return {
    isLeader: () => letGo !== undefined,
    run: () => request(false),
    seize() {
      // In line all along, we may be granted the lead before our turn to take it comes.
      if (letGo) return
      const mine = turn
      const take = (lock: unknown): Promise<void> | undefined =>
        lock && mine === turn && !letGo ? new Promise((resolve) => request(true, resolve)) : undefined
      locks.request(`${name}:turn`, { ifAvailable: true }, take).catch(nothing)
    },
    resign() {
      turn += 1
      waiting?.abort()
      const release = letGo
      letGo = undefined
      release?.()
    },
  }
}
