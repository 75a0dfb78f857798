/** Runs scenarios by their seeds, one at a time, over one server after another. */
import * as fc from 'fast-check'
import { isPossible, note, perform, type Deed, type Model } from './commands.ts'
import { createDisk } from './disk.ts'
import type { Violation } from './report.ts'
import { scenarios } from './scenarios.ts'
import { startServer, type HurtServer } from './server.ts'
import { createWorld, type Counts, type World } from './world.ts'

export interface Outcome {
  readonly seed: number
  readonly ms: number
  readonly counts: Counts
  /** Empty when every promise held. */
  readonly violations: readonly Violation[]
  /** What was done, in the last run that failed. */
  readonly deeds: readonly string[]
  /** Leads fast-check to that run. */
  readonly path: string
  readonly replayPath: string
  readonly serverLog: readonly string[]
}

export interface RunOptions {
  readonly seed: number
  /** To that very run, without the ones before it. */
  readonly path?: string | undefined
  readonly replayPath?: string | undefined
  /** How long to look for a shorter way to fail, in milliseconds. @default 0 */
  readonly shrinkMs?: number | undefined
  /** These in place of what the seed gives. */
  readonly deeds?: readonly Deed[] | undefined
}

export interface Runner {
  run(options: RunOptions): Promise<Outcome>
  /** Deeds as they stand in a report. */
  replay(deeds: readonly Deed[], isStored?: boolean): Promise<Outcome>
  dispose(): Promise<void>
}

/** Scenarios that share a server process and its database, each in rooms of its own. */
const SHARE = 20

class Broken extends Error {}

const NOTHING: Counts = { sent: 0, acked: 0, kills: 0, restarts: 0, connections: 0, deeds: 0, kept: 0, keptKills: 0, gaps: 0, slow: 0 }

export const createRunner = (): Runner => {
  let server: HurtServer | undefined
  let used = 0
  let names = 0

  const fresh = async (): Promise<HurtServer> => {
    if (server && used < SHARE) {
      used += 1
      return server
    }
    await server?.dispose()
    used = 1
    return (server = await startServer())
  }

  const play = async (seed: number, isStored: boolean, work: (world: World, model: Model) => Promise<unknown>): Promise<World> => {
    const name = `s${String(seed)}x${String(++names)}`
    const world = await createWorld(await fresh(), name, seed, isStored ? createDisk(name) : undefined)
    for (const user of [0, 1, 0]) await world.openTab(user)
    const model: Model = { tabs: 3 }
    try {
      await work(world, model)
    } finally {
      await world.finish()
    }
    // What broke one scenario must not be blamed on the next.
    if (world.violations.length > 0) used = SHARE
    return world
  }

  return {
    async run({ seed, path, replayPath, shrinkMs = 0 }) {
      const startedAt = performance.now()
      let last: World | undefined
      let failed: World | undefined
      let log: readonly string[] = []
      const property = fc.asyncProperty(scenarios(replayPath), async (commands) => {
        // Every other one keeps on disk what was not sent.
        last = await play(seed, seed % 2 === 1, (world, model) => fc.asyncModelRun(() => ({ model, real: world }), commands))
        if (last.violations.length === 0) return
        failed = last
        log = last.server.log.slice(-200)
        throw new Broken(last.violations[0]!.rule)
      })
      const details = await fc.check(property, {
        seed,
        numRuns: 1,
        // Short runs first is for those who do many of one seed.
        unbiased: true,
        path: path ?? '',
        ...(shrinkMs > 0 ? { interruptAfterTimeLimit: shrinkMs } : { endOnFailure: true }),
      })
      if (details.errorInstance instanceof Error && !(details.errorInstance instanceof Broken)) throw details.errorInstance
      const commands = details.counterexample?.[0] as (Iterable<unknown> & { toString(): string }) | undefined
      const shown = commands?.toString() ?? ''
      return {
        seed,
        ms: performance.now() - startedAt,
        counts: (failed ?? last)?.counts ?? NOTHING,
        violations: failed?.violations ?? [],
        deeds: shown.replace(/\/\*.*\*\/$/, '').split(/(?<=\}),/).filter(Boolean),
        path: details.counterexamplePath ?? '',
        replayPath: /replayPath="([^"]*)"/.exec(shown)?.[1] ?? '',
        serverLog: log,
      }
    },
    async replay(deeds, isStored = false) {
      const startedAt = performance.now()
      const world = await play(0, isStored, async (real, model) => {
        for (const deed of deeds) {
          if (!isPossible(deed, model)) continue
          note(deed, model)
          await perform(deed, real)
        }
      })
      const { violations, counts } = world
      return {
        seed: 0, ms: performance.now() - startedAt, counts, violations, deeds: deeds.map((deed) => JSON.stringify(deed)),
        path: '', replayPath: '', serverLog: world.server.log.slice(-200),
      }
    },
    async dispose() {
      await server?.dispose()
      server = undefined
    },
  }
}
