/** `npm test`: every check there is, in the order of how fast it fails. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './find-chromium.ts'

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
}

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)
const reports = mkdtempSync(join(tmpdir(), 'vue-chat-socket-tests-'))

/** The script behind a command of an installed package, so that it runs on this very Node. */
const bin = (name: string, command = name): string => {
  const file = require.resolve(`${name}/package.json`)
  const { bin: bins } = JSON.parse(readFileSync(file, 'utf8')) as { bin: string | Record<string, string> }
  return join(dirname(file), typeof bins === 'string' ? bins : bins[command]!)
}

const totals = { passed: 0, failed: 0, skipped: 0 }

const step = (title: string, script: string, args: readonly string[]): boolean => {
  console.log(`\n== ${title}`)
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  return status === 0
}

/** Lint, types and build have no tests of their own: green they add nothing, red they are one failure. */
const check = (title: string, script: string, args: readonly string[]): boolean => {
  const isGreen = step(title, script, args)
  if (!isGreen) totals.failed += 1
  return isGreen
}

const suite = (title: string, projects: readonly string[]): boolean => {
  const file = join(reports, `${projects.join('-')}.json`)
  const args = [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]
  const isGreen = step(title, bin('vitest'), args)
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    totals.passed += report.numPassedTests
    totals.failed += report.numFailedTests
    totals.skipped += report.numPendingTests
    if (!isGreen && report.numFailedTests === 0) totals.failed += 1
  } catch {
    totals.failed += 1
  }
  return isGreen
}

/** Looks for the browser here, so that a machine without one gets a sentence and no stack. */
const browserSuite = (title: string): boolean => {
  try {
    process.env['CHROME_PATH'] = findChromium()
  } catch (error) {
    console.log(`\n== ${title}\n\n${(error as Error).message}`)
    totals.failed += 1
    return false
  }
  return suite(title, ['browser'])
}

const dts = join(root, 'rolldown.dts.config.ts')

const isGreen = [
  () => check('lint', bin('eslint'), ['.']),
  () => check('types', bin('vue-tsc'), ['--noEmit']),
  () => suite('units, store, composables, components', ['unit', 'dom']),
  () => check('build', bin('vite'), ['build', '--logLevel', 'warn']) && check('declarations', bin('rolldown'), ['-c', dts]),
  () => suite('package: packed, installed, used', ['package']),
  () => suite('integration: real servers and sockets', ['integration']),
  () => suite('chaos: everything between clients and server broken', ['chaos']),
  () => browserSuite('browser: real Chromium'),
]
  // All of them, so that one run tells everything that is wrong.
  .map((run) => run())
  .every(Boolean)

rmSync(reports, { recursive: true, force: true })
if (totals.skipped > 0) console.log(`\n${String(totals.skipped)} skipped`)
console.log(`\n${String(totals.passed)} passed, ${String(totals.failed)} failed`)
process.exitCode = isGreen ? 0 : 1
