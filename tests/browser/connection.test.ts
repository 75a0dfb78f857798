import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { markDocument, open, show, speaker, startSite, storedIn, transitions, type } from './support/connection.ts'
import { inBrowser } from './support/in-browser.ts'
import { marks, range, waitForLongWait, waitForMarks, waitForState, waitLongest } from './support/playground.ts'

/** What the server promises: to be heard at least this often. */
const TIMEOUT_MS = 15_000

const here = inBrowser(() => startSite({ heartbeat: { intervalMs: 10_000, timeoutMs: TIMEOUT_MS } }))

const sockets = (page: Page) => page.evaluate(() => window.__sockets!)

const answered = (page: Page) => page.waitForFunction(() => window.__playground!.session.snapshot().pendingCount === 0)

/** Other browsers tell by `online` and `offline` alone that the network is another one. */
const withoutConnection = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: undefined })
  })
}

describe('a page in Chromium', () => {
  it('[BC1] offline and back: the open socket is doubted, and what was typed and said meanwhile is there once', async () => {
    const { page } = await open(here.browser, here.site, 'Ada', 'tunnel', async (made) => {
      await waitLongest(made)
      await withoutConnection(made)
    })
    const isSame = await markDocument(page)
    const ben = await speaker(here.site, 'Ben', 'tunnel')
    await type(page, 'm-001')
    await waitForMarks(page, 1)
    await answered(page)
    await page.context().setOffline(true)
    await ben.say('m-002')
    await type(page, 'm-003')
    await page.locator('.chat-banner').getByText('1 message waits to be sent').waitFor()
    await waitForLongWait(page, 3_000)
    // Chromium leaves the socket open: nobody but our own question tells that it is dead.
    expect((await transitions(page)).slice(0, 2)).toEqual([['probing', undefined], ['waiting', 'wake']])
    const before = (await transitions(page)).length
    await page.context().setOffline(false)
    await waitForMarks(page, 3)
    await waitForState(page, 'connected')
    await answered(page)
    expect((await transitions(page))[before]).toEqual(['connecting', 'wake'])
    expect(await marks(page)).toEqual(range(3))
    expect(await storedIn(here.site, 'tunnel')).toEqual(range(3))
    expect(await isSame()).toBe(true)
  })

  it('[BC2] a server that falls silent: another socket is open within its promise, while the old one still looks open', async () => {
    const { page, id } = await open(here.browser, here.site, 'Ada', 'silent')
    const isSame = await markDocument(page)
    const ben = await speaker(here.site, 'Ben', 'silent')
    await ben.say('m-001')
    await waitForMarks(page, 1)
    await here.site.fault('mute', { user: id })
    await ben.say('m-002')
    await type(page, 'm-003')
    await page.waitForFunction(() => window.__sockets!.length === 2 && window.__sockets![1]!.openedAt !== undefined, undefined, {
      timeout: TIMEOUT_MS + 1_000,
    })
    expect((await sockets(page))[0]!.closedAt).toBeUndefined()
    expect((await transitions(page)).find(([to]) => to === 'waiting')).toEqual(['waiting', 'heartbeat'])
    await waitForMarks(page, 3)
    await answered(page)
    expect(await marks(page)).toEqual(range(3))
    expect(await storedIn(here.site, 'silent')).toEqual(range(3))
    expect(await isSame()).toBe(true)
  })

  it('[BC3] shown again on a link that died while it was hidden: the page asks and starts another socket, without waiting for a beat', async () => {
    const { page, id } = await open(here.browser, here.site, 'Ada', 'hidden')
    const isSame = await markDocument(page)
    const ben = await speaker(here.site, 'Ben', 'hidden')
    await ben.say('m-001')
    await waitForMarks(page, 1)
    await show(page, 'hidden')
    await here.site.fault('mute', { user: id })
    await ben.say('m-002')
    expect(await transitions(page)).toEqual([])
    await show(page, 'visible')
    await page.waitForFunction(() => window.__sockets!.length === 2, undefined, { timeout: 10_000 })
    await waitForMarks(page, 2)
    await waitForState(page, 'connected')
    expect(await transitions(page)).toEqual([
      ['probing', undefined],
      ['waiting', 'wake'],
      ['connecting', 'wake'],
      ['handshaking', 'wake'],
      ['connected', undefined],
    ])
    expect(await marks(page)).toEqual(range(2))
    expect(await isSame()).toBe(true)
  })

  it('[BC4] shown again on a link that lives: it is asked, and kept', async () => {
    const { page } = await open(here.browser, here.site, 'Ada', 'shown')
    await show(page, 'hidden')
    await show(page, 'visible')
    await page.waitForFunction(() => window.__transitions!.at(-1)?.to === 'connected')
    expect(await transitions(page)).toEqual([['probing', undefined], ['connected', undefined]])
    expect(await sockets(page)).toHaveLength(1)
  })
})
