/** What is said and what goes wrong, the same for everyone who is measured with the same seed. */
import { seededRandom } from '../connection/statistics.ts'

export const SENDS = 1_000

/** Said at once, as when a line is pasted or a finger slips. */
export interface Burst {
  readonly atMs: number
  readonly count: number
}

/**
 * - `cut`: the link of A is reset. `fin`: it is closed as by a proxy that restarts.
 * - `silent`: it passes nothing on and stays open, and is reset after 20 s.
 * - `kill`: the server dies by SIGKILL and is started again.
 * - `reload`: the page of A is loaded anew. `reload-offline`: the same after a while without a network.
 * - `cut+kill`, `fin+cut`: one shortly after the other.
 */
export type Fault = 'cut' | 'fin' | 'silent' | 'kill' | 'reload' | 'reload-offline' | 'cut+kill' | 'fin+cut'

export interface Deed {
  readonly atMs: number
  readonly fault: Fault
  /** Between the two faults of a pair, and how long the server stays away. */
  readonly waitMs: number
}

export interface Script {
  readonly seed: number
  readonly deeds: readonly Deed[]
  /** By author. */
  readonly bursts: Readonly<Record<'A' | 'B', readonly Burst[]>>
}

export const SILENCE_MS = 20_000

const COUNTS: Readonly<Record<Fault, number>> = {
  cut: 4, fin: 4, silent: 2, kill: 4, reload: 2, 'reload-offline': 2, 'cut+kill': 2, 'fin+cut': 2,
}

export const FAULTS = Object.keys(COUNTS) as readonly Fault[]

/** Long enough for everyone to be back and to count as well again: the slowest wants 3 s for the one and 5 s for the other. */
const between = (random: () => number): number => 7_000 + random() * 3_000

const createDeeds = (random: () => number): readonly Deed[] => {
  const faults = FAULTS.flatMap((fault) => Array<Fault>(COUNTS[fault]).fill(fault))
  for (let end = faults.length - 1; end > 0; end--) {
    const other = Math.floor(random() * (end + 1))
    ;[faults[end], faults[other]] = [faults[other]!, faults[end]!]
  }
  let atMs = 2_000
  return faults.map((fault) => {
    const deed = { atMs: Math.round(atMs), fault, waitMs: Math.round(200 + random() * 1_300) }
    atMs += between(random) + (fault === 'silent' ? SILENCE_MS : 0)
    return deed
  })
}

/** Mostly one at a time, sometimes a few, now and then a dozen; the last fault finds people still talking. */
const createBursts = (random: () => number, untilMs: number): readonly Burst[] => {
  const counts: number[] = []
  for (let left = SENDS; left > 0; ) {
    const kind = random()
    const wanted = kind < 0.7 ? 1 : kind < 0.9 ? 2 + Math.floor(random() * 3) : 5 + Math.floor(random() * 8)
    const count = Math.min(wanted, left)
    counts.push(count)
    left -= count
  }
  return counts
    .map((count) => ({ atMs: Math.round(random() * untilMs), count }))
    .sort((a, b) => a.atMs - b.atMs)
}

export const createScript = (seed: number): Script => {
  const random = seededRandom(seed)
  const deeds = createDeeds(random)
  const untilMs = deeds.at(-1)!.atMs + 4_000
  return { seed, deeds, bursts: { A: createBursts(random, untilMs), B: createBursts(random, untilMs) } }
}
