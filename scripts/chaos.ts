/** `npm run chaos`: looks for lost, doubled and disordered messages for as long as it is let. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { runMutations } from '../tests/chaos/support/mutate.ts'
import { runPool } from '../tests/chaos/support/pool.ts'
import { createRunner, type RunOptions } from '../tests/chaos/support/scenario.ts'
import { createSummary, describeFailure } from '../tests/chaos/support/summary.ts'
import { REGRESSIONS } from '../tests/chaos/regressions.ts'

const HELP = `Usage: npm run chaos -- [options]

  --runs <number>      scenarios                                       (200)
  --from <seed>        the first seed; the others follow it            (random)
  --jobs <number>      processes                                       (one per core)
  --shrink <seconds>   look this long for a shorter way to each failure (0)
  --seed <seed>        this scenario only
  --path <path>        the run of it that a report names
  --commands <path>    the commands of that run
  --times <number>     how often                                       (1)
  --log                with the server's log when it fails
  --regressions        the known cases only
  --mutations          takes out one safeguard after the other and shows what finds it
`

const { values: args } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    from: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    shrink: { type: 'string', default: '0' },
    seed: { type: 'string' },
    path: { type: 'string' },
    commands: { type: 'string' },
    times: { type: 'string', default: '1' },
    log: { type: 'boolean', default: false },
    regressions: { type: 'boolean', default: false },
    mutations: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const runs = Number(args.runs)
const shrinkMs = Number(args.shrink) * 1_000
const summary = createSummary()

const repeat = async (): Promise<void> => {
  const runner = createRunner()
  for (let i = 0; i < Number(args.times); i += 1) {
    const outcome = await runner.run({ seed: Number(args.seed), path: args.path, replayPath: args.commands, shrinkMs })
    summary.add(outcome)
    if (outcome.violations.length > 0) console.log(describeFailure(outcome))
    if (outcome.violations.length > 0 && args.log) console.log(outcome.serverLog.join('\n'))
  }
  await runner.dispose()
}

const known = async (): Promise<void> => {
  const runner = createRunner()
  for (const { name, deeds, isStored } of REGRESSIONS) {
    const outcome = await runner.replay(deeds, isStored)
    summary.add(outcome)
    if (outcome.violations.length > 0) console.log(`${name}\n${describeFailure(outcome)}`)
  }
  await runner.dispose()
}

const many = async (): Promise<void> => {
  const from = args.from === undefined ? Math.floor(Math.random() * 1e9) : Number(args.from)
  console.log(`seeds ${String(from)} to ${String(from + runs - 1)}`)
  let given = 0
  let done = 0
  const next = (): RunOptions | undefined => (given < runs ? { seed: from + given++, shrinkMs } : undefined)
  await runPool({
    jobs: Number(args.jobs),
    next,
    done(outcome) {
      summary.add(outcome)
      done += 1
      if (outcome.violations.length > 0) console.log(describeFailure(outcome))
      if (done % 100 === 0) console.log(summary.text())
    },
  })
}

if (args.help) console.log(HELP)
else if (args.mutations) process.exitCode = (await runMutations({ jobs: Number(args.jobs), runs, ...(args.from !== undefined && { from: Number(args.from) }) })) ? 0 : 1
else {
  await (args.seed !== undefined ? repeat() : args.regressions ? known() : many())
  console.log(summary.text())
  process.exitCode = summary.failures.length > 0 ? 1 : 0
}
