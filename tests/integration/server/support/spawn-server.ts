/** The stand-alone server as a process of its own, with a database in a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../../server-dev/main.ts', import.meta.url))

export interface SpawnOptions {
  /** @default a file in a temporary folder, removed by `dispose` */
  readonly db?: string
  /** @default 0, a free one; restarts keep what it got */
  readonly port?: number
  /** Further arguments, such as `--faults`. @default [] */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export interface SpawnedServer {
  readonly port: number
  /** `http://127.0.0.1:PORT/chat` */
  readonly httpUrl: string
  /** `ws://127.0.0.1:PORT/chat` */
  readonly wsUrl: string
  readonly db: string
  /** Lines of the log so far. */
  readonly log: readonly string[]
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>
  /** SIGTERM. @returns the exit code */
  stop(): Promise<number | null>
  /** Starts it on the same port with the same database; kills it before if it still runs. */
  restart(): Promise<void>
  /** Kills it and removes the temporary folder. */
  dispose(): Promise<void>
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null

const ended = (child: ChildProcess): Promise<number | null> =>
  isRunning(child)
    ? new Promise((resolve) => {
        child.once('exit', (code) => {
          resolve(code)
        })
      })
    : Promise.resolve(child.exitCode)

export const spawnServer = async (options: SpawnOptions = {}): Promise<SpawnedServer> => {
  const folder = options.db === undefined ? mkdtempSync(join(tmpdir(), 'vue-chat-socket-server-')) : undefined
  const db = options.db ?? join(folder!, 'chat.db')
  const log: string[] = []

  const start = async (port: number): Promise<{ child: ChildProcess; port: number }> => {
    const child = spawn(process.execPath, [MAIN, '--port', String(port), '--db', db, ...(options.args ?? [])], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
    })
    createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
    const actual = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => {
        reject(new Error(`the server ended with ${String(code ?? signal)}:\n${log.slice(-20).join('\n')}`))
      })
      createInterface({ input: child.stdout }).on('line', (line) => {
        const found = /^listening on http:\/\/.*:(\d+)\//.exec(line)
        if (found) resolve(Number(found[1]))
      })
    })
    return { child, port: actual }
  }

  let { child, port } = await start(options.port ?? 0)
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    if (isRunning(child)) child.kill(signal)
    return ended(child)
  }
  return {
    port,
    httpUrl: `http://127.0.0.1:${String(port)}/chat`,
    wsUrl: `ws://127.0.0.1:${String(port)}/chat`,
    db,
    log,
    async kill() {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
    async restart() {
      await end('SIGKILL')
      ;({ child, port } = await start(port))
    },
    async dispose() {
      await end('SIGKILL')
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
