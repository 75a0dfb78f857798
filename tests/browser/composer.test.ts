import type { BrowserContext, Page } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { axeFindings } from './support/axe.ts'
import { mustBeQuiet } from './support/console.ts'
import { startGallery } from './support/gallery.ts'
import { inBrowser } from './support/in-browser.ts'

const here = inBrowser(startGallery)
let context: BrowserContext
beforeEach(async () => {
  context = await here.browser.newContext({ viewport: { width: 800, height: 700 }, reducedMotion: 'reduce' })
})

const show = async (query: string): Promise<Page> => {
  const page = await context.newPage()
  mustBeQuiet(page)
  await page.goto(`${here.site.url}?${query}`)
  await page.waitForSelector('.chat textarea')
  return page
}
const live = async (): Promise<Page> => {
  const page = await show('scene=live')
  await page.getByText('The soup is ready.').waitFor()
  return page
}
const heightOf = (page: Page): Promise<number> => page.locator('textarea').evaluate((field) => field.getBoundingClientRect().height)
const valueOf = (page: Page): Promise<string> => page.locator('textarea').inputValue()

describe('the text field in Chromium', () => {
  it.each(['by CSS', 'measured'])('[CW40] grows with its text up to a limit, scrolls beyond it, and shrinks when it is sent (%s)', async (way) => {
    if (way === 'measured') {
      await context.addInitScript(() => {
        CSS.supports = () => false
        addEventListener('DOMContentLoaded', () => {
          const style = document.createElement('style')
          style.textContent = 'textarea { field-sizing: fixed !important }'
          document.head.append(style)
        })
      })
    }
    const page = await live()
    const one = await heightOf(page)
    await page.fill('textarea', 'one\ntwo\nthree')
    const three = await heightOf(page)
    expect(three).toBeGreaterThan(one + 30)
    await page.fill('textarea', 'line\n'.repeat(200))
    const many = await heightOf(page)
    expect(many).toBeGreaterThan(three)
    expect(many).toBeLessThanOrEqual(200)
    expect(await page.locator('textarea').evaluate((field) => field.scrollHeight > field.clientHeight)).toBe(true)
    await page.press('textarea', 'Enter')
    await page.waitForFunction((height) => document.querySelector('textarea')!.getBoundingClientRect().height === height, one)
  })

  it('[CW41] what an input method composes is not sent by its Enter, and Esc is its own', async () => {
    const page = await live()
    const keys = await context.newCDPSession(page)
    await page.click('textarea')
    await keys.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 })
    for (const key of ['Enter', 'Escape']) {
      // As browsers tell it: the input method took the key.
      await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key, windowsVirtualKeyCode: 229 })
      await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, windowsVirtualKeyCode: 229 })
    }
    expect(await valueOf(page)).toBe('nihao')
    await keys.send('Input.insertText', { text: '你好' })
    expect(await valueOf(page)).toBe('你好')
    await page.press('textarea', 'Enter')
    await page.locator('article').getByText('你好', { exact: true }).waitFor()
    expect(await valueOf(page)).toBe('')
  })

  it('[CW42] a completed name is taken back by undo, and letters of an input method are completed when they are done', async () => {
    const page = await live()
    const keys = await context.newCDPSession(page)
    await page.click('textarea')
    await page.keyboard.type('hi @ad')
    await page.getByRole('option', { name: 'Ada' }).waitFor()
    await page.keyboard.press('Enter')
    expect(await valueOf(page)).toBe('hi @Ada Okafor ')
    await page.keyboard.press('Control+z')
    expect(await valueOf(page)).toBe('hi @ad')
    await page.fill('textarea', '')
    await page.keyboard.type('@')
    await page.getByRole('listbox').waitFor()
    await keys.send('Input.imeSetComposition', { text: 'lin', selectionStart: 3, selectionEnd: 3 })
    await keys.send('Input.insertText', { text: '林' })
    await page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 1)
    await page.keyboard.press('Tab')
    expect(await valueOf(page)).toBe('@林晓雨 ')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  })

  it('[CW43] a draft is there after a reload, appears in a second tab, and goes there when it is sent', async () => {
    const first = await live()
    await first.fill('textarea', 'half a thought')
    await first.reload()
    await first.getByText('The soup is ready.').waitFor()
    expect(await valueOf(first)).toBe('half a thought')
    const second = await live()
    expect(await valueOf(second)).toBe('half a thought')
    await first.fill('textarea', 'a whole thought')
    await second.waitForFunction(() => document.querySelector('textarea')!.value === 'a whole thought')
    await first.press('textarea', 'Enter')
    await second.waitForFunction(() => document.querySelector('textarea')!.value === '')
    await first.reload()
    await first.getByText('The soup is ready.').waitFor()
    expect(await valueOf(first)).toBe('')
  })

  it('[CW44] an emoji is found and put in by the keyboard alone', async () => {
    const page = await live()
    await page.fill('textarea', 'To the ')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('searchbox').waitFor()
    await page.keyboard.type('moon')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    const chosen = await page.evaluate(() => document.activeElement!.textContent!.trim())
    await page.keyboard.press('Enter')
    expect(await valueOf(page)).toBe(`To the ${chosen}`)
    expect(await page.locator('.chat-emoji').count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  })

  it.each(['theme=dark', 'theme=light&dir=rtl&locale=zh-CN'])(
    '[CW45] axe finds nothing in any state, nothing sticks out and every button is big enough (%s)',
    async (look) => {
      const page = await show(`scene=composer&${look}`)
      await page.waitForFunction(() => document.querySelectorAll('[role=listbox]').length === 2)
      expect(await axeFindings(page)).toEqual([])
      await page.setViewportSize({ width: 320, height: 700 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('button')].filter((button) => {
          const { width, height } = button.getBoundingClientRect()
          return Math.min(width, height) < 24
        }).length,
      )
      expect(small).toBe(0)
    },
  )
})
