/** Each back end of the playground in a real browser, against its real server. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createCleanups } from '../integration/dialects/support.ts'
import { axeFindings } from './support/axe.ts'
import {
  backEndsUnderTest,
  banner,
  isSamePage,
  mark,
  rows,
  say,
  spawnBackEnd,
  waitForRows,
  type BackEndUnderTest,
} from './support/back-ends.ts'
import { launchChromium } from './support/launch.ts'
import { startBuiltPlayground, startPlayground, waitForState, type Playground } from './support/playground.ts'

let browser: Browser
let playground: Playground
/** What `npm start` serves is the other one; this one's pages load in a third of the time. */
let built: Awaited<ReturnType<typeof startBuiltPlayground>>
/** Keeps the page's files from test to test. Two of its pages are two people, as two tabs are. */
let shared: BrowserContext
const cleanups = createCleanups()

beforeAll(async () => {
  ;[browser, playground] = await Promise.all([launchChromium(), startPlayground()])
  built = await startBuiltPlayground()
  shared = await newContext()
})
afterAll(async () => {
  await browser.close()
  await Promise.all([playground.close(), built.close()])
})
afterEach(async () => {
  for (const page of shared.pages()) await page.close()
  for (const context of browser.contexts()) if (context !== shared) await context.close()
  await cleanups.run()
})

const SIZE = { width: 1280, height: 800 }

const newContext = (viewport = SIZE): Promise<BrowserContext> => browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB', viewport })

const open = async (query: Readonly<Record<string, string>>, context = shared, { origin }: Pick<Playground, 'origin'> = built): Promise<Page> => {
  const page = await context.newPage()
  await page.goto(`${origin}/?${new URLSearchParams(query).toString()}`)
  return page
}

const come = async (query: Readonly<Record<string, string>>, context = shared, at: Pick<Playground, 'origin'> = built): Promise<Page> => {
  const page = await open(query, context, at)
  await waitForState(page, 'connected')
  return page
}

/** Chooses another back end, and waits for the session that this makes. */
const switchTo = async (page: Page, { name }: BackEndUnderTest): Promise<void> => {
  const before = await page.evaluateHandle(() => window.__playground!.session)
  const isThere = (await page.getByLabel('Server').inputValue()) === name
  if (!isThere) {
    await page.getByLabel('Server').selectOption(name)
    await page.waitForFunction((old) => window.__playground!.session !== old, before)
    expect(await before.evaluate((session) => session.snapshot().state)).toBe('closed')
  }
  await waitForState(page, 'connected')
}

const online = (page: Page, count: number): Promise<void> => page.locator('.chat-online').getByText(`${String(count)} online`).waitFor()

/** Two people who have talked to each other. */
const meet = async ({ hasCount, hasNames }: BackEndUnderTest, ada: Page, ben: Page): Promise<readonly string[]> => {
  if (hasCount) for (const page of [ada, ben]) await online(page, 2)
  await say(ada, 'hello Ben')
  await waitForRows(ben, ['hello Ben'])
  await say(ben, 'hello Ada')
  for (const page of [ada, ben]) await waitForRows(page, ['hello Ben', 'hello Ada'])
  expect(await ben.locator('.chat-message-author').innerText()).toBe(hasNames ? 'Ada' : 'Guest')
  return ['hello Ben', 'hello Ada']
}

