/** Whether this tab leads, and what follows from it. */
import type { Clock, SessionOptions } from '../core/index.ts'
import { createElection } from './election.ts'
import { createHub, type Hub } from './hub.ts'
import type { FromLeader } from './messages.ts'
import type { TabLocks } from './ports.ts'

export interface LeadershipPort {
  readonly name: string
  readonly locks: TabLocks
  readonly clock: Clock
  readonly options: SessionOptions
  /** Whether the tab takes part. */
  isOpen(): boolean
  isHidden(): boolean
  /** To all tabs, this one included. */
  post(message: FromLeader): void
  /** The proof of a guest that the last leader had. */
  guestToken(): string | undefined
  /** Every other tab that was heard of. */
  tabs(): readonly string[]
  /** A tab is gone, closed or crashed. */
  gone(tab: string): void
  changed(isLeader: boolean): void
}

export interface Leadership {
  /** While we lead. */
  hub(): Hub | undefined
  /** A leader with this number speaks. @returns false when it is behind the times */
  heard(term: number): boolean
  /** Stands in line, and takes the lead when nobody answers. */
  run(): void
  seize(): void
  /** Takes the lead unless a leader is heard soon. */
  expect(): void
  /** Ends the lead and the place in line. */
  resign(code?: number, reason?: string): void
  /** Looks after a tab, as long as we lead. */
  watch(tab: string): void
}

/** How long a leader may take to answer before a shown tab takes its place, in milliseconds. */
export const SILENT_LEADER_MS = 1_000

export const createLeadership = (port: LeadershipPort): Leadership => {
  const { clock, locks, name, options } = port
  let hub: Hub | undefined
  let knownTerm = 0
  let timer: unknown
  /** Ends with our lead. */
  let lead = new AbortController()

  const cancelTimer = (): void => {
    if (timer !== undefined) clock.clearTimeout(timer)
    timer = undefined
  }

  /** A guest stays the same one under another leader; a proof that is refused is not shown again. */
  const tokenOf = (): Pick<SessionOptions, 'token'> => {
    let proof = port.guestToken()
    if (options.token !== undefined || proof === undefined) return {}
    const token = (): string | undefined => {
      const once = proof
      proof = undefined
      return once
    }
    return { token }
  }

  const elected = (): void => {
    const term = Math.max(knownTerm + 1, clock.now())
    knownTerm = term
    cancelTimer()
    lead = new AbortController()
    hub = createHub(
      { ...options, ...tokenOf() },
      { term, isHidden: port.isHidden, post: (message) => port.post({ ...message, term } as FromLeader) },
    )
    hub.tell()
    for (const tab of port.tabs()) watch(tab)
    port.changed(true)
  }

  const stepDown = (code?: number, reason?: string): void => {
    const old = hub
    if (!old) return
    hub = undefined
    lead.abort()
    old.stop(code, reason)
    port.changed(false)
  }

  const watch = (tab: string): void => {
    const { signal } = lead
    const gone = (): void => {
      if (!hub || signal.aborted) return
      hub.forget(tab)
      port.gone(tab)
    }
    if (hub) locks.request(`${name}:tab:${tab}`, { signal }, gone).catch(() => undefined)
  }

  const election = createElection(locks, name, { elected, deposed: () => stepDown() })

  const expect = (): void => {
    if (hub || port.isHidden()) return
    timer ??= clock.setTimeout(() => {
      timer = undefined
      if (port.isOpen() && !port.isHidden()) election.seize()
    }, SILENT_LEADER_MS)
  }

  return {
    hub: () => hub,
    heard(term) {
      if (term < knownTerm) return false
      if (term > knownTerm && hub) {
        // Two leaders: the browser took our lock, and tells us later.
        stepDown()
        election.resign()
        election.run()
      }
      knownTerm = term
      cancelTimer()
      return true
    },
    run() {
      election.run()
      expect()
    },
    seize: election.seize,
    expect,
    resign(code, reason) {
      cancelTimer()
      stepDown(code, reason)
      election.resign()
    },
    watch,
  }
}
