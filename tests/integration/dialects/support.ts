import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import {
  createSession,
  type Dialect,
  type ReceivedMessage,
  type Session,
  type SessionEvent,
  type SessionEventMap,
  type SessionOptions,
  type SessionSnapshot,
} from '../../../src/core/index.ts'
import type { DialectServerName, SmallServer } from '../../../playground/servers/index.ts'

type Clean = () => unknown

/** What a test has to end, the latest first. */
export const createCleanups = () => {
  const cleanups: Clean[] = []
  return {
    add: (clean: Clean): void => void cleanups.push(clean),
    async run(): Promise<void> {
      for (const clean of cleanups.splice(0).reverse()) await clean()
    },
  }
}

export type Cleanups = ReturnType<typeof createCleanups>

export interface Hosted<S> {
  readonly url: string
  readonly server: S
  /** Connections that were ever started. */
  upgrades(): number
}

/** Runs a small server of this process on a free port. */
export const host = async <S extends SmallServer>(cleanups: Cleanups, start: (http: Server) => S): Promise<Hosted<S>> => {
  const http = createServer()
  let upgrades = 0
  http.on('upgrade', () => {
    upgrades += 1
  })
  const server = start(http)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  cleanups.add(async () => {
    await server.close()
    await new Promise((resolve) => http.close(resolve))
  })
  return { url: `ws://127.0.0.1:${String((http.address() as AddressInfo).port)}/`, server, upgrades: () => upgrades }
}

const MAIN = fileURLToPath(new URL('../../../playground/servers/main.ts', import.meta.url))

export interface Spawned {
  readonly url: string
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>
  /** On the same port. */
  start(): Promise<void>
}

/** Runs a small server as a process of its own. */
export const spawnDialectServer = async (cleanups: Cleanups, name: DialectServerName, args: readonly string[] = []): Promise<Spawned> => {
  let child: ChildProcess | undefined
  const start = (port: string): Promise<string> => {
    const made = spawn(process.execPath, [MAIN, name, '--port', port, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    child = made
    return new Promise((resolve, reject) => {
      made.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}`)))
      createInterface({ input: made.stdout }).once('line', (line) => resolve(line.replace('listening on ', '')))
    })
  }
  const kill = (): Promise<void> =>
    new Promise((resolve) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) resolve()
      else {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }
    })
  const url = await start('0')
  cleanups.add(kill)
  return {
    url,
    kill,
    async start() {
      await start(new URL(url).port)
    },
  }
}

export interface Person {
  readonly session: Session
  readonly messages: ReceivedMessage[]
  readonly bodies: () => string[]
  readonly presence: SessionEventMap['presence'][]
  /** Everything that came, beats aside. */
  readonly frames: string[]
  /** Resolves when this holds, now or after an event. */
  until(holds: () => boolean): Promise<void>
  connected(): Promise<SessionSnapshot>
  next<E extends SessionEvent>(event: E): Promise<SessionEventMap[E]>
  say(body: string): ReturnType<Session['sendMessage']>
}

/** A session in the room "general". It opens at once. */
export const join = (cleanups: Cleanups, url: SessionOptions['url'], name: string, dialect: Dialect, more: Partial<SessionOptions> = {}): Person => {
  const session = createSession({
    url,
    dialect,
    user: { id: `id-of-${name}`, name },
    autoReconnect: { minDelay: 20, maxDelay: 100, minUptime: 0 },
    // After a crash everybody's first try is spread over seconds; this is the first of them.
    random: () => 0,
    ...more,
  })
  cleanups.add(() => {
    session.dispose()
  })
  const messages: ReceivedMessage[] = []
  const presence: SessionEventMap['presence'][] = []
  const frames: string[] = []
  const waiting = new Set<() => void>()
  const look = (): void => {
    for (const one of waiting) one()
  }
  session.on('message', (message) => {
    messages.push(message)
    look()
  })
  session.on('data', (frame) => {
    frames.push(String(frame))
    look()
  })
  session.on('presence', (payload) => {
    presence.push(payload)
    look()
  })
  session.subscribe(look)
  session.enter('general')
  session.open()

  const until: Person['until'] = (holds) =>
    new Promise((resolve) => {
      const one = (): void => {
        if (!holds()) return
        waiting.delete(one)
        resolve()
      }
      waiting.add(one)
      one()
    })
  return {
    session,
    messages,
    bodies: () => messages.map(({ body }) => body),
    presence,
    frames,
    until,
    async connected() {
      await until(() => session.snapshot().state === 'connected')
      return session.snapshot()
    },
    next: (event) =>
      new Promise((resolve) => {
        const off = session.on(event, (payload) => {
          off()
          resolve(payload)
        })
      }),
    say: (body) => session.sendMessage({ room: 'general', body }),
  }
}
