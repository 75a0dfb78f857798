/** `<ChatRoom>` in a real browser over Socket.IO, through a kill and a restart of the server. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Browser, Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { enterRaw, signIn } from '../integration/server/support/raw-client.ts'
import { spawnServer } from '../integration/server/support/spawn-server.ts'
import { launchChromium } from './support/launch.ts'
import { waitForState } from './support/playground.ts'

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

let browser: Browser
let vite: ViteDevServer
let origin: string
const cleanups: (() => unknown)[] = []

beforeAll(async () => {
  vite = await createServer({
    configFile: false,
    root: at('tests/browser/socket-io-page'),
    cacheDir: at('node_modules/.vite-socket-io'),
    logLevel: 'error',
    plugins: [vue()],
    server: { port: 0, host: '127.0.0.1', hmr: false, fs: { allow: [at('.')] } },
    resolve: {
      alias: [
        { find: 'vue-chat-socket/style.css', replacement: at('src/styles/index.css') },
        { find: 'vue-chat-socket/socket-io', replacement: at('src/socket-io.ts') },
        { find: /^vue-chat-socket$/, replacement: at('src/index.ts') },
      ],
    },
  })
  ;[browser] = await Promise.all([launchChromium(), vite.listen()])
  origin = vite.resolvedUrls!.local[0]!
})
afterAll(async () => {
  await browser.close()
  await vite.close()
})
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

const open = async (query: Record<string, string>): Promise<Page> => {
  const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage()
  await page.goto(`${origin}?${new URLSearchParams(query).toString()}`)
  await waitForState(page, 'connected')
  return page
}

const say = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox').fill(text)
  await page.getByRole('textbox').press('Enter')
}

const sees = (page: Page, text: string): Promise<void> => page.locator('article').getByText(text, { exact: true }).waitFor()

const startPlain = (port: string): Promise<{ readonly child: ChildProcess; readonly url: string }> => {
  const child = spawn(process.execPath, [at('playground/servers/main.ts'), 'socket-io', '--port', port], { stdio: ['ignore', 'pipe', 'inherit'] })
  cleanups.push(() => child.kill('SIGKILL'))
  return new Promise((resolve) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      resolve({ child, url: line.replace('listening on ', '') })
    })
  })
}

it('[SI40] two browsers talk through a plain Socket.IO server, through its kill and restart', async () => {
  const { child, url } = await startPlain('0')
  const [ann, bob] = [await open({ url }), await open({ url })]
  await say(ann, 'hello')
  await sees(bob, 'hello')
  await say(bob, 'hi')
  await sees(ann, 'hi')
  await ann.getByText('2 online').waitFor()
  child.kill('SIGKILL')
  await Promise.all([waitForState(ann, 'waiting'), waitForState(bob, 'waiting')])
  await startPlain(new URL(url).port)
  await Promise.all([waitForState(ann, 'connected'), waitForState(bob, 'connected')])
  await say(ann, 'back again')
  await sees(bob, 'back again')
  expect(await bob.locator('article').count()).toBe(3)
})

it('[SI18] a browser that goes offline and back keeps its link while the network works', async () => {
  const { url } = await startPlain('0')
  const ann = await open({ url })
  const states = await ann.evaluateHandle(() => {
    const seen: string[] = []
    window.__playground!.session.on('transition', ({ to }) => seen.push(to))
    return seen
  })
  await ann.evaluate(() => window.dispatchEvent(new Event('offline')))
  await ann.evaluate(() => window.dispatchEvent(new Event('online')))
  await waitForState(ann, 'connected')
  expect(await states.jsonValue()).not.toContain('waiting')
})

it('[SI41] a browser on Socket.IO and a client on a WebSocket share a room: history, presence, resume after kill -9', async () => {
  const server = await spawnServer({ args: ['--socket-io', '--origin', new URL(origin).origin] })
  cleanups.push(() => server.dispose())
  const will = await enterRaw(server, 'Will')
  await will.say('general', 'w-1', 'before you came')
  const { token } = await signIn(server.httpUrl, 'Ann')
  const ann = await open({ url: server.httpUrl, token })
  await sees(ann, 'before you came')
  await say(ann, 'hello')
  await will.next((frame) => frame.type === 'event' && frame['body'] === 'hello')
  await server.kill()
  await waitForState(ann, 'waiting')
  await say(ann, 'typed while it was gone')
  await server.restart()
  await waitForState(ann, 'connected')
  await ann.locator('article[data-status=sent]').nth(1).waitFor()
  const back = await enterRaw(server, 'Will')
  back.send({ type: 'history', id: 1, room: 'general' })
  const page = await back.next((frame) => frame.type === 'page')
  expect((page['events'] as { body: string }[]).map(({ body }) => body)).toEqual(['before you came', 'hello', 'typed while it was gone'])
})
