import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { preview } from 'vite'
import { attachChat, type ChatOptions, type LogEntry } from '../../../server-dev/index.ts'
import { enterRaw } from '../../integration/server/support/raw-client.ts'
import { openPerson, watchSockets } from './playground.ts'

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

export interface Site {
  readonly origin: string
  /** `http://127.0.0.1:PORT/chat` */
  readonly httpUrl: string
  /** `ws://127.0.0.1:PORT/chat` */
  readonly wsUrl: string
  /** What the chat server has logged. */
  readonly log: readonly LogEntry[]
  /** Hurts the server; only one person's sockets with `user`. */
  fault(what: 'cut' | 'mute' | 'refuse', details?: { readonly user?: string; readonly ms?: number }): Promise<void>
  close(): Promise<void>
}

/**
 * The playground as it is built for production, with a chat server on the same port. Built, because the development
 * server keeps a socket of its own open in the page, which keeps it out of the back/forward cache, and reloads it.
 */
export const startSite = async (options: ChatOptions = {}): Promise<Site> => {
  const folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-site-'))
  const outDir = join(folder, 'site')
  await promisify(execFile)(
    process.execPath,
    [at('node_modules/vite/bin/vite.js'), 'build', '--config', at('playground/vite.config.ts'), '--outDir', outDir, '--logLevel', 'error'],
    { env: { ...process.env, NODE_ENV: 'production' } },
  )
  const server = await preview({
    configFile: false,
    root: at('playground'),
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, open: false },
  })
  const log: LogEntry[] = []
  const chat = attachChat(server.httpServer, { database: ':memory:', signIn: true, faults: true, log: (entry) => log.push(entry), ...options })
  const origin = new URL(server.resolvedUrls!.local[0]!).origin
  const httpUrl = `${origin}/chat`
  const fault: Site['fault'] = async (what, details) => {
    const response = await fetch(`${httpUrl}/faults`, { method: 'POST', body: JSON.stringify({ do: what, ...details }) })
    if (!response.ok) throw new Error(`faults answered ${String(response.status)}`)
  }
  return {
    origin,
    httpUrl,
    wsUrl: httpUrl.replace('http', 'ws'),
    log,
    fault,
    async close() {
      // Muted sockets do not hear a farewell, and would be waited for.
      await fault('cut')
      await chat.close()
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface Person {
  readonly page: Page
  /** Their user id. */
  readonly id: string
}

/** Opens the playground for somebody who is signed in, connected, and in the room. */
export const open = async (
  browser: Browser,
  site: Site,
  name: string,
  room: string,
  prepare?: (page: Page) => Promise<void>,
): Promise<Person> => {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' })
  const page = await context.newPage()
  await watchSockets(page)
  await prepare?.(page)
  await openPerson(page, `${site.origin}/?${new URLSearchParams({ name, room }).toString()}`)
  return { page, id: await page.evaluate(() => window.__playground!.session.snapshot().user!.id) }
}

/** Types a message and sends it, as a person does. */
export const type = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox').fill(text)
  await page.getByRole('textbox').press('Enter')
}

/** Marks the document's memory. @returns whether it is still the same one, which a reload would not leave */
export const markDocument = async (page: Page): Promise<() => Promise<boolean>> => {
  await page.evaluate(() => {
    Object.assign(window, { __marker: document })
  })
  return () => page.evaluate(() => (window as { __marker?: Document }).__marker === document)
}

/** State and cause of every transition since the page was opened. */
export const transitions = (page: Page): Promise<readonly (readonly [to: string, cause: string | undefined])[]> =>
  page.evaluate(() => window.__transitions!.map(({ to, cause }) => [to, cause] as const))

/** Tells the page that it is shown or hidden; a page without a window is never hidden. */
export const show = (page: Page, state: DocumentVisibilityState): Promise<void> =>
  page.evaluate((visibilityState) => {
    Object.defineProperties(document, {
      visibilityState: { value: visibilityState, configurable: true },
      hidden: { value: visibilityState === 'hidden', configurable: true },
    })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }, state)

export interface Speaker {
  /** Says something in the room; resolves when the server has stored it. */
  say(body: string): Promise<void>
  /** What was said in the room since they came, by others and themselves. */
  heard(): readonly unknown[]
  close(): Promise<void>
}

/** Somebody else in the room, without a browser. */
export const speaker = async (site: Site, name: string, room: string): Promise<Speaker> => {
  const client = await enterRaw(site, name, room)
  return {
    async say(body) {
      const answer = await client.say(room, crypto.randomUUID(), body)
      if (answer.type !== 'ack') throw new Error(`not stored: ${JSON.stringify(answer)}`)
    },
    heard: () => client.of('event').map((frame) => frame['body']),
    close: () => client.close(),
  }
}

/** The texts of a room as the server keeps them. */
export const storedIn = async (site: Site, room: string): Promise<readonly unknown[]> => {
  const late = await enterRaw(site, 'Late', room)
  await late.close()
  return late.of('joined').flatMap((frame) => (frame['events'] as { readonly body: string }[]).map(({ body }) => body))
}
