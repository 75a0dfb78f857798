/** A server as a process that can be killed. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ServerProcess {
  readonly port: number
  /** SQLite file of what it stored. */
  readonly database: string
  /** SIGKILL, and a new process on the same port and file after a while. Resolves when that one listens. */
  kill(downMs: number): Promise<void>
  /** SIGKILL. Resolves when it is gone; `start` brings it back. */
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve))

/** @param command a script and its arguments, before `--port` and `--db` */
export const startServer = async (command: readonly string[]): Promise<ServerProcess> => {
  const folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-bench-'))
  const database = join(folder, 'log.db')
  const port = await freePort()
  let child: ChildProcess

  const start = async (): Promise<void> => {
    const args = ['--disable-warning=ExperimentalWarning', ...command, '--port', String(port), '--db', database]
    const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    child = started
    await new Promise<void>((resolve, reject) => {
      started.stdout!.once('data', () => {
        resolve()
      })
      started.once('exit', (code, signal) => {
        reject(new Error(`${command.join(' ')} ended with ${String(code ?? signal)} before it listened.`))
      })
    })
  }
  const end = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended(child)
  }

  await start()
  const onExit = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', onExit)
  return {
    port,
    database,
    stop: end,
    start,
    async kill(downMs) {
      await end()
      await new Promise((resolve) => setTimeout(resolve, downMs))
      await start()
    },
    async close() {
      process.off('exit', onExit)
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
