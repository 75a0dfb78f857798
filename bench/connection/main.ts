/** Measures the connection against its peers: `npm run bench:connection -- --help`. */
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { installPeers, peerVersions } from '../shared/peers.ts'
import { writeSection } from '../shared/section.ts'
import { PARTS, type Part, type Results } from './results.ts'

const HELP = `Usage: npm run bench:connection -- [options]

  --only <parts>      some of ${PARTS.join(',')}; prints them and writes nothing
  --library <folder>  measures this build instead of a fresh one of the sources

A full run takes about six minutes, and writes docs/bench-connection.md and bench/connection/results.json.
Leave the machine alone meanwhile.
`

const folder = import.meta.dirname
const docs = join(folder, '../../docs/bench-connection.md')

const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}

const readArgs = () => {
  try {
    return parseArgs({
      options: { only: { type: 'string' }, library: { type: 'string' }, help: { type: 'boolean', default: false } },
    }).values
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${HELP}`)
  }
}

const isPart = (name: string): name is Part => (PARTS as readonly string[]).includes(name)

const readParts = (only: string | undefined): ReadonlySet<Part> => {
  const names = only?.split(',').map((name) => name.trim()) ?? PARTS
  const unknown = names.find((name) => !isPart(name))
  if (unknown !== undefined) fail(`There is no part "${unknown}"; there are ${PARTS.join(', ')}.`)
  return new Set(names.filter(isPart))
}

const say = (what: string): void => {
  process.stderr.write(`${what} …\n`)
}

/** Parts that weigh on the machine come one after the other; those that only wait come together at the end. */
const measure = async (parts: ReadonlySet<Part>, library: string): Promise<Results> => {
  // Imported now, because the peers may have been missing until a moment ago.
  const { runSizes } = await import('./size.ts')
  const { runHerd } = await import('./herd/run.ts')
  const { startBench } = await import('./browser.ts')
  const { startChat, startPlain, startSocketIo } = await import('./servers.ts')
  const { runIdentical } = await import('./identical.ts')
  const { runFrameTime } = await import('./frame-time.ts')
  const { runFaults } = await import('./faults.ts')

  const environment = {
    node: process.versions.node,
    cores: cpus().length,
    system: `${process.platform} ${process.arch}`,
    // Servers are no peers.
    peers: await peerVersions('ws', 'socket.io'),
  }
  const results: { -readonly [K in keyof Results]: Results[K] } = { environment }
  if (parts.has('size')) {
    say('size')
    results.size = await runSizes(library)
  }
  if (parts.has('herd')) {
    say('herd')
    results.herd = await runHerd(library)
  }
  if ([...parts].every((part) => part === 'size' || part === 'herd')) return results

  const browser = await startBench(library)
  results.environment = { ...environment, chromium: browser.version }
  const servers = { chat: await startChat(library), plain: await startPlain(), 'socket.io': await startSocketIo() }
  try {
    if (parts.has('frame-time')) {
      say('time per frame')
      results['frame-time'] = await runFrameTime(browser, servers.plain, servers['socket.io'])
    }
    if (parts.has('identical')) {
      say('identical frames')
      results.identical = await runIdentical(browser, library, servers)
    }
    const ports = { chat: servers.chat.port, plain: servers.plain.port, 'socket.io': servers['socket.io'].port }
    const isWaiting = (['half-open', 'wake', 'upgrade'] as const).filter((part) => parts.has(part))
    if (isWaiting.length > 0) say(`${isWaiting.join(', ')}, together`)
    const waited = await runFaults(isWaiting, browser, ports)
    for (const [index, part] of isWaiting.entries()) results[part] = waited[index]!
  } finally {
    await browser.close()
    await Promise.all(Object.values(servers).map((server) => server.close()))
  }
  return results
}

const write = async (results: Results, text: string): Promise<void> => {
  await writeSection(docs, 'results', text)
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`)
}

const args = readArgs()
if (args.help) {
  process.stdout.write(HELP)
  process.exit(0)
}
const parts = readParts(args.only)
await installPeers().catch((error: unknown) => fail((error as Error).message))
const { buildLibrary } = await import('./build.ts')
if (args.library === undefined) say('build')
const library = args.library === undefined ? await buildLibrary() : resolve(args.library)
const results = await measure(parts, library)
const { report } = await import('./report.ts')
const text = report(results)
process.stdout.write(`${text}\n`)
if (args.only === undefined) await write(results, text)
process.exit(0)
