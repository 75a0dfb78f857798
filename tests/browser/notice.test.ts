import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { enterRaw, signIn } from '../integration/server/support/raw-client.ts'
import { show } from './support/connection.ts'
import { inBrowser } from './support/in-browser.ts'
import { openTab, startTabsSite, waitForRows } from './support/tabs.ts'

const here = inBrowser(startTabsSite)

declare global {
  interface Window {
    /** The page's notifications, which the browser has really shown. */
    __notes?: { readonly note: Notification; readonly events: string[] }[]
    __focused?: number
  }
}

interface Note {
  readonly title: string
  readonly body: string
  /** What the browser told of it, in order. */
  readonly events: readonly string[]
}

/** Listens to the browser's own notifications; shows and closes none. */
const listen = (): void => {
  const notes: NonNullable<Window['__notes']> = (window.__notes = [])
  window.Notification = class extends Notification {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options)
      const events: string[] = []
      notes.push({ note: this, events })
      for (const type of ['show', 'click', 'close', 'error']) this.addEventListener(type, () => events.push(type))
    }
  }
  const { focus } = window
  window.focus = () => {
    window.__focused = (window.__focused ?? 0) + 1
    focus.call(window)
  }
}

const notesOf = async (pages: readonly Page[]): Promise<readonly Note[]> =>
  (await Promise.all(pages.map((page) => page.evaluate(() => window.__notes!.map(({ note: { title, body }, events }) => ({ title, body, events: [...events] })))))).flat()

describe('desktop notifications that Chromium really shows', () => {
  it.each([
    ['that share a connection', {}],
    ['with a connection each', { alone: '' }],
  ])('[NT15] two hidden tabs %s: one notification, whose click focuses its tab and asks for the room; read in the other tab, it goes', async (_what, more: Record<string, string>) => {
    const context = await here.browser.newContext({ locale: 'en-GB' })
    await context.grantPermissions(['notifications'], { origin: here.site.origin })
    await context.addInitScript(listen)
    const me = await signIn(here.site.httpUrl, 'Ada')
    const ben = await enterRaw(here.site, 'Ben', 'general')
    const open = (): Promise<Page> => openTab(context, here.site, me, 'general', ['connected'], { notice: '', ...more })
    const pages = [await open(), await open()] as const
    // Once its code is there, which one tab shows by holding the lock.
    await pages[0].waitForFunction(async () => (await navigator.locks.query()).held!.some(({ name }) => name!.includes(':desktop:')))
    for (const page of pages) await show(page, 'hidden')
    const rows = await pages[0].evaluate(() => window.__tab!.rows().length)

    await ben.say('general', `first ${JSON.stringify(more)}`, 'Are you there?')
    for (const page of pages) await waitForRows(page, rows + 1)
    await expect.poll(() => notesOf(pages), { timeout: 15_000 }).toEqual([{ title: 'Ben in General', body: 'Are you there?', events: ['show'] }])

    const teller = (await pages[0].evaluate(() => window.__notes!.length)) === 1 ? pages[0] : pages[1]
    await teller.evaluate(() => window.__notes![0]!.note.dispatchEvent(new Event('click')))
    await expect.poll(() => notesOf(pages), { timeout: 15_000 }).toMatchObject([{ events: ['show', 'click', 'close'] }])
    expect(await teller.evaluate(() => [window.__focused, window.__opened])).toEqual([1, ['general']])

    await ben.say('general', `second ${JSON.stringify(more)}`, 'Still?')
    await expect.poll(() => notesOf(pages), { timeout: 15_000 }).toMatchObject([{}, { body: 'Still?', events: ['show'] }])
    // In the tab that did not tell.
    await show(teller === pages[0] ? pages[1] : pages[0], 'visible')
    await expect.poll(() => notesOf(pages), { timeout: 15_000 }).toMatchObject([{}, { events: ['show', 'close'] }])
    expect(await notesOf(pages)).toHaveLength(2)
    await ben.close()
  })
})
