/** Counts what arrives, ours and the peers': `npm run bench:delivery -- --help`. */
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { installPeers, peerVersions } from '../shared/peers.ts'
import { writeSection } from '../shared/section.ts'
import { createScript } from './script.ts'
import { SUBJECTS } from './subjects.ts'

const HELP = `Usage: npm run bench:delivery -- [options]

  --seed <number>     of the script of faults; another than 1 is printed and not written
  --only <pages>      some of ${[...new Set(SUBJECTS.map(({ page }) => page))].join(',')}; prints them and writes nothing
  --library <folder>  measures this build instead of a fresh one of the sources

A full run takes about five minutes, and writes docs/guarantees.md and bench/delivery/results.json.
`

const folder = import.meta.dirname

const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}

const readArgs = () => {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string', default: '1' },
        only: { type: 'string' },
        library: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${HELP}`)
  }
}

const args = readArgs()
if (args.help) {
  process.stdout.write(HELP)
  process.exit(0)
}
const seed = Number(args.seed)
if (!Number.isInteger(seed) || seed < 0) fail(`--seed takes a whole number, not "${args.seed}".`)
const wanted = args.only?.split(',').map((name) => name.trim())
const unknown = wanted?.find((name) => SUBJECTS.every(({ page }) => page !== name))
if (unknown !== undefined) fail(`There is no page "${unknown}"; see --help.`)
const subjects = SUBJECTS.filter(({ page }) => wanted?.includes(page) ?? true)

await installPeers().catch((error: unknown) => fail((error as Error).message))
// Imported now, because the peers may have been missing until a moment ago.
const { buildLibrary } = await import('../connection/build.ts')
const { startBench } = await import('../connection/browser.ts')
const { runSubject } = await import('./run.ts')
const { report } = await import('./report.ts')

const library = args.library === undefined ? await buildLibrary() : resolve(args.library)
const bench = await startBench(library, 'delivery/pages')
const script = createScript(seed)
const lengthMs = script.bursts.A.at(-1)!.atMs
process.stderr.write(`${String(script.deeds.length)} faults in ${String(Math.round(lengthMs / 1_000))} s, for all at once …\n`)
const rows = await Promise.all(subjects.map((subject) => runSubject(subject, bench, script)))
await bench.close()
const results = {
  environment: {
    chromium: bench.version,
    node: process.versions.node,
    cores: cpus().length,
    system: `${process.platform} ${process.arch}`,
    peers: await peerVersions('ws', 'reconnecting-websocket'),
  },
  seed,
  deeds: script.deeds,
  rows,
}
const text = report(results)
process.stdout.write(`${text}\n`)
if (args.only === undefined && seed === 1) {
  await writeSection(join(folder, '../../docs/guarantees.md'), 'delivery', text)
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`)
}
process.exit(0)
