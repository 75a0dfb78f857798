/** Finds a Chrome or Chromium to test with, or installs one where that is possible without asking. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']

const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/google-chrome', '/opt/google/chrome/chrome', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

export interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  exists(path: string): boolean
  /** Whether the file is a browser that runs: some are only a hint to install a snap. */
  starts(path: string): boolean
  /** Where Playwright would keep its own Chromium. */
  playwrightPath(): string
}

/** Every path that may be a browser, most wanted first: `CHROME_PATH`, installed ones, Playwright's own. */
export const candidates = ({ platform, env, playwrightPath }: Machine): readonly string[] => {
  const extension = platform === 'win32' ? '.exe' : ''
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return [
    ...(env['CHROME_PATH'] ? [env['CHROME_PATH']] : []),
    ...(PLACES[platform] ?? []),
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name + extension))),
    playwrightPath(),
  ]
}

export const findInstalled = (machine: Machine): string | undefined => {
  const wanted = machine.env['CHROME_PATH']
  if (wanted && !machine.exists(wanted)) {
    throw new Error(`CHROME_PATH is ${wanted}, but there is no such file; set it to a Chrome or Chromium, or unset it.`)
  }
  return [...new Set(candidates(machine))].find((path) => machine.exists(path) && (path === wanted || machine.starts(path)))
}

export const HELP =
  'No Chrome or Chromium was found and none could be installed: install one (on Debian or Ubuntu ' +
  '`apt-get install chromium`, elsewhere `npx playwright-core install chromium`) or set CHROME_PATH to its file.'

const MINUTE_MS = 60_000

const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  exists: existsSync,
  // On Windows the question opens a window and prints nothing.
  starts: (path) =>
    process.platform === 'win32' || spawnSync(path, ['--version'], { stdio: 'ignore', timeout: MINUTE_MS }).status === 0,
  playwrightPath: () => chromium.executablePath(),
}

const tries = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 5 * MINUTE_MS }).status === 0

const installWithApt = (): boolean => {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return false
  const isRoot = process.getuid?.() === 0
  const canSudo = !isRoot && spawnSync('sudo', ['-n', 'true']).status === 0
  if (!isRoot && !canSudo) return false
  const words = [...(isRoot ? [] : ['sudo', '-n']), 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
  const apt = (...args: string[]): boolean => tries(words[0]!, [...words.slice(1), ...args])
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium')
}

const installWithPlaywright = (): boolean => {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
  return tries(process.execPath, [cli, 'install', 'chromium'])
}

/** @returns the path of a browser that starts. Throws one sentence that says what to do when there is none. */
export const findChromium = (): string => {
  const afterwards = (isInstalled: boolean): string | undefined => (isInstalled ? findInstalled(thisMachine) : undefined)
  const path = findInstalled(thisMachine) ?? afterwards(installWithApt()) ?? afterwards(installWithPlaywright())
  if (!path) throw new Error(HELP)
  return path
}

if (import.meta.main) {
  const path = findChromium()
  console.log(path, execFileSync(path, ['--version'], { encoding: 'utf8' }).trim())
}