describe.each(backEndsUnderTest)('$name', (backEnd) => {
  const { name: backend, hasCount } = backEnd

  it('[PG1] killed with -9 and started again under two people: the banner tells, and what was typed meanwhile arrives once, in order, without a reload', async () => {
    const server = await spawnBackEnd(cleanups, backEnd, built.origin)
    const at = { backend, server: server.url }
    // Ben comes back by himself. Ada waits for her button, as most of these servers keep nothing for who comes later.
    const [ada, ben] = await Promise.all([come({ ...at, name: 'Ada', wait: '600000' }), come({ ...at, name: 'Ben', wait: '100' })])
    const before = await meet(backEnd, ada, ben)
    for (const page of [ada, ben]) await mark(page)

    await server.kill()
    for (const page of [ada, ben]) await banner(page).getByText('Connection lost').waitFor()
    await say(ada, 'typed while it was gone')
    await say(ada, 'and another one')
    await banner(ada).getByText('2 messages wait to be sent').waitFor()
    expect(await ada.locator('article[data-status=sending]').count()).toBe(2)
    expect(await rows(ben)).toEqual(before)

    await server.start()
    await waitForState(ben, 'connected')
    await banner(ada).getByRole('button', { name: 'Retry now' }).click()
    const after = [...before, 'typed while it was gone', 'and another one']
    await waitForRows(ben, after)
    await say(ben, 'welcome back')
    for (const page of [ada, ben]) await waitForRows(page, [...after, 'welcome back'])
    expect(await ada.locator('article[data-side=own]:not([data-status=sent]):not([data-status=delivered]):not([data-status=read])').count()).toBe(0)
    if (hasCount) for (const page of [ada, ben]) await online(page, 2)
    for (const page of [ada, ben]) {
      await banner(page).getByText('Connection lost').waitFor({ state: 'detached' })
      expect(await isSamePage(page)).toBe(true)
    }
  })
})

