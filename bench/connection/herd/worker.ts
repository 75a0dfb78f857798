/** One herd in a thread of its own, because its time and chance are not ours. */
import { parentPort, workerData } from 'node:worker_threads'
import { populations, type PopulationName } from './populations.ts'
import { installVirtualTime } from './virtual-time.ts'
import { createWorld, type Attempt } from './world.ts'

export interface HerdInput {
  readonly population: PopulationName
  readonly count: number
  readonly seed: number
  readonly closeCode: number
  /** What the server says before it goes, if anything. */
  readonly farewell: string | undefined
  readonly downMs: number
  /** How long to look after the server is back. */
  readonly watchMs: number
  /** Folder of the built library. */
  readonly library: string
}

export interface HerdOutput {
  /** Since the loss, in milliseconds. */
  readonly attempts: readonly Attempt[]
  /** Clients that had not tried at all at the end. */
  readonly silent: number
}

// Longer than what any of the libraries asks of a connection that lasted.
const UPTIME_MS = 8_000

const { population, count, seed, closeCode, farewell, downMs, watchMs, library } = workerData as HerdInput
const time = installVirtualTime(seed)
const world = createWorld(time)
await populations[population](world, count, library)
await time.run(UPTIME_MS)
world.restart(closeCode, downMs, farewell)
await time.run(UPTIME_MS + downMs + watchMs)

const attempts = world.attempts.map(({ client, at }) => ({ client, at: at - UPTIME_MS }))
const output: HerdOutput = { attempts, silent: count - new Set(attempts.map(({ client }) => client)).size }
parentPort?.postMessage(output)
process.exit(0)
