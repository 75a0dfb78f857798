import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { markDocument, open, speaker, startSite, storedIn, transitions, type } from './support/connection.ts'
import { inBrowser } from './support/in-browser.ts'
import { marks, openPerson, range, waitForLongWait, waitForMarks, waitForState, waitLongest, watchSockets } from './support/playground.ts'

const here = inBrowser(startSite)

/** The browser is wrong about the network, as some are behind a VPN. */
const claimOffline = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true })
    window.dispatchEvent(new Event('offline'))
  })

/** The machine's clock is corrected while the page is open. */
const turnClock = (page: Page, byMs: number): Promise<void> =>
  page.evaluate((shift) => {
    const Before = Date
    window.Date = new Proxy(Before, {
      construct: (target, args: []) => (args.length === 0 ? new target(Before.now() + shift) : new target(...args)),
      get: (target, key) => (key === 'now' ? () => Before.now() + shift : (Reflect.get(target, key) as unknown)),
    })
  }, byMs)

/** One tab's network; `setOffline` of a context is everybody's. */
const network = async (page: Page) => {
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  return (offline: boolean) =>
    client.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
}

describe('odd circumstances in Chromium', () => {
  it('[BC8] a browser that says "offline" while the network works: the link is kept, and a person who tries again gets through', async () => {
    const { page } = await open(here.browser, here.site, 'Ada', 'vpn', waitLongest)
    const isSame = await markDocument(page)
    await claimOffline(page)
    await page.waitForFunction(() => window.__transitions!.at(-1)?.to === 'connected')
    expect(await transitions(page)).toEqual([['probing', undefined], ['connected', undefined]])
    await here.site.fault('refuse', { ms: 60_000 })
    await waitForLongWait(page, 3_000)
    await claimOffline(page)
    await page.locator('.chat-banner').getByText('You are offline').waitFor()
    await here.site.fault('refuse', { ms: 0 })
    const ben = await speaker(here.site, 'Ben', 'vpn')
    await ben.say('m-001')
    await type(page, 'm-002')
    const before = (await transitions(page)).length
    await page.locator('.chat-banner').getByRole('button', { name: 'Retry now' }).click()
    await waitForMarks(page, 2)
    await waitForState(page, 'connected')
    expect((await transitions(page))[before]).toEqual(['connecting', 'user'])
    expect(await page.evaluate(() => navigator.onLine)).toBe(false)
    expect(await marks(page)).toEqual(range(2))
    expect(await storedIn(here.site, 'vpn')).toEqual(range(2))
    expect(await isSame()).toBe(true)
  })

  it('[BC9] two tabs of one person, one of them offline for a while: both show the same in the end', async () => {
    const { page: first } = await open(here.browser, here.site, 'Ada', 'tabs')
    const second = await first.context().newPage()
    await watchSockets(second)
    await openPerson(second, first.url())
    const tabs = [first, second] as const
    const areSame = await Promise.all(tabs.map((tab) => markDocument(tab)))
    const ben = await speaker(here.site, 'Ben', 'tabs')
    await ben.say('m-001')
    for (const tab of tabs) await waitForMarks(tab, 1)
    const setOffline = await network(first)
    await setOffline(true)
    await type(first, 'm-004')
    await type(second, 'm-002')
    await waitForMarks(second, 2)
    await ben.say('m-003')
    await first.waitForFunction(() => window.__transitions!.some(({ to }) => to === 'waiting'))
    expect(await transitions(second)).toEqual([])
    await setOffline(false)
    for (const tab of tabs) {
      await waitForMarks(tab, 4)
      await tab.locator('article[data-status=sent]').nth(1).waitFor()
      expect(await marks(tab)).toEqual(range(4))
      await tab.getByText('2 online').first().waitFor()
    }
    for (const isSame of areSame) expect(await isSame()).toBe(true)
  })

  it.each([
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ])('[BC10] a clock that is set %s by an hour: the link is kept, rows keep their order, and the next loss is found as ever', async (_way, byMs) => {
    const room = `clock${String(byMs)}`
    const { page, id } = await open(here.browser, here.site, 'Ada', room)
    const isSame = await markDocument(page)
    const ben = await speaker(here.site, 'Ben', room)
    await type(page, 'm-001')
    await waitForMarks(page, 1)
    await page.waitForFunction(() => window.__playground!.session.snapshot().pendingCount === 0)
    await turnClock(page, byMs)
    await ben.say('m-002')
    await waitForMarks(page, 2)
    await type(page, 'm-003')
    await waitForMarks(page, 3)
    await page.waitForFunction(() => window.__playground!.session.snapshot().pendingCount === 0)
    expect((await transitions(page)).filter(([to]) => to !== 'probing' && to !== 'connected')).toEqual([])
    // Once more with nothing to hear after it, which would tell that all is well.
    await here.site.fault('mute', { user: id })
    await turnClock(page, byMs)
    await ben.say('m-004')
    await page.waitForFunction(() => window.__sockets!.length === 2, undefined, { timeout: 20_000 })
    await waitForMarks(page, 4)
    await waitForState(page, 'connected')
    // A clock that leaps ahead looks like a slept laptop, which asks at once.
    expect(['heartbeat', 'wake']).toContain((await transitions(page)).find(([to]) => to === 'waiting')![1])
    await type(page, 'm-005')
    await waitForMarks(page, 5)
    expect(await marks(page)).toEqual(range(5))
    expect(await storedIn(here.site, room)).toEqual(range(5))
    expect(await isSame()).toBe(true)
  })
})
