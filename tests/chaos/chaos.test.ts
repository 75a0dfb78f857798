/** A bounded hunt: what once broke a promise, then as many new scenarios as the time allows. */
import { afterAll, describe, expect, it } from 'vitest'
import { REGRESSIONS } from './regressions.ts'
import { runPool } from './support/pool.ts'
import { createRunner, type RunOptions } from './support/scenario.ts'
import { createSummary, describeFailure } from './support/summary.ts'

/** How long new scenarios are looked for, in milliseconds; `CHAOS_MS` sets another. */
const BUDGET_MS = Number(process.env['CHAOS_MS'] ?? 100_000)
/** The same with every run, so that a change is what makes it red; `npm run chaos` looks elsewhere. */
const SEED = Number(process.env['CHAOS_SEED'] ?? 1)

const runner = createRunner()
afterAll(() => runner.dispose())

describe('real clients and a real server, with everything between them broken', () => {
  it.each(REGRESSIONS)('[CH1] as once before: $name', async ({ deeds, isStored }) => {
    const outcome = await runner.replay(deeds, isStored)
    expect(outcome.violations, describeFailure(outcome)).toEqual([])
  })

  it('[CH1] acked is stored once, in order, and shown once, in order, to all: new scenarios', async () => {
    const summary = createSummary()
    const endAt = Date.now() + BUDGET_MS
    let given = 0
    const next = (): RunOptions | undefined => {
      const isOver = Date.now() >= endAt || summary.failures.length > 0
      return isOver ? undefined : { seed: SEED + given++, shrinkMs: 20_000 }
    }
    await runPool({ jobs: 3, next, done: summary.add })
    console.log(`from seed ${String(SEED)}: ${summary.text()}`)
    expect(summary.failures, summary.failures.map(describeFailure).join('\n')).toEqual([])
    // A run in which nothing happened proves nothing.
    expect(summary.total.acked).toBeGreaterThan(0)
    expect(summary.total.connections).toBeGreaterThan(summary.total.scenarios)
  })
})
