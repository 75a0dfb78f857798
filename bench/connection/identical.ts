/** A burst of frames that say the same: how many reach the consumer in the ways that the documentation shows. */
import type { Page } from 'playwright-core'
import { pathToFileURL } from 'node:url'
import type * as Core from '../../src/core/index.ts'
import type * as Dialects from '../../src/dialects/index.ts'
import type { Bench } from './browser.ts'
import type { BenchServer, PlainServer, SocketIoBench } from './servers.ts'

export interface IdenticalRow {
  readonly subject: string
  readonly way: string
  readonly sent: number
  readonly delivered: number
}

export const BURST = 200

export interface IdenticalServers {
  readonly chat: Pick<BenchServer, 'port'>
  readonly plain: PlainServer
  readonly 'socket.io': SocketIoBench
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const urlOf = (port: number): string => `ws://127.0.0.1:${String(port)}/chat`

const connect = async (page: Page, port: number): Promise<void> => {
  await page.evaluate((url) => {
    benchPage.subject.connect(url)
  }, urlOf(port))
}

const countsOf = (page: Page): Promise<Record<string, number>> => page.evaluate(() => ({ ...benchPage.counts }))

/** What has come when nothing more comes. */
const quiet = async (page: Page, count: (page: Page) => Promise<number>): Promise<void> => {
  let before = -1
  for (let same = 0; same < 4; ) {
    await sleep(250)
    const now = await count(page)
    same = now === before && now > 0 ? same + 1 : 0
    before = now
  }
}

const total = async (page: Page): Promise<number> => Object.values(await countsOf(page)).reduce((a, b) => a + b, 0)

/** The server sends the same text over and over. */
const frames = async (
  subject: string,
  pageName: string,
  bench: Bench,
  server: BenchServer,
): Promise<readonly IdenticalRow[]> => {
  const page = await bench.open(pageName)
  await connect(page, server.port)
  while (server.clientCount === 0) await sleep(50)
  server.burst('ok', BURST)
  await quiet(page, total)
  const counts = await countsOf(page)
  await page.context().close()
  while (server.clientCount > 0) await sleep(50)
  return Object.entries(counts).map(([way, delivered]) => ({ subject, way, sent: BURST, delivered }))
}

/** Somebody says the same thing over and over, and it goes through the server's database. */
const messages = async (bench: Bench, library: string, port: number): Promise<readonly IdenticalRow[]> => {
  const { createSession } = (await import(pathToFileURL(`${library}/core.js`).href)) as typeof Core
  const { chatV1Dialect } = (await import(pathToFileURL(`${library}/dialects.js`).href)) as typeof Dialects
  const page = await bench.open('chat-v1#store')
  await connect(page, port)
  const sender = createSession({ url: urlOf(port), dialect: chatV1Dialect() })
  sender.enter('general')
  sender.open()
  // The page is there when the sender sees two people.
  await new Promise<void>((resolve) => {
    sender.on('presence', ({ count }) => {
      if (count >= 2) resolve()
    })
    sender.on('entered', ({ count }) => {
      if (count >= 2) resolve()
    })
  })
  const sent = Array.from({ length: BURST }, () => sender.sendMessage({ room: 'general', body: 'ok' }).settled)
  const results = await Promise.all(sent)
  if (results.some(({ ok }) => !ok)) throw new Error('Our server refused some of the burst.')
  await quiet(page, total)
  const counts = await countsOf(page)
  const [rows, stored] = await page.evaluate(() =>
    (globalThis as unknown as { storeRows: () => readonly [number, number] }).storeRows(),
  )
  sender.dispose()
  await page.context().close()
  const subject = '**vue-chat-socket**, `chat.v1`'
  return [
    ...Object.entries(counts).map(([way, delivered]) => ({ subject, way, sent: BURST, delivered })),
    { subject, way: '`useChatRoom().messages`', sent: BURST, delivered: rows },
    { subject, way: '`useChatStore().messages(room)`', sent: BURST, delivered: stored },
  ]
}

/** @param library folder of the built library */
export const runIdentical = async (bench: Bench, library: string, servers: IdenticalServers): Promise<readonly IdenticalRow[]> => {
  const { plain, chat } = servers
  const socketIo = servers['socket.io']
  return [
    ...(await messages(bench, library, chat.port)),
    ...(await frames('**vue-chat-socket**, `rawDialect`', 'raw#watch', bench, plain)),
    ...(await frames('`useWebSocket`', 'use-web-socket#watch', bench, plain)),
    ...(await frames('`reconnecting-websocket`', 'reconnecting-websocket', bench, plain)),
    ...(await frames('`partysocket`', 'partysocket', bench, plain)),
    ...(await frames('`socket.io-client`', 'socket-io', bench, socketIo)),
  ]
}
