/** Measures one kit with one number of messages, in a fresh Chromium. */
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/find-chromium.ts'
import { median, quantile } from '../connection/statistics.ts'
import { watchTasks } from '../shared/tasks.ts'

export interface UiFigures {
  readonly count: number
  /** To the first frame with the messages, milliseconds. */
  readonly mountMs: number
  readonly nodes: number
  /** Over the data, megabytes. */
  readonly heapMb: number
  /** Script per append, and the layout that it asks for; until the frame after it. */
  readonly appendMs: number
  readonly appendP95Ms: number
  readonly appendToPaintMs: number
  /** Appends whose row was not in view in the next frame. */
  readonly hiddenAppends: number
  readonly editMs: number
  /** Processor time of the page's main thread for all of an append: script, style, layout and painting; without that of a frame in which nothing happens. */
  readonly appendWorkMs: number
  readonly prependMs: number
  /** Worst movement of what was read while 50 older messages came, pixels. */
  readonly prependMovePx: number
}

export interface Rounds {
  readonly appends: number
  readonly edits: number
  readonly prepends: number
}

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

const heap = async (session: CDPSession): Promise<number> => {
  for (let turn = 0; turn < 2; turn++) await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

const open = async (url: string): Promise<{ browser: Browser; page: Page; session: CDPSession; close(): Promise<void> }> => {
  const browser = await chromium.launch({ executablePath: process.env['CHROME_PATH'] ?? findChromium(), args: ARGS })
  const page = await browser.newPage({ viewport: { width: 900, height: 800 } })
  page.setDefaultTimeout(0)
  await page.goto(url)
  return { browser, page, session: await page.context().newCDPSession(page), close: () => browser.close() }
}

const mount = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()))
    const start = performance.now()
    window.subject.mount()
    while (!window.subject.rowOf(window.subject.last())) await frame()
    // The second frame begins when the first was painted.
    await frame()
    await frame()
    return performance.now() - start
  })

/** Acts once per frame; the time of the act is that of its script and of the layout that it forces. */
const repeat = (page: Page, act: 'append' | 'edit', times: number): Promise<{ script: number[]; paint: number[]; hidden: number }> =>
  page.evaluate(
    async ([act, times]) => {
      const { subject } = window
      const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()))
      const script: number[] = []
      const paint: number[] = []
      let hidden = 0
      for (let time = 0; time < times; time++) {
        await frame()
        const start = performance.now()
        subject[act]()
        await subject.updated()
        script.push(performance.now() - start)
        await frame()
        const row = subject.rowOf(subject.last())?.getBoundingClientRect()
        if (!row || row.top >= subject.scroller().getBoundingClientRect().bottom) hidden += 1
        await frame()
        paint.push(performance.now() - start)
      }
      return { script, paint, hidden }
    },
    [act, times] as const,
  )

/** What the main thread does in so many appends, beyond the same frames without one. */
const work = async (browser: Browser, page: Page, times: number): Promise<number> => {
  const turn = (isAppend: boolean) =>
    watchTasks(browser, page, () =>
      page.evaluate(
        async ([isAppend, times]) => {
          const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()))
          for (let time = 0; time < times; time++) {
            await frame()
            if (isAppend) window.subject.append()
            await frame()
            await frame()
          }
        },
        [isAppend, times] as const,
      ),
    )
  const idle = await turn(false)
  return ((await turn(true)).totalMs - idle.totalMs) / times
}

const prepend = (page: Page, times: number): Promise<{ script: number[]; moves: number[] }> =>
  page.evaluate(async (times) => {
    const { subject } = window
    const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()))
    const scroller = subject.scroller()
    scroller.scrollTop -= 3_000
    for (let turn = 0; turn < 10; turn++) await frame()
    const view = scroller.getBoundingClientRect()
    let read = subject.last()
    while ((subject.rowOf(read)?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY) > view.top + 100) read -= 1
    const top = (): number => subject.rowOf(read)?.getBoundingClientRect().top ?? Number.NaN
    const script: number[] = []
    const moves: number[] = []
    const before = top()
    for (let time = 0; time < times; time++) {
      const start = performance.now()
      subject.prepend(50)
      await subject.updated()
      script.push(performance.now() - start)
      let worst = 0
      for (let turn = 0; turn < 6; turn++) {
        await frame()
        worst = Math.max(worst, Math.abs(top() - before))
      }
      moves.push(worst)
    }
    return { script, moves }
  }, times)

export const measure = async (url: string, count: number, rounds: Rounds): Promise<UiFigures> => {
  const { browser, page, session, close } = await open(url)
  try {
    await page.evaluate((count) => window.subject.prepare(count), count)
    const before = await heap(session)
    const mountMs = await mount(page)
    const heapMb = ((await heap(session)) - before) / 1_048_576
    const nodes = await page.evaluate(() => window.subject.nodes())
    const append = await repeat(page, 'append', rounds.appends)
    const edit = await repeat(page, 'edit', rounds.edits)
    const appendWorkMs = await work(browser, page, rounds.edits)
    const { script, moves } = await prepend(page, rounds.prepends)
    return {
      count,
      mountMs,
      nodes,
      heapMb,
      appendMs: median(append.script),
      appendP95Ms: quantile(append.script, 0.95),
      appendToPaintMs: median(append.paint),
      hiddenAppends: append.hidden,
      editMs: median(edit.script),
      appendWorkMs,
      prependMs: median(script),
      prependMovePx: Math.max(...moves),
    }
  } finally {
    await close()
  }
}

export interface BurstFigures {
  readonly messages: number
  readonly seconds: number
  readonly longestFrameMs: number
  readonly framesOver50: number
  readonly allShown: boolean
}

/** 5,000 messages in five seconds, as they would come: some in each frame. */
export const measureBurst = async (url: string, messages = 5_000, seconds = 5): Promise<BurstFigures> => {
  const { page, close } = await open(url)
  try {
    await page.evaluate(() => window.subject.prepare(1_000))
    await mount(page)
    const seen = await page.evaluate(
      async ([messages, seconds]) => {
        const { subject } = window
        const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done))
        const start = await frame()
        const end = subject.last() + messages
        const frames: number[] = []
        let sent = 0
        for (let last = start; sent < messages; ) {
          const now = await frame()
          frames.push(now - last)
          last = now
          for (const due = Math.min(messages, Math.floor(((now - start) / 1_000 / seconds) * messages)); sent < due; sent++) subject.append()
        }
        for (let turn = 0; turn < 30; turn++) await frame()
        const row = subject.rowOf(end)?.getBoundingClientRect()
        return { frames, shown: row !== undefined && row.bottom <= subject.scroller().getBoundingClientRect().bottom + 1, took: (performance.now() - start) / 1_000 }
      },
      [messages, seconds] as const,
    )
    return {
      messages,
      seconds: seen.took,
      longestFrameMs: Math.max(...seen.frames),
      framesOver50: seen.frames.filter((ms) => ms > 50).length,
      allShown: seen.shown,
    }
  } finally {
    await close()
  }
}
