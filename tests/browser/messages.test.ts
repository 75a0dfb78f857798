import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeFindings } from './support/axe.ts'
import { mustBeQuiet } from './support/console.ts'
import { startGallery } from './support/gallery.ts'
import { inBrowser } from './support/in-browser.ts'

const here = inBrowser(startGallery)
let page: Page

const show = async (query: string, options: BrowserContextOptions = {}): Promise<void> => {
  page = await here.browser.newPage({ viewport: { width: 800, height: 700 }, reducedMotion: 'reduce', ...options })
  await page.addInitScript(() => {
    const page = window as unknown as { hacked?: unknown; dialogs: string[] }
    page.dialogs = []
    performance.setResourceTimingBufferSize(5_000)
    for (const name of ['alert', 'confirm', 'prompt'] as const) Object.assign(window, { [name]: (text: string) => page.dialogs.push(text) })
  })
  mustBeQuiet(page)
  await page.goto(`${here.site.url}?${query}`)
  await page.waitForSelector('article')
}

const mentioning = () => page.locator('article', { hasText: '请带两个杯子' })

describe('accessibility', () => {
  it.each(['theme=light', 'theme=dark', 'theme=dark&dir=rtl&locale=zh-CN'])('[UI60] axe finds nothing in messages that something was done to, with bar and menu (%s)', async (query) => {
    await show(`scene=messages&${query}`)
    await mentioning().hover()
    await page.waitForSelector('.chat-tools')
    expect(await axeFindings(page)).toEqual([])
    await page.click('.chat-tools [data-more]')
    await page.waitForSelector('.chat-menu [role=menuitem]:focus, .chat-menu [role=menuitemcheckbox]:focus')
    expect(await axeFindings(page)).toEqual([])
  })

  it.each(['theme=light', 'theme=dark'])('[UI60] axe finds nothing in the dialogs (%s)', async (query) => {
    await show(`scene=messages&${query}`)
    await page.locator('article').last().focus()
    // Up to the last own message; at once, so that the code for keys is not there yet.
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'Delete']) await page.keyboard.press(key)
    await page.waitForSelector('[role=alertdialog]')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.waitForSelector('.chat-shortcuts')
    expect(await axeFindings(page)).toEqual([])
  })

  it('[UI62] everything in bar, menu and reactions is at least 24 px each way, the tools 44 under a finger', async () => {
    const small = (least: number, selector: string): Promise<string[]> =>
      page.evaluate(
        ([least, selector]) =>
          [...document.querySelectorAll(selector)]
            .filter((button) => Math.min(button.getBoundingClientRect().width, button.getBoundingClientRect().height) < least)
            .map((button) => button.outerHTML),
        [least, selector] as const,
      )
    await show('scene=messages')
    await mentioning().hover()
    await page.click('.chat-tools [data-more]')
    await page.waitForSelector('.chat-menu')
    expect(await small(24, 'button')).toEqual([])
    await page.close()
    await show('scene=messages', { hasTouch: true, isMobile: true, viewport: { width: 360, height: 700 } })
    await mentioning().tap()
    await page.tap('.chat-tools [data-more]')
    await page.waitForSelector('.chat-menu')
    expect(await small(44, '.chat-tools button, .chat-menu button')).toEqual([])
  })
})

describe('the bar', () => {
  it.each([360, 1280])('[MA40] stays inside the list and changes the height of no row, %i px wide', async (width) => {
    await show('scene=messages', { viewport: { width, height: 700 } })
    const heights = (): Promise<number[]> => page.evaluate(() => [...document.querySelectorAll('.chat-row')].map((row) => row.getBoundingClientRect().height))
    const before = await heights()
    for (let index = (await page.locator('article').count()) - 1; index >= 0; index--) {
      const row = page.locator('article').nth(index)
      if (await row.getAttribute('data-deleted')) continue
      await row.hover({ position: { x: 4, y: 20 } })
      await row.locator('.chat-tools').waitFor()
      const sticksOut = await page.evaluate(() => {
        const bar = document.querySelector('.chat-tools')!.getBoundingClientRect()
        const list = document.querySelector('.chat-list')!
        const { left, right } = list.getBoundingClientRect()
        return bar.left < left || bar.right > right || list.scrollWidth > list.clientWidth
      })
      expect(sticksOut, `row ${index}`).toBe(false)
    }
    expect(await heights()).toEqual(before)
  })
})

