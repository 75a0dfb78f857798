import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { markDocument, open, show, speaker, startSite, transitions, type } from './support/connection.ts'
import { inBrowser } from './support/in-browser.ts'
import { marks, range, waitForMarks, waitForState } from './support/playground.ts'

declare global {
  interface Window {
    __persisted?: boolean
  }
}

// Playwright switches the back/forward cache off by default.
const here = inBrowser(startSite, { launch: { ignoreDefaultArgs: ['--disable-back-forward-cache'] } })

/** Close codes that the chat server has seen since the log had this length. */
const closeCodes = (since: number): readonly unknown[] =>
  here.site.log
    .slice(since)
    .filter(({ event }) => event === 'closed')
    .map(({ code }) => code)

const tell = (page: Page, event: 'freeze' | 'resume'): Promise<void> =>
  page.evaluate((name) => {
    document.dispatchEvent(new Event(name, { bubbles: true }))
  }, event)

/** Other browsers know no freeze, and some show a page from their cache without a change of its visibility. */
const tellPagesOnly = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    for (const name of ['freeze', 'resume', 'visibilitychange']) {
      window.addEventListener(name, (event) => event.stopImmediatePropagation(), { capture: true })
    }
  })
}

/** Why Chromium did not keep the page for "back"; nothing when it did. */
const notRestoredReasons = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation') as (PerformanceEntry & { readonly notRestoredReasons?: unknown })[]
    return entry!.notRestoredReasons ?? undefined
  })

describe('a page that comes and goes in Chromium', () => {
  it.each([
    ['in Chromium', async () => {}],
    ['where nothing but `pagehide` and `pageshow` is told', tellPagesOnly],
  ])('[BC5] comes out of the back/forward cache with its memory, and back into the conversation by itself, %s', async (_where, prepare) => {
    const room = crypto.randomUUID()
    const { page } = await open(here.browser, here.site, 'Ada', room, prepare)
    const isSame = await markDocument(page)
    await page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => (window.__persisted = persisted))
    })
    const ben = await speaker(here.site, 'Ben', room)
    await type(page, 'm-001')
    await waitForMarks(page, 1)
    await page.getByRole('textbox').fill('half a sen')
    const since = here.site.log.length
    await page.goto(`${here.site.httpUrl}/health`)
    await ben.say('m-002')
    await vi.waitFor(() => expect(closeCodes(since)).toEqual([4003]))
    // What is restored does not load again.
    await page.goBack({ waitUntil: 'commit' })
    expect(await notRestoredReasons(page)).toBeUndefined()
    expect(await page.evaluate(() => window.__persisted)).toBe(true)
    expect(await isSame()).toBe(true)
    await waitForState(page, 'connected')
    await waitForMarks(page, 2)
    expect(await page.getByRole('textbox').inputValue()).toBe('half a sen')
    await type(page, 'm-003')
    await waitForMarks(page, 3)
    expect(await marks(page)).toEqual(range(3))
  })

  it('[BC6] frozen, it closes its socket and tries nothing; when it goes on it is back, shown or not', async () => {
    const { page } = await open(here.browser, here.site, 'Ada', 'frozen')
    const isSame = await markDocument(page)
    const ben = await speaker(here.site, 'Ben', 'frozen')
    await ben.say('m-001')
    await waitForMarks(page, 1)
    const since = here.site.log.length
    await show(page, 'hidden')
    await tell(page, 'freeze')
    await page.waitForFunction(() => window.__sockets![0]!.closedAt !== undefined)
    await ben.say('m-002')
    await vi.waitFor(() => expect(closeCodes(since)).toEqual([4003]))
    expect(await page.evaluate(() => window.__playground!.session.snapshot())).toMatchObject({ state: 'waiting', cause: { kind: 'frozen' } })
    expect(await page.evaluate(() => window.__playground!.session.snapshot().retryAt)).toBeUndefined()
    expect(await transitions(page)).toEqual([['waiting', 'frozen']])
    expect(await page.evaluate(() => window.__sockets!.length)).toBe(1)
    await tell(page, 'resume')
    await waitForState(page, 'connected')
    await waitForMarks(page, 2)
    expect((await transitions(page)).slice(1)).toEqual([['connecting', 'wake'], ['handshaking', 'wake'], ['connected', undefined]])
    expect(await marks(page)).toEqual(range(2))
    expect(await isSame()).toBe(true)
  })
})
