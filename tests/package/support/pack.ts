import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Runs a command and returns what it printed; a failure carries its whole output. */
export const run = (command: string, args: readonly string[], cwd: string): string => {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      maxBuffer: 64 * 1024 * 1024,
    })
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`${command} ${args.join(' ')} failed\n${stdout ?? ''}\n${stderr ?? ''}`, { cause: error })
  }
}

/** Packs the package as it would be published. @returns the tarball's path */
export const packPackage = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-pack-'))
  const printed = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root)
  const parsed = JSON.parse(printed) as readonly { filename: string }[] | Record<string, { filename: string }>
  const entry = Array.isArray(parsed) ? (parsed[0] as { filename: string }) : Object.values(parsed)[0]!
  return join(folder, entry.filename)
}
