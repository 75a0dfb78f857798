import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeFindings } from './support/axe.ts'
import { mustBeQuiet } from './support/console.ts'
import { startGallery } from './support/gallery.ts'
import { inBrowser } from './support/in-browser.ts'

interface Controls {
  prepend(count: number): void
  append(count: number): void
  grow(index: number): void
  asked(): number
}

declare global {
  interface Window {
    gallery: Controls
  }
}

const here = inBrowser(startGallery)

const show = async (query: string, width = 800, height = 700): Promise<Page> => {
  const page = await here.browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' })
  mustBeQuiet(page)
  await page.goto(`${here.site.url}?${query}`)
  await page.waitForSelector('.chat')
  return page
}

describe('accessibility', () => {
  const cases = ['conversation', 'waiting', 'stress', 'empty', 'parts'].flatMap((scene) =>
    ['light', 'dark'].flatMap((theme) => [360, 1280].map((width) => [scene, theme, width] as const)),
  ).concat([['files', 'light', 360], ['files', 'dark', 1280], ['search', 'light', 360], ['search', 'dark', 1280], ['slots', 'light', 1280]])

  it.each(cases)('[UI60] [UI63] axe finds nothing in "%s", %s, %i px wide, and its console stays empty', async (scene, theme, width) => {
    const page = await show(`scene=${scene}&theme=${theme}`, width)
    expect(await axeFindings(page)).toEqual([])
  })

  it.each([320, 360, 1600])('[UI61] nothing sticks out sideways at %i px', async (width) => {
    for (const scene of ['conversation', 'waiting', 'stress', 'parts', 'search']) {
      const page = await show(`scene=${scene}`, width)
      const wide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.chat-list, .chat-room')]
          .filter((element) => element.scrollWidth > element.clientWidth)
          .map((element) => element.className || element.tagName),
      )
      expect(wide, scene).toEqual([])
      await page.close()
    }
  })

  it('[UI61] hidden texts in a list of 500 rooms do not make the page longer than it looks', async () => {
    const page = await show('scene=rooms')
    const [length, content] = await page.evaluate(() => [document.documentElement.scrollHeight, document.querySelector('main')!.getBoundingClientRect().height])
    expect(length).toBeLessThanOrEqual(Math.ceil(content!))
  })

  it('[UI62] every button is at least 24 px each way', async () => {
    const page = await show('scene=parts', 360)
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button')]
        .filter((button) => Math.min(button.getBoundingClientRect().width, button.getBoundingClientRect().height) < 24)
        .map((button) => button.outerHTML),
    )
    expect(small).toEqual([])
  })
})

describe('scrolling', () => {
  const distanceToEnd = (page: Page): Promise<number> =>
    page.evaluate(() => {
      const list = document.querySelector('.chat-list')!
      return list.scrollHeight - list.clientHeight - list.scrollTop
    })
  const topOf = (page: Page, key: string): Promise<number> =>
    page.evaluate((key) => document.querySelector(`[data-key="${key}"]`)!.getBoundingClientRect().top, key)
  const frames = (page: Page): Promise<unknown> =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  const wheel = async (page: Page, by: number): Promise<void> => {
    await page.mouse.move(400, 300)
    await page.mouse.wheel(0, by)
    await page.waitForFunction((up) => {
      const list = document.querySelector('.chat-list')!
      const isAtEnd = list.scrollHeight - list.clientHeight - list.scrollTop < 2
      return up ? !isAtEnd : true
    }, by < 0)
    await frames(page)
    await frames(page)
  }

  it('[UI70] a room opens at its end', async () => {
    expect(await distanceToEnd(await show('scene=scroll'))).toBeLessThan(2)
  })

  it('[UI71] an older page leaves what is being read where it is, every time', async () => {
    const page = await show('scene=scroll')
    await wheel(page, -4_000)
    const key = await page.evaluate(() => {
      const list = document.querySelector('.chat-list')!.getBoundingClientRect()
      return [...document.querySelectorAll('[data-key]')].find((row) => row.getBoundingClientRect().top >= list.top)!.getAttribute('data-key')!
    })
    const before = await topOf(page, key)
    for (let round = 0; round < 4; round++) {
      await page.evaluate(() => window.gallery.prepend(15))
      await frames(page)
      expect(Math.abs((await topOf(page, key)) - before)).toBeLessThan(1)
    }
  })

  it('[UI72] an own message ends at the end, from wherever it was sent', async () => {
    const page = await show('scene=scroll')
    for (const up of [-300, -3_000, -9_000]) {
      await wheel(page, up)
      await page.fill('textarea', `Sent from ${up}`)
      await page.press('textarea', 'Enter')
      await frames(page)
      expect(await distanceToEnd(page)).toBeLessThan(2)
      expect(await page.locator('article').last().textContent()).toContain(`Sent from ${up}`)
    }
  })

  it('[UI73] at the end it stays there, whatever comes or grows', async () => {
    const page = await show('scene=scroll')
    for (const act of ['append', 'grow', 'prepend'] as const) {
      await page.evaluate((act) => {
        if (act === 'grow') window.gallery.grow(-1)
        else window.gallery[act](5)
      }, act)
      await frames(page)
      expect(await distanceToEnd(page), act).toBeLessThan(2)
    }
    await page.setViewportSize({ width: 500, height: 420 })
    await frames(page)
    expect(await distanceToEnd(page)).toBeLessThan(2)
    await page.fill('textarea', 'one\ntwo\nthree\nfour\nfive')
    await frames(page)
    expect(await distanceToEnd(page)).toBeLessThan(2)
  })

  it('[UI74] further up, a new message moves nothing and is counted on the button', async () => {
    const page = await show('scene=scroll')
    await wheel(page, -2_000)
    const top = await page.evaluate(() => document.querySelector('.chat-list')!.scrollTop)
    await page.evaluate(() => window.gallery.append(1))
    await page.evaluate(() => window.gallery.append(2))
    await frames(page)
    expect(await page.evaluate(() => document.querySelector('.chat-list')!.scrollTop)).toBe(top)
    expect(await page.locator('.chat-jump').textContent()).toContain('3 new messages')
    await page.click('.chat-jump')
    await page.waitForFunction(() => {
      const list = document.querySelector('.chat-list')!
      return list.scrollHeight - list.clientHeight - list.scrollTop < 2 && !document.querySelector('.chat-jump')
    })
  })

  it('[UI74] what grows above does not move what is being read', async () => {
    const page = await show('scene=scroll')
    await wheel(page, -2_000)
    const key = await page.evaluate(() => {
      const { top } = document.querySelector('.chat-list')!.getBoundingClientRect()
      return [...document.querySelectorAll('[data-key]')].find((row) => row.getBoundingClientRect().top >= top)!.getAttribute('data-key')!
    })
    const before = await topOf(page, key)
    await page.evaluate(() => window.gallery.grow(3))
    await frames(page)
    expect(Math.abs((await topOf(page, key)) - before)).toBeLessThan(1)
  })

  it('[UI75] asks for older messages once per approach, and keeps the place', async () => {
    const page = await show('scene=scroll')
    await page.evaluate(() => document.querySelector('.chat-list')!.scrollTo(0, 60))
    await page.waitForFunction(() => window.gallery.asked() === 1)
    await page.waitForFunction(() => document.querySelectorAll('article').length === 140)
    await frames(page)
    expect(await page.evaluate(() => window.gallery.asked())).toBe(1)
    expect(await page.evaluate(() => document.querySelector('.chat-list')!.scrollTop)).toBeGreaterThan(400)
  })
})
