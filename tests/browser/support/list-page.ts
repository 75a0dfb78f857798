import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Browser, Page } from 'playwright-core'
import { build, type Rolldown } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

export interface ListServer {
  readonly url: string
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

/**
 * Serves a page with one message list, driven from outside. It is built once: a server that transforms each module for
 * each test would take longer than the tests.
 */
export const startListPage = async (): Promise<ListServer> => {
  const built = await build({
    configFile: false,
    root: at('tests/browser/list-page'),
    logLevel: 'error',
    plugins: [vue()],
    build: { write: false, minify: false, target: 'es2022', modulePreload: false },
  })
  const files = new Map((built as Rolldown.RolldownOutput).output.map((file) => [file.fileName, 'code' in file ? file.code : file.source]))
  const server = createServer((request, response) => {
    const name = new URL(request.url!, 'http://page').pathname.slice(1) || 'index.html'
    const body = files.get(name)
    const type = TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream'
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` }).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

/** Runs in the page, before anything else: what a test measures, frame by frame. */
const install = (): void => {
  const list = (): HTMLElement => document.querySelector<HTMLElement>('.chat-list')!
  /** Resolves when a frame was painted: sizes are told of, and may be answered, after the last callback before it. */
  const painted = (then: () => void): void =>
    void requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = then
      port2.postMessage(undefined)
    })
  const frame = (): Promise<void> => new Promise((done) => painted(() => done()))
  const rowOf = (key: string): HTMLElement | null => document.querySelector<HTMLElement>(`article[data-key="${key}"]`)
  const top = (element: HTMLElement): number => element.getBoundingClientRect().top - list().getBoundingClientRect().top
  const toEnd = (): number => list().scrollHeight - list().clientHeight - list().scrollTop
  const topRow = (): HTMLElement => [...document.querySelectorAll<HTMLElement>('article[data-key]')].find((row) => top(row) >= 0)!
  /** Pixels of the view that no row covers; the rows have no gaps of their own. */
  const blank = (): number => {
    const view = list().getBoundingClientRect()
    const spaces = [...document.querySelectorAll('.chat-space')].map((space) => space.getBoundingClientRect())
    return spaces.reduce((sum, { top, bottom }) => sum + Math.max(0, Math.min(bottom, view.bottom) - Math.max(top, view.top)), 0)
  }
  const watchFrames = async <T>(act: () => unknown, read: () => T, frames = 6): Promise<T[]> => {
    await frame()
    act()
    const seen: T[] = []
    for (let count = 0; count < frames; count++) {
      await frame()
      seen.push(read())
    }
    return seen
  }
  const still = async (): Promise<void> => {
    for (let last = Number.NaN, count = 0; count < 4; count = list().scrollTop === last ? count + 1 : 0) {
      last = list().scrollTop
      await frame()
    }
  }
  const opened: number[] = []
  const blanks: number[] = []
  const recordOpening = (): void => {
    if (document.querySelector('article[data-key]')) {
      opened.push(toEnd())
      blanks.push(blank())
    }
    if (opened.length < 20) painted(recordOpening)
  }
  painted(recordOpening)
  Object.assign(window, { measure: { list, frame, rowOf, top, toEnd, topRow, blank, watchFrames, still, opened, blanks } })
}

export interface Measure {
  list(): HTMLElement
  frame(): Promise<void>
  rowOf(key: string): HTMLElement | null
  /** From the top of the view. */
  top(element: HTMLElement): number
  toEnd(): number
  topRow(): HTMLElement
  blank(): number
  /** What is read in each of the frames after the act. */
  watchFrames<T>(act: () => unknown, read: () => T, frames?: number): Promise<T[]>
  still(): Promise<void>
  /** Distances to the end in the first frames that showed messages. */
  readonly opened: number[]
  readonly blanks: number[]
}

export const openListPage = async (
  browser: Browser,
  server: ListServer,
  query: Record<string, string | number> = {},
  size = { width: 800, height: 700 },
): Promise<Page> => {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.addInitScript(install)
  await page.goto(`${server.url}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()}`)
  await page.waitForFunction(() => 'list' in window && document.querySelector('article[data-key]'))
  await page.evaluate(() => window.measure.still())
  return page
}

/** Turns the wheel, and waits until the list stands still. */
export const wheel = async (page: Page, by: number): Promise<void> => {
  await page.mouse.move(400, 300)
  const before = await page.evaluate(() => window.measure.list().scrollTop)
  await page.mouse.wheel(0, by)
  await page.waitForFunction(
    ([before, by]) => {
      const list = window.measure.list()
      const canMove = by < 0 ? before > 0 : list.scrollHeight - list.clientHeight - before > 1
      return !canMove || list.scrollTop !== before
    },
    [before, by] as const,
  )
  await page.evaluate(() => window.measure.still())
}
