/** What a frame costs from the moment that the browser hands it over: decoding, bookkeeping, the consumer. */
import type { Page } from 'playwright-core'
import type { Bench } from './browser.ts'
import type { PlainServer, SocketIoBench } from './servers.ts'
import { median } from './statistics.ts'

export interface FrameRow {
  readonly subject: string
  readonly what: string
  /**
   * Within the handlers and the microtasks that they leave behind, less what the measuring costs. Microseconds per
   * frame; median of the rounds.
   */
  readonly handlerUs: number
  readonly fastestUs: number
  readonly slowestUs: number
  /** From the first frame to the end of the last, the browser's own share included. */
  readonly wallUs: number
  /** Against the bare WebSocket of the same round; median of the rounds. */
  readonly handlerRatio: number
  readonly wallRatio: number
}

const FRAMES = 20_000
const WARM_UP = 2_000
const ROUNDS = 5

interface FrameSubject {
  readonly subject: string
  readonly what: string
  readonly page: string
  readonly isSocketIo?: boolean
}

/** Measured like everyone, and taken off. */
const IDLE: FrameSubject = { subject: 'nobody', what: '', page: 'idle' }

const SUBJECTS: readonly FrameSubject[] = [
  { subject: '`WebSocket`', what: '`onmessage` with `JSON.parse`', page: 'bare' },
  { subject: '**vue-chat-socket**, core', what: "`chat.v1`: decoded, checked, ordered, `on('message')`", page: 'session' },
  { subject: '**vue-chat-socket**, `useChatSocket`', what: 'the same, with reactive state', page: 'chat-v1' },
  { subject: '**vue-chat-socket**, `rawDialect`', what: '`onMessage` with `JSON.parse`', page: 'raw' },
  { subject: '`useWebSocket`', what: '`onMessage` with `JSON.parse`', page: 'use-web-socket' },
  { subject: '`reconnecting-websocket`', what: "`addEventListener('message')` with `JSON.parse`", page: 'reconnecting-websocket' },
  { subject: '`partysocket`', what: "`addEventListener('message')` with `JSON.parse`", page: 'partysocket' },
  { subject: '`socket.io-client`', what: "`on('message')`, its own framing", page: 'socket-io', isSocketIo: true },
]

interface Meter {
  frames: number
  spentMs: number
  firstAt: number
  lastAt: number
}

declare global {
  var meter: Meter
}

/** Brackets every message event: a first listener starts the clock, a last one stops it. */
const installMeter = (): void => {
  const clock = performance
  globalThis.meter = { frames: 0, spentMs: 0, firstAt: 0, lastAt: 0 }
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      let startedAt = 0
      this.addEventListener('message', () => {
        startedAt = clock.now()
        if (meter.frames === 0) meter.firstAt = startedAt
      })
      // By now the client has its own listener, so that this one is the last.
      this.addEventListener('open', () => {
        this.addEventListener('message', () => {
          meter.lastAt = clock.now()
          meter.spentMs += meter.lastAt - startedAt
          meter.frames += 1
        })
      })
    }
  }
}

const eventOf = (seq: number): object => ({
  type: 'event',
  room: 'general',
  seq,
  kind: 'message',
  from: { id: `u-${String(seq % 50)}`, name: `Person ${String(seq % 50)}` },
  clientId: `0190f3c2-7a1b-7c3d-9e4f-${String(seq).padStart(12, '0')}`,
  ts: 1_760_000_000_000 + seq * 1_000,
  body: `Message number ${String(seq)}: the quick brown fox jumps over the lazy dog.`,
})

const consumed = (page: Page): Promise<number> =>
  page.evaluate(() => Object.values(benchPage.counts).reduce((sum, one) => sum + one, 0))

/** Frames that are no messages, such as pings, are in the meter as well; nobody counts on their number. */
const waitFor = async (page: Page, count: number): Promise<void> => {
  for (let left = 600; left > 0; left--) {
    if ((await page.evaluate(() => globalThis.meter.frames)) >= count) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`The browser did not get ${String(count)} frames within half a minute.`)
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300))

const events = Array.from({ length: WARM_UP + FRAMES }, (_, index) => eventOf(index + 1))
const frames = events.map((event) => JSON.stringify(event))

type Measured = Pick<FrameRow, 'handlerUs' | 'wallUs'>

const measure = async (
  { page: name, isSocketIo }: FrameSubject,
  bench: Bench,
  plain: PlainServer,
  socketIo: SocketIoBench,
): Promise<Measured> => {
  const server = isSocketIo ? socketIo : plain
  const push = (from: number, to: number): void => {
    if (isSocketIo) socketIo.push(events.slice(from, to))
    else plain.push(frames.slice(from, to))
  }
  const page = await bench.open(name, installMeter)
  try {
    await page.evaluate((url) => {
      benchPage.subject.connect(url)
    }, `ws://127.0.0.1:${String(server.port)}/chat`)
    while (server.clientCount === 0) await settle()
    await settle()
    push(0, WARM_UP)
    await waitFor(page, WARM_UP)
    await settle()
    await page.evaluate(() => {
      globalThis.meter = { frames: 0, spentMs: 0, firstAt: 0, lastAt: 0 }
    })
    push(WARM_UP, WARM_UP + FRAMES)
    await waitFor(page, FRAMES)
    await settle()
    const meter = await page.evaluate(() => globalThis.meter)
    const count = await consumed(page)
    if (name !== IDLE.page && count !== WARM_UP + FRAMES) {
      throw new Error(`${String(count)} of ${String(WARM_UP + FRAMES)} frames reached the consumer of ${name}.`)
    }
    return {
      handlerUs: (meter.spentMs * 1_000) / meter.frames,
      wallUs: ((meter.lastAt - meter.firstAt) * 1_000) / meter.frames,
    }
  } finally {
    await page.context().close()
    while (server.clientCount > 0) await settle()
  }
}

/** Rounds take turns, so that a slow moment of the machine hits everyone. */
export const runFrameTime = async (bench: Bench, plain: PlainServer, socketIo: SocketIoBench): Promise<readonly FrameRow[]> => {
  const rounds: (readonly Measured[])[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const idle = await measure(IDLE, bench, plain, socketIo)
    const measured: Measured[] = []
    for (const subject of SUBJECTS) {
      const { handlerUs, wallUs } = await measure(subject, bench, plain, socketIo)
      measured.push({ handlerUs: handlerUs - idle.handlerUs, wallUs })
    }
    rounds.push(measured)
  }
  return SUBJECTS.map(({ subject, what }, index) => {
    const over = (pick: (mine: Measured, bare: Measured) => number): readonly number[] =>
      rounds.map((round) => pick(round[index]!, round[0]!))
    const spans = over(({ handlerUs }) => handlerUs)
    return {
      subject,
      what,
      handlerUs: median(spans),
      fastestUs: Math.min(...spans),
      slowestUs: Math.max(...spans),
      wallUs: median(over(({ wallUs }) => wallUs)),
      handlerRatio: median(over((mine, bare) => mine.handlerUs / bare.handlerUs)),
      wallRatio: median(over((mine, bare) => mine.wallUs / bare.wallUs)),
    }
  })
}
