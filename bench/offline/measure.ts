/** A person who reloads while offline, and one who comes back with a long queue. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { quantile } from '../connection/statistics.ts'
import type { ServerProcess } from '../delivery/server-process.ts'
import { watchTasks } from '../shared/tasks.ts'
import { bodiesOf } from './log.ts'
import type { FlushFigures, PageConfig } from './pages/contract.ts'

export interface Subject {
  readonly browser: Browser
  readonly pageUrl: string
  readonly server: ServerProcess
}

export interface PaintFigures {
  readonly reloads: number
  readonly messages: number
  /** From the first line of script to the end of the first frame that shows the last cached message, milliseconds. */
  readonly medianMs: number
  readonly worstMs: number
  readonly bestMs: number
  /** Processor time of the page from its navigation to that frame; median. */
  readonly ownMs: number
}

export interface QueueFigures extends FlushFigures {
  readonly what: string
  readonly messages: number
  /** Processor time of the longest task of the page, reading the queue from the disk included, milliseconds. */
  readonly busiestMs: number
  /** Each once, in the order of writing. */
  readonly isWhole: boolean
}

const ROOM = 'general'

const signIn = async (port: number, name: string): Promise<Pick<PageConfig, 'token' | 'user'>> => {
  const response = await fetch(`http://127.0.0.1:${String(port)}/chat/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  return (await response.json()) as Pick<PageConfig, 'token' | 'user'>
}

interface Person {
  readonly context: BrowserContext
  readonly page: Page
  readonly url: string
}

const openPerson = async ({ browser, pageUrl, server }: Subject, name: string): Promise<Person> => {
  const config: PageConfig = { url: `ws://127.0.0.1:${String(server.port)}/chat`, ...(await signIn(server.port, name)) }
  const context = await browser.newContext({ viewport: { width: 900, height: 800 } })
  const page = await context.newPage()
  page.setDefaultTimeout(600_000)
  page.on('pageerror', (error) => process.stderr.write(`${name}: ${error.message}\n`))
  const url = `${pageUrl}#${encodeURIComponent(JSON.stringify(config))}`
  await page.goto(url)
  await page.waitForFunction(() => globalThis.room?.isOpen())
  return { context, page, url }
}

/** Whether so many messages wait on the disk. */
const whenKept = (page: Page, store: 'messages' | 'rooms', count: number): Promise<unknown> =>
  page.waitForFunction(
    ([store, count]) =>
      new Promise<boolean>((resolve) => {
        const opening = indexedDB.open('vue-chat-socket')
        opening.onsuccess = () => {
          const all = opening.result.transaction(store).objectStore(store).getAll()
          all.onsuccess = () => {
            opening.result.close()
            const [room] = all.result as { messages?: unknown[] }[]
            resolve(store === 'messages' ? all.result.length === count : room?.messages?.length === count)
          }
        }
      }),
    [store, count] as const,
    { polling: 500 },
  )

/** Ends with the frame that shows it: the task after a frame's callbacks comes when it was drawn. */
const timeToPaint = (page: Page, text: string): Promise<number> =>
  page.evaluate(async (text) => {
    const shows = (): boolean => [...document.querySelectorAll('article')].some((row) => row.textContent?.includes(text))
    while (!shows()) await new Promise((done) => setTimeout(done))
    await new Promise((done) => requestAnimationFrame(done))
    const { port1, port2 } = new MessageChannel()
    const painted = new Promise((done) => (port1.onmessage = done))
    port2.postMessage('')
    await painted
    return performance.now() - globalThis.startedAt
  }, text)

export const measurePaint = async (subject: Subject, messages: number, reloads: number): Promise<PaintFigures> => {
  const { context, page, url } = await openPerson(subject, 'Ada')
  await page.evaluate((count) => globalThis.room.queue(count), messages)
  await page.waitForFunction(() => globalThis.room.pendingCount() === 0)
  await whenKept(page, 'rooms', Math.min(messages, 100))
  await subject.server.stop()
  const times: number[] = []
  const own: number[] = []
  for (let reload = 0; reload < reloads; reload += 1) {
    await page.goto('about:blank')
    const { result, totalMs } = await watchTasks(subject.browser, page, async () => {
      // Without waiting, so that the watch runs from the start.
      await page.goto(url, { waitUntil: 'commit' })
      return timeToPaint(page, `message ${String(messages)}`)
    })
    times.push(result)
    own.push(totalMs)
  }
  await context.close()
  await subject.server.start()
  return { reloads, messages, medianMs: quantile(times, 0.5), worstMs: Math.max(...times), bestMs: Math.min(...times), ownMs: quantile(own, 0.5) }
}

/** @param isReloaded the page that sends is not the one in which it was written */
export const measureFlush = async (subject: Subject, messages: number, isReloaded: boolean): Promise<QueueFigures> => {
  const { server } = subject
  const { context, page, url } = await openPerson(subject, isReloaded ? 'Cem' : 'Ben')
  const before = bodiesOf(server.database, ROOM).length
  await server.stop()
  await page.waitForFunction(() => !globalThis.room.isOpen())
  await page.evaluate((count) => globalThis.room.queue(count), messages)
  await whenKept(page, 'messages', messages)
  let restoreMs = 0
  if (isReloaded) {
    await page.goto('about:blank')
    ;({ busiestMs: restoreMs } = await watchTasks(subject.browser, page, async () => {
      await page.goto(url)
      await page.waitForFunction((count) => globalThis.room?.pendingCount() === count, messages)
      await page.evaluate(() => new Promise((done) => setTimeout(done, 1_000)))
    }))
  }
  await server.start()
  const { result: figures, busiestMs } = await watchTasks(subject.browser, page, () => page.evaluate(() => globalThis.room.flush()))
  const said = bodiesOf(server.database, ROOM).slice(before)
  const isWhole = said.length === messages && said.every((body, i) => body === `message ${String(i + 1)}`)
  await context.close()
  return { what: isReloaded ? 'after a reload, from the disk' : 'in the page in which they were written', messages, isWhole, busiestMs: Math.max(busiestMs, restoreMs), ...figures }
}
