/** Measures a reload without a network, and a long queue that goes out: `npm run bench:offline -- --help`. */
import { writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launchChromium } from '../../tests/browser/support/launch.ts'
import { startServer } from '../delivery/server-process.ts'
import { writeSection } from '../shared/section.ts'
import { table } from '../shared/table.ts'
import { servePages } from '../ui/serve.ts'
import { measureFlush, measurePaint, type QueueFigures } from './measure.ts'

const HELP = `Usage: npm run bench:offline -- [options]

  --print           writes nothing
  --queue <number>  messages that wait (10000)

A full run takes about two minutes, and writes docs/offline.md and bench/offline/results.json.
Leave the machine alone meanwhile.
`

const { values } = parseArgs({
  options: { print: { type: 'boolean', default: false }, queue: { type: 'string', default: '10000' }, help: { type: 'boolean', default: false } },
})
if (values.help) {
  process.stdout.write(HELP)
  process.exit(0)
}

const folder = import.meta.dirname
const say = (what: string): void => void process.stderr.write(`${what} …\n`)
const pages = await servePages(['room'], join(folder, 'pages'))
const server = await startServer([join(folder, 'server.ts')])
const browser = await launchChromium()
const subject = { browser, server, pageUrl: pages.url('room') }
const queue = Number(values.queue)

say('a reload while the server is away')
const paint = await measurePaint(subject, 1_000, 20)
const flushes: QueueFigures[] = []
for (const isReloaded of [false, true]) {
  say(`${String(queue)} messages go out${isReloaded ? ', after a reload' : ''}`)
  flushes.push(await measureFlush(subject, queue, isReloaded))
}
const chromium = browser.version()
await browser.close()
await server.close()
pages.close()

const ms = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toFixed(1))
const report = `Chromium ${chromium}, Node ${process.versions.node}, ${String(cpus().length)} cores, ${process.platform} ${process.arch}; headless, without a GPU.
Processes that wanted a core meanwhile, this bench's own among them: ${loadavg()[0]!.toFixed(0)} on average.

**A reload while the server is away**, of a room with ${paint.messages.toLocaleString('en')} messages: from the first line of script to the end of the
first frame that shows the last of them, ${ms(paint.medianMs)} ms (median of ${String(paint.reloads)}; best ${ms(paint.bestMs)} ms, worst ${ms(paint.worstMs)} ms).
The page itself works ${ms(paint.ownMs)} ms of processor time until then, its navigation included.

**${queue.toLocaleString('en')} messages that waited** go out when the server is back, while the room is watched:

${table(
  ['', 'seconds', 'longest frame, ms', 'frames over 50 ms', 'frames', 'longest task over 50 ms', 'longest task in its own time, ms', 'each once, in order'],
  flushes.map((f) => [f.what, f.seconds.toFixed(1), ms(f.longestFrameMs), f.framesOver50, f.frames, f.longestTaskMs > 0 ? ms(f.longestTaskMs) : 'none', ms(f.busiestMs), f.isWhole ? 'yes' : 'no']),
)}`
process.stdout.write(`${report}\n`)
if (!values.print) {
  await writeSection(join(folder, '../../docs/offline.md'), 'figures', report)
  await writeFile(join(folder, 'results.json'), `${JSON.stringify({ load: loadavg()[0], chromium, node: process.versions.node, paint, flushes }, null, 2)}\n`)
}
process.exit(0)
