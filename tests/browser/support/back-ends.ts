import type { Page } from 'playwright-core'
import { spawnServer } from '../../integration/server/support/spawn-server.ts'
import { spawnDialectServer, type Cleanups } from '../../integration/dialects/support.ts'
import type { DialectServerName } from '../../../playground/servers/index.ts'

/** What a back end of the playground can do, as a person sees it. */
export interface BackEndUnderTest {
  readonly name: string
  readonly label: string
  /** Names of others are shown. */
  readonly hasNames: boolean
  /** The number of people is shown. */
  readonly hasCount: boolean
  /** There is more than one room, history and typing. */
  readonly isChat: boolean
}

const small = { isChat: false, hasNames: true, hasCount: false }
const chat = { isChat: true, hasNames: true, hasCount: true }

export const backEndsUnderTest: readonly BackEndUnderTest[] = [
  { ...chat, name: 'chat.v1', label: 'chat.v1' },
  { ...chat, name: 'chat.v1-socket-io', label: 'chat.v1 · Socket.IO' },
  { ...small, name: 'text-ping', label: 'text-ping', hasNames: false },
  { ...small, name: 'type-ping', label: 'type-ping', hasCount: true },
  { ...small, name: 'ping-pong', label: 'ping-pong' },
  { ...small, name: 'heartbeat-ack', label: 'heartbeat-ack' },
  { ...small, name: 'event-room', label: 'event-room', hasCount: true },
  { ...small, name: 'socket-io', label: 'Socket.IO', hasCount: true },
]

export interface Killable {
  readonly url: string
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>
  /** On the same port. */
  start(): Promise<void>
}

/** Runs the server of a back end as a process of its own, for pages of this origin. */
export const spawnBackEnd = async (cleanups: Cleanups, { name, isChat }: BackEndUnderTest, origin: string): Promise<Killable> => {
  if (!isChat) return spawnDialectServer(cleanups, name as DialectServerName)
  const server = await spawnServer({ args: ['--socket-io', '--origin', origin] })
  cleanups.add(() => server.dispose())
  return { url: server.wsUrl, kill: () => server.kill(), start: () => server.restart() }
}

/** Writes a message as a person does. */
export const say = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox').fill(text)
  await page.getByRole('textbox').press('Enter')
}

/** What is said in the room, top to bottom. */
export const rows = (page: Page): Promise<string[]> => page.locator('article .chat-message-text').allInnerTexts()

/** Waits until this is said, and no more than that. */
export const waitForRows = async (page: Page, texts: readonly string[]): Promise<void> => {
  await page.locator('article').nth(texts.length - 1).waitFor()
  await page.waitForFunction(
    (wanted) => JSON.stringify([...document.querySelectorAll<HTMLElement>('article .chat-message-text')].map((row) => row.innerText)) === wanted,
    JSON.stringify(texts),
  )
}

/** The banner above the messages. */
export const banner = (page: Page) => page.locator('.chat-banner')

/** Notes something that a reload would forget. */
export const mark = (page: Page): Promise<void> =>
  page.evaluate(() => {
    ;(window as { isSamePage?: boolean }).isSamePage = true
  })

export const isSamePage = (page: Page): Promise<boolean> => page.evaluate(() => (window as { isSamePage?: boolean }).isSamePage === true)
