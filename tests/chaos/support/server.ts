/** The real server as a process that can be hurt: killed, frozen, left without disk, its clock turned. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { SPEED } from './speed.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const MAIN = at('../../../server-dev/main.ts')
const PRELOAD = at('./server-preload.ts')

export const SECRET = 'a secret that outlives every process of the server'

/** `prlimit` belongs to util-linux; elsewhere the disk is never full. */
export const CAN_FILL_DISK = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0

export interface HurtServer {
  readonly port: number
  /** Path of its second door, behind which little is held. */
  readonly door: string
  readonly db: string
  readonly log: readonly string[]
  /** Takes connections, as far as we know. */
  isUp(): boolean
  /** Processes that ended without being asked to. */
  deaths(): readonly string[]
  /** Connections that the present process has opened and not closed, by its own log. */
  connections(): number
  /** kill -9, and a new process after a while. Resolves when that one listens. */
  kill(downMs: number): Promise<void>
  /** SIGTERM, and a new process. Resolves when that one listens. */
  restart(): Promise<void>
  /** SIGSTOP. */
  pause(): void
  /** SIGCONT. */
  resume(): void
  /** No file of the process may grow beyond `extraBytes` more than the journal has now. */
  fillDisk(extraBytes: number): void
  freeDisk(): void
  turnClock(ms: number): void
  /** All of the above undone. Resolves when the server listens. */
  mend(): Promise<void>
  dispose(): Promise<void>
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null

const ended = async (child: ChildProcess): Promise<void> => {
  if (isRunning(child)) await new Promise((resolve) => child.once('exit', resolve))
}

/** Below those that systems give to outgoing connections: one of them could take it while the server is down. */
const freePort = async (): Promise<number> => {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000)
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
    if (isFree) return port
  }
}

export const startServer = async (): Promise<HurtServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-chaos-'))
  const db = join(folder, 'chat.db')
  const door = join(folder, 'door')
  const port = await freePort()
  const log: string[] = []
  const deaths: string[] = []
  let opened = 0
  let child: ChildProcess
  let isListening = false
  let isDiskFull = false
  let next = Promise.resolve()

  const read = (line: string): void => {
    log.push(line)
    if (line.includes('"event":"opened"')) opened += 1
    if (line.includes('"event":"closed"')) opened -= 1
  }

  const start = (): Promise<void> => {
    opened = 0
    const args = ['--disable-warning=ExperimentalWarning', '--import', PRELOAD, MAIN, '--port', String(port), '--db', db]
    const started = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, CHAT_SECRET: SECRET, CHAOS_SPEED: String(SPEED), CHAOS_DOOR: door, NODE_COMPILE_CACHE: join(tmpdir(), 'vue-chat-socket-chaos-cache') },
    })
    let hasListened = false
    child = started
    createInterface({ input: started.stderr! }).on('line', (line) => {
      if (child === started) read(line)
    })
    started.once('exit', (code, signal) => {
      if (child !== started) return
      isListening = false
      // Without disk it must not start; with it again it will.
      if (!expected.has(started) && !(starved.has(started) && !hasListened)) deaths.push(`ended with ${String(code ?? signal)}: ${log.slice(-5).join(' | ')}`)
    })
    return new Promise((resolve) => {
      started.once('exit', resolve)
      createInterface({ input: started.stdout! }).on('line', () => {
        hasListened = true
        isListening = child === started
        resolve()
      })
    })
  }

  const expected = new WeakSet<ChildProcess>()
  /** Those that were without disk at some time. */
  const starved = new WeakSet<ChildProcess>()
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    expected.add(child)
    isListening = false
    // A stopped process takes no signal but these.
    if (signal !== 'SIGKILL') child.kill('SIGCONT')
    child.kill(signal)
    await ended(child)
  }

  /** One after the other, however fast they are asked for. */
  const inTurn = (work: () => Promise<void>): Promise<void> => (next = next.then(work))

  const limit = (bytes: number | 'unlimited'): void => {
    isDiskFull = bytes !== 'unlimited'
    starved.add(child)
    spawnSync('prlimit', ['--pid', String(child.pid), `--fsize=${String(bytes)}:unlimited`])
  }

  await start()
  return {
    port,
    door,
    db,
    log,
    isUp: () => isListening,
    deaths: () => deaths,
    connections: () => opened,
    kill: (downMs) =>
      inTurn(async () => {
        await end('SIGKILL')
        isDiskFull = false
        await new Promise((resolve) => setTimeout(resolve, downMs))
        await start()
      }),
    restart: () =>
      inTurn(async () => {
        await end('SIGTERM')
        isDiskFull = false
        await start()
      }),
    pause() {
      child.kill('SIGSTOP')
    },
    resume() {
      child.kill('SIGCONT')
    },
    fillDisk(extraBytes) {
      limit(sizeOf(`${db}-wal`) + extraBytes)
    },
    freeDisk() {
      if (!isDiskFull) return
      limit('unlimited')
      void inTurn(async () => {
        if (!isRunning(child)) await start()
      })
    },
    turnClock(clockMs) {
      if (child.connected) child.send({ clockMs }, () => undefined)
    },
    mend: () =>
      inTurn(async () => {
        child.kill('SIGCONT')
        if (isDiskFull) limit('unlimited')
        if (!isRunning(child)) await start()
      }),
    dispose: () =>
      inTurn(async () => {
        await end('SIGKILL')
        rmSync(folder, { recursive: true, force: true })
      }),
  }
}

const sizeOf = (file: string): number => {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}