describe('the switch of the back end', () => {
  it('[PG2] two people go from one to the next on the spot, talk at each, and see nothing that it has no word for', async () => {
    const [ada, ben] = await Promise.all([
      open({ room: 'everywhere' }, shared, playground),
      come({ room: 'everywhere', name: 'Ben' }, shared, playground),
    ])
    await ada.getByLabel('Your name').fill('Ada')
    await ada.getByLabel('Server').selectOption('text-ping')
    await ada.getByText('Plain text: “ping” is answered by “pong”.').waitFor()
    await ada.getByRole('button', { name: 'Start talking' }).click()
    await waitForState(ada, 'connected')
    for (const page of [ada, ben]) await mark(page)
    for (const backEnd of backEndsUnderTest) {
      const { name, isChat, hasCount } = backEnd
      for (const page of [ada, ben]) await switchTo(page, backEnd)
      // The one server behind both kinds of chat.v1 has kept what was said.
      if (name !== 'chat.v1-socket-io') await meet(backEnd, ada, ben)
      await ben.getByRole('textbox').pressSequentially('I am typing')
      if (isChat) await ada.getByText(/Ben.? is typing/).first().waitFor()
      expect(await ada.locator('.chat-typing').count()).toBe(isChat ? 1 : 0)
      expect(await ada.getByRole('navigation').count()).toBe(isChat ? 1 : 0)
      expect(await ada.locator('.chat-online').count()).toBe(hasCount ? 1 : 0)
      expect(await ada.locator('.chat-list-top, .chat-skeleton, .chat-room-error').count()).toBe(0)
      // Where the server asks, there is no round trip.
      expect(await ada.locator('.pg-line').count()).toBe(name === 'event-room' ? 0 : 1)
    }
    for (const page of [ada, ben]) expect(await isSamePage(page)).toBe(true)
  })

  it('[PG3] keeps the name, the keyboard’s place and the room, and says what is spoken, also after a reload', async () => {
    const page = await come({ backend: 'socket-io', name: 'Zoë', room: 'attic' }, await newContext())
    for (const backEnd of backEndsUnderTest) {
      const { name, label, isChat, hasCount } = backEnd
      await switchTo(page, backEnd)
      expect(await page.getByLabel('Server').locator('option:checked').innerText()).toBe(label)
      expect(await page.evaluate(() => document.activeElement!.tagName)).toBe('SELECT')
      await page.locator('.pg-me-name').getByText('Zoë').waitFor()
      await page.getByRole('heading', { name: 'attic' }).waitFor()
      expect(await page.getByTestId('lacks').count()).toBe(isChat ? 0 : 1)
      if (!isChat) expect((await page.getByTestId('lacks').innerText()).includes('who is online')).toBe(!hasCount)
      if (!isChat) expect(await page.getByTestId('lacks').innerText()).toMatch(/history.*typing/s)
      expect(new URL(page.url()).searchParams.get('backend')).toBe(name)
    }
    await page.reload()
    await waitForState(page, 'connected')
    expect(await page.getByLabel('Server').inputValue()).toBe('socket-io')
    await page.locator('.pg-me-name').getByText('Zoë').waitFor()
    await page.getByLabel('Language').selectOption('zh-CN')
    await page.getByText('普通的 Socket.IO 服务器').waitFor()
  })

  it('[PG4] a small server is hurt from the drawer, as the chat server is; one elsewhere offers no button for that', async () => {
    const page = await come({ backend: 'event-room', name: 'Ada', wait: '100' })
    for (const fault of ['cut', 'mute', 'restart']) {
      const before = await page.getByTestId('pulse-transitions').locator('[data-to=waiting]').count()
      await page.getByTestId(`fault-${fault}`).click()
      await page.getByTestId('pulse-transitions').locator('[data-to=waiting]').nth(before).waitFor()
      await waitForState(page, 'connected')
    }
    const elsewhere = backEndsUnderTest.find(({ name }) => name === 'event-room')!
    const server = await spawnBackEnd(cleanups, elsewhere, built.origin)
    const other = await come({ backend: 'event-room', server: server.url, name: 'Ada' })
    await other.getByTestId('disconnect').waitFor()
    expect(await other.getByTestId(/^fault-/).count()).toBe(0)
  })

  it('[PG5] a name that nobody could read is refused where no server does it, and an unknown back end is the first one', async () => {
    const page = await open({ backend: 'ping-pong', name: '\u200b' })
    await page.getByRole('alert').getByText('A name has 1 to 40 visible characters.').waitFor()
    const other = await come({ backend: 'carrier-pigeon', name: 'Ada' })
    expect(await other.getByLabel('Server').inputValue()).toBe('chat.v1')
  })

  it('[PG6] pages of other sites, unknown names and unknown faults are turned away', async () => {
    const { origin } = playground
    const ask = (path: string, init: RequestInit): Promise<number> => fetch(origin + path, init).then(({ status }) => status)
    const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', body, headers })
    expect(await ask('/backends/text-ping/faults', post('{"do":"cut"}'))).toBe(200)
    expect(await ask('/backends/text-ping/faults', post('{"do":"cut"}', { origin: 'https://elsewhere.example' }))).toBe(403)
    expect(await ask('/backends/text-ping/faults', post('{"do":"explode"}'))).toBe(400)
    expect(await ask('/backends/text-ping/faults', post('null'))).toBe(400)
    expect(await ask('/backends/carrier-pigeon/faults', post('{"do":"cut"}'))).toBe(404)
    expect(await ask('/backends/text-ping/faults', {})).toBe(405)
    const shake = (path: string, from: string): Promise<number | undefined> =>
      new Promise((resolve) => {
        const socket = new WebSocket(origin.replace('http', 'ws') + path, { origin: from })
        socket.once('error', () => undefined)
        socket.once('open', () => resolve(101))
        socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode))
        cleanups.add(() => socket.terminate())
      })
    expect(await shake('/backends/text-ping', origin)).toBe(101)
    expect(await shake('/backends/text-ping', 'https://elsewhere.example')).toBe(403)
    expect(await shake('/backends/carrier-pigeon', origin)).toBe(404)
  })

  it.each([360, 768, 1280])('[PG7] axe finds nothing at %i px, and nothing scrolls sideways', async (width) => {
    const page = await open({ backend: 'text-ping' }, await newContext({ width, height: 800 }))
    const check = async (): Promise<void> => {
      expect(await axeFindings(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    }
    await page.getByLabel('Your name').fill('Zoë')
    await check()
    await page.getByRole('button', { name: 'Start talking' }).click()
    await waitForState(page, 'connected')
    await check()
    if (width === 360) {
      await page.getByTestId('drawer-toggle').click()
      await page.getByLabel('Server').selectOption('event-room')
      await page.getByText('The server asks whether we are there').waitFor()
      await waitForState(page, 'connected')
      expect(await page.evaluate(() => document.activeElement!.tagName)).toBe('SELECT')
      await check()
    }
  })
})
