/** Measures the list against vue-advanced-chat: `npm run bench:ui -- --help`. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeSection } from '../shared/section.ts'
import { table } from '../shared/table.ts'
import { measure, measureBurst, type BurstFigures, type UiFigures } from './measure.ts'
import { servePages } from './serve.ts'

const HELP = `Usage: npm run bench:ui -- [--ours]

  --ours  measures our list alone; prints the figures and writes nothing

A full run takes about five minutes, and writes docs/bench-ui.md and bench/ui/results.json.
Leave the machine alone meanwhile.
`

const folder = import.meta.dirname
const OURS = 'ours'
const PEER = 'vue-advanced-chat'

const { values } = parseArgs({ options: { ours: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } })
if (values.help) {
  process.stdout.write(HELP)
  process.exit(0)
}

const say = (what: string): void => void process.stderr.write(`${what} …\n`)

if (!values.ours && !existsSync(join(folder, 'node_modules', PEER))) {
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('The peer could not be installed; run `npm ci` in bench/ui/ and look at what it says.')
}

interface Result {
  readonly name: string
  readonly figures: UiFigures
}

const pages = await servePages(values.ours ? [OURS] : [OURS, PEER])
const results: Result[] = []
let burst: BurstFigures
try {
  for (const count of [1_000, 10_000, 100_000]) {
    say(`${OURS}, ${count} messages`)
    results.push({ name: OURS, figures: await measure(pages.url(OURS), count, { appends: 200, edits: 100, prepends: 10 }) })
  }
  say(`${OURS}, a burst`)
  burst = await measureBurst(pages.url(OURS))
  if (!values.ours) {
    for (const [count, appends] of [[1_000, 20], [10_000, 4]] as const) {
      say(`${PEER}, ${count} messages`)
      results.push({ name: PEER, figures: await measure(pages.url(PEER), count, { appends, edits: Math.ceil(appends / 2), prepends: 2 }) })
    }
  }
} finally {
  pages.close()
}

const short = (value: number): string => (Number.isNaN(value) ? 'lost' : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))

const report = `${`${cpus().length} cores, ${process.platform} ${process.arch}, Node ${process.versions.node}; headless Chromium without a GPU.`}

${table(
  ['', 'messages', 'mount to paint, ms', 'elements', 'heap over the data, MB', 'append, ms', 'p95', 'append, all work, ms', 'append to paint, ms', 'not in view in the next frame', 'edit, ms', '50 older, ms', 'what is read moves, px'],
  results.map(({ name, figures: f }) => [
    name === OURS ? '**vue-chat-socket**' : `\`${name}\``,
    f.count.toLocaleString('en'),
    short(f.mountMs),
    f.nodes.toLocaleString('en'),
    short(f.heapMb),
    short(f.appendMs),
    short(f.appendP95Ms),
    short(f.appendWorkMs),
    short(f.appendToPaintMs),
    f.hiddenAppends,
    short(f.editMs),
    short(f.prependMs),
    short(f.prependMovePx),
  ]),
)}

A burst of ${burst.messages.toLocaleString('en')} messages onto 1,000 in ${burst.seconds.toFixed(1)} s, ours: longest frame ${short(burst.longestFrameMs)} ms, ${burst.framesOver50} over 50 ms, ${burst.allShown ? 'all shown' : 'not all shown'}.`

process.stdout.write(`${report}\n`)
if (!values.ours) {
  await writeSection(join(folder, '../../docs/bench-ui.md'), 'results', report)
  const { dependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  await writeFile(join(folder, 'results.json'), `${JSON.stringify({ peers: dependencies, results, burst }, null, 2)}\n`)
}