describe('more reactions', () => {
  it('[MA41] the emoji of the app open inside the view, at 360 px too, and one of them is put on the message', async () => {
    await show('scene=messages', { viewport: { width: 360, height: 700 } })
    await page.locator('article').last().focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.chat-menu [role=menuitemcheckbox]:focus')
    await page.click('.chat-menu [role=group] [role=menuitem]')
    await page.waitForFunction(() => document.activeElement?.closest('.chat-menu')?.querySelector('input') === document.activeElement)
    await page.waitForFunction(() => {
      const { left, right, top, bottom } = document.querySelector('.chat-menu')!.getBoundingClientRect()
      return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight
    })
    await page.keyboard.type('rocket')
    await page.click('.chat-menu >> text=🚀')
    await page.waitForSelector('.chat-reaction[aria-pressed=true] >> text=🚀')
    expect(await page.locator('.chat-menu').count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('ARTICLE')
  })
})

describe('hostile texts', () => {
  it('[MA21] run nothing, fetch nothing, lead nowhere else and do not stick out, wherever they are shown', async () => {
    const asked: string[] = []
    await show('scene=corpus', { viewport: { width: 360, height: 700 } })
    // Our own code may come late; it lies nowhere else.
    page.on('request', (request) => {
      if (!new URL(request.url()).pathname.startsWith('/@fs/')) asked.push(request.url())
    })
    // What reacts to a pointer or to the focus has its chance too.
    await page.evaluate(() => {
      for (const element of document.querySelectorAll('.chat *')) {
        for (const type of ['mouseover', 'focus', 'error', 'load', 'toggle']) element.dispatchEvent(new Event(type))
      }
    })
    const found = await page.evaluate(() => {
      const { hacked, dialogs } = window as unknown as { hacked?: unknown; dialogs: string[] }
      const wide = [document.documentElement, ...document.querySelectorAll('.chat-list, .chat-row, article, .chat-message-main, .chat-composer')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => `${element.className || element.tagName} ${element.textContent.slice(0, 60)}`)
      const links = [...document.querySelectorAll('a')].map(({ protocol }) => protocol)
      const foreign = [...document.querySelectorAll('.chat :is(script, iframe, object, embed, img, video, form, input:not([type=search]), base, meta, style, link, math, details, template)')]
        .filter((element) => !element.closest('.chat-composer'))
        .map(({ outerHTML }) => outerHTML.slice(0, 100))
      return { hacked, dialogs, wide, foreign, links: [...new Set(links)].sort(), rows: document.querySelectorAll('article').length }
    })
    expect(found.rows).toBeGreaterThan(200)
    expect(found).toMatchObject({ hacked: undefined, dialogs: [], wide: [], foreign: [] })
    expect(found.links.filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol))).toEqual([])
    expect(asked).toEqual([])
    expect(new URL(page.url()).searchParams.get('scene')).toBe('corpus')
  })
})

describe('a conversation with the keyboard alone', () => {
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement!
      return element.tagName === 'TEXTAREA' ? 'field' : (element.getAttribute('aria-label') ?? element.textContent.trim())
    })
  const keys = async (...names: string[]): Promise<void> => {
    for (const name of names) await page.keyboard.press(name)
  }
  /** Presses Tab until the field has the focus. */
  const tabToField = async (): Promise<void> => {
    for (let count = 0; count < 20 && (await focused()) !== 'field'; count++) await page.keyboard.press('Tab')
    expect(await focused()).toBe('field')
  }
  const toList = async (): Promise<void> => {
    for (let count = 0; count < 20 && (await page.evaluate(() => document.activeElement?.getAttribute('role'))) !== 'log'; count++) await page.keyboard.press('Shift+Tab')
  }

  it('[MA50] [LP4] [UI63] writes, reads, answers, reacts, edits, deletes, jumps and leaves', async () => {
    await show('scene=live')
    // Nobody has reached for a message yet.
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/MessageTools.vue')))
    await tabToField()
    await page.keyboard.type('From the keyboard')
    await keys('Enter')
    await page.waitForSelector('[data-status=sent]')

    await toList()
    await keys('ArrowUp')
    expect(await focused()).toMatch(/^You, .*, From the keyboard$/)
    await keys('ArrowUp', 'ArrowUp')
    expect(await focused()).toMatch(/^Ada Okafor, .*, The soup is ready\.$/)

    await keys('r')
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
    await page.keyboard.type('I am hungry')
    await keys('Enter')
    await page.waitForSelector('.chat-quote >> text=The soup is ready.')

    await toList()
    await keys('Home', 'Enter')
    await page.waitForSelector('.chat-menu [role=menuitemcheckbox]:focus')
    await keys('ArrowRight', 'Enter')
    await page.waitForSelector('.chat-reaction[aria-pressed=true]')
    expect(await focused()).toMatch(/^Ada Okafor, .*The soup is ready\.$/)

    await keys('End', 'ArrowUp')
    expect(await focused()).toMatch(/From the keyboard$/)
    await keys('e')
    await page.waitForFunction(() => (document.activeElement as HTMLTextAreaElement).value === 'From the keyboard')
    await keys('End')
    await page.keyboard.type(', and edited')
    await keys('Enter')
    await page.waitForSelector('article:has-text("From the keyboard, and edited") .chat-edited')

    await toList()
    await keys('End')
    expect(await focused()).toMatch(/^You, .*, answers Ada Okafor, I am hungry$/)
    for (let count = 0; count < 5 && (await focused()) !== 'Ada Okafor The soup is ready.'; count++) await keys('Tab')
    expect(await focused()).toBe('Ada Okafor The soup is ready.')
    await keys('Enter')
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('The soup is ready.') && document.activeElement.tagName === 'ARTICLE')

    await keys('End', 'ArrowUp', 'Delete')
    await page.waitForSelector('[role=alertdialog]')
    expect(await focused()).toBe('Cancel')
    await keys('Tab', 'Enter')
    await page.waitForSelector('article[data-deleted]')
    expect(await focused()).toMatch(/^You, .*, This message was deleted$/)

    await keys('Escape')
    expect(await focused()).toBe('field')
    for (let count = 0; count < 10 && (await page.evaluate(() => document.querySelector('.chat-room')!.contains(document.activeElement))); count++) await keys('Tab')
    expect(await page.evaluate(() => document.querySelector('.chat-room')!.contains(document.activeElement))).toBe(false)
  })
})
