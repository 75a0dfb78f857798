import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build, createServer, preview } from 'vite'
import type { Session } from '../../../src/core/index.ts'

/** What the playground's page offers to tests. */
declare global {
  interface Window {
    __playground?: { readonly session: Session }
    /** Sockets to the chat, in the order of their making. Milliseconds since 1970. */
    __sockets?: { openedAt?: number; closedAt?: number }[]
    __transitions?: { readonly to: string; readonly cause: string | undefined; readonly at: number }[]
  }
}

export interface Playground {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  /** The page's address for a person in a room; `server` points it at another chat server. */
  url(options: { readonly name?: string; readonly room?: string; readonly server?: string }): string
  close(): Promise<void>
}

const CONFIG = fileURLToPath(new URL('../../../playground/vite.config.ts', import.meta.url))

/** Serves the playground with a chat server and a database of its own. */
export const startPlayground = async (): Promise<Playground> => {
  const folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-playground-'))
  process.env['PLAYGROUND_DB'] = join(folder, 'chat.db')
  const server = await createServer({
    configFile: CONFIG,
    logLevel: 'error',
    cacheDir: join(folder, 'cache'),
    // Not watched: a file that is saved while the tests run would reload their pages.
    server: { host: '127.0.0.1', port: 0, open: false, watch: null },
  })
  await server.listen()
  const address = server.httpServer!.address()
  if (address === null || typeof address === 'string') throw new Error('the playground has no port')
  const origin = `http://127.0.0.1:${String(address.port)}`
  return {
    origin,
    url: (options) => `${origin}/?${new URLSearchParams({ ...(options as Record<string, string>), list: 'whole' }).toString()}`,
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Serves the playground as it is built for production, whose pages load quickly. Its chat server keeps nothing. */
export const startBuiltPlayground = async (): Promise<Pick<Playground, 'origin' | 'close'>> => {
  const folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-built-'))
  process.env['PLAYGROUND_DB'] = ':memory:'
  const shared = { configFile: CONFIG, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } } as const
  await build(shared)
  const server = await preview({ ...shared, preview: { host: '127.0.0.1', port: 0, open: false } })
  const address = server.httpServer.address()
  if (address === null || typeof address === 'string') throw new Error('the playground has no port')
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until the page's session has this state. */
export const waitForState = async (page: Page, state: string): Promise<void> => {
  await page.waitForFunction((wanted) => window.__playground?.session.snapshot().state === wanted, state)
}

/** Notes when the page's sockets to the chat open and close. Call it before the page is opened. */
export const watchSockets = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const sockets: NonNullable<Window['__sockets']> = []
    window.__sockets = sockets
    window.WebSocket = new Proxy(WebSocket, {
      construct(target, args: ConstructorParameters<typeof WebSocket>) {
        const socket = new target(...args)
        if (!new URL(socket.url).pathname.startsWith('/chat')) return socket
        const entry: (typeof sockets)[number] = {}
        sockets.push(entry)
        socket.addEventListener('open', () => (entry.openedAt = Date.now()))
        socket.addEventListener('close', () => (entry.closedAt = Date.now()))
        return socket
      },
    })
  })
}

/** Makes waits between tries as long as they may be: 1, 2, 4, 8 s and so on. Call it before the page is opened. */
export const waitLongest = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    Math.random = () => 0.999
  })
}

/** Waits for a next try that is at least this far away. @returns when it starts, milliseconds since 1970 */
export const waitForLongWait = async (page: Page, ms: number): Promise<number> => {
  const handle = await page.waitForFunction(
    (least) => {
      const { state, retryAt } = window.__playground!.session.snapshot()
      return (state === 'waiting' || state === 'offline') && retryAt !== undefined && retryAt - Date.now() > least ? retryAt : undefined
    },
    ms,
    { timeout: 60_000 },
  )
  return (await handle.jsonValue())!
}

/** Opens a page that is signed in, in its room and connected, and notes every transition from then on. */
export const openPerson = async (page: Page, url: string): Promise<Page> => {
  await page.goto(url)
  await waitForState(page, 'connected')
  await page.getByRole('log').waitFor()
  await page.evaluate(() => {
    const transitions: NonNullable<Window['__transitions']> = []
    window.__transitions = transitions
    window.__playground!.session.on('transition', ({ to, cause }) => {
      transitions.push({ to, cause: cause?.kind, at: Date.now() })
    })
  })
  return page
}

/** The texts of the rows, top to bottom, that carry a mark such as `m-017`. The address keeps the whole list in the page. */
export const marks = (page: Page): Promise<string[]> =>
  page
    .getByRole('article')
    .allInnerTexts()
    .then((rows) => rows.flatMap((row) => /m-\d{3}/.exec(row)?.[0] ?? []))

export const range = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `m-${String(i + 1).padStart(3, '0')}`)

/** Waits until the page shows exactly these marks' number of rows. */
export const waitForMarks = async (page: Page, count: number): Promise<void> => {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('[role=log] article')].filter((row) => /m-\d{3}/.test(row.textContent)).length >= wanted,
    count,
    { timeout: 90_000 },
  )
}

/** Sends messages `m-001`.. as fast as the session takes them. */
export const sendMarks = (page: Page, room: string, bodies: readonly string[]): Promise<void> =>
  page.evaluate(
    ([target, texts]) => {
      for (const body of texts) window.__playground!.session.sendMessage({ room: target, body })
    },
    [room, bodies] as const,
  )
