import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { BrowserContext, Page } from 'playwright-core'
import { createServer } from 'vite'
import { attachChat } from '../../../server-dev/index.ts'
import type { SignedIn } from '../../integration/server/support/raw-client.ts'

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

export interface TabsSite {
  readonly httpUrl: string
  readonly wsUrl: string
  readonly origin: string
  close(): Promise<void>
}

/** The page of `tests/browser/tabs-page` with a chat server on the same port. */
export const startTabsSite = async (): Promise<TabsSite> => {
  const server = await createServer({
    configFile: false,
    root: at('tests/browser/tabs-page'),
    cacheDir: at('node_modules/.vite-tabs'),
    logLevel: 'error',
    plugins: [vue()],
    server: { port: 0, host: '127.0.0.1', hmr: false, ws: false, watch: null, fs: { allow: [at('.')] } },
    resolve: {
      alias: [
        { find: 'vue-chat-socket/style.css', replacement: at('src/styles/index.css') },
        { find: 'vue-chat-socket/storage', replacement: at('src/storage.ts') },
        { find: 'vue-chat-socket/tabs', replacement: at('src/tabs.ts') },
        { find: /^vue-chat-socket$/, replacement: at('src/index.ts') },
      ],
    },
  })
  const chat = attachChat(server.httpServer as never, {
    database: ':memory:',
    signIn: true,
    faults: true,
    rooms: ['General', 'Plans'].map((title) => ({ room: title.toLowerCase(), title })),
  })
  await server.listen()
  const origin = new URL(server.resolvedUrls!.local[0]!).origin
  return {
    origin,
    httpUrl: `${origin}/chat`,
    wsUrl: `${origin.replace('http', 'ws')}/chat`,
    async close() {
      await chat.close()
      await server.close()
    },
  }
}

/** Opens a tab that is in the room. */
export const openTab = async (context: BrowserContext, site: TabsSite, { token, user }: SignedIn, room: string, states = ['connected'], more: Record<string, string> = {}): Promise<Page> => {
  const page = await context.newPage()
  await page.goto(`${site.origin}/?${new URLSearchParams({ token, id: user.id, name: user.name, room, ...more }).toString()}`)
  await page.waitForFunction((wanted) => wanted.includes(window.__tab?.session.snapshot().state ?? ''), states)
  await page.getByRole('log').waitFor()
  return page
}

export const isLeader = (page: Page): Promise<boolean> => page.evaluate(() => window.__tab!.isLeader())
export const rowsOf = (page: Page): Promise<readonly (readonly [string, string])[]> => page.evaluate(() => window.__tab!.rows())

export const sendAll = (page: Page, room: string, bodies: readonly string[]): Promise<void> =>
  page.evaluate(
    ([target, texts]) => {
      for (const body of texts) window.__tab!.session.sendMessage({ room: target, body })
    },
    [room, bodies] as const,
  )

/** Waits until the tab shows so many rows and nothing of its own waits. */
export const waitForRows = async (page: Page, count: number): Promise<void> => {
  await page.waitForFunction(
    (wanted) => {
      const { session, rows } = window.__tab!
      return session.snapshot().pendingCount === 0 && rows().length >= wanted && rows().every(([, status]) => status === 'sent')
    },
    count,
    { timeout: 60_000 },
  )
}
