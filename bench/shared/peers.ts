/** The peers stay out of the main install; they come when they are needed. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const bench = join(import.meta.dirname, '..')

const readJson = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, 'utf8')) as T

const readPeers = async (): Promise<Record<string, string>> =>
  (await readJson<{ dependencies: Record<string, string> }>(join(bench, 'package.json'))).dependencies

const isInstalled = async (name: string, version: string): Promise<boolean> => {
  const file = join(bench, 'node_modules', name, 'package.json')
  return existsSync(file) && (await readJson<{ version: string }>(file)).version === version
}

/** @throws when npm could not install them */
export const installPeers = async (): Promise<void> => {
  const peers = Object.entries(await readPeers())
  const there = await Promise.all(peers.map(([name, version]) => isInstalled(name, version)))
  if (there.every(Boolean)) return
  const npm = process.env['npm_execpath']
  const [command, ...words] = npm === undefined ? ['npm'] : [process.execPath, npm]
  const { status } = spawnSync(command!, [...words, 'ci', '--ignore-scripts'], { cwd: bench, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('The peers could not be installed; run `npm ci` in bench/ and look at what it says.')
}

/** @returns the versions by name, without these */
export const peerVersions = async (...without: readonly string[]): Promise<Record<string, string>> =>
  Object.fromEntries(Object.entries(await readPeers()).filter(([name]) => !without.includes(name)))
