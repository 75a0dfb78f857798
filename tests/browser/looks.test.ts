import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './support/axe.ts'
import { startGallery, type GalleryServer } from './support/gallery.ts'
import { launchChromium } from './support/launch.ts'

let browser: Browser
let gallery: GalleryServer
let page: Page

// One page for all: a scene takes longer to load than to look at.
beforeAll(async () => {
  ;[gallery, browser] = await Promise.all([startGallery(), launchChromium()])
  page = await browser.newPage({ viewport: { width: 800, height: 700 }, reducedMotion: 'reduce' })
  await open('conversation')
})
afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})
afterEach(async () => {
  await page.emulateMedia({ colorScheme: null, forcedColors: null, contrast: null, reducedMotion: 'reduce' })
  await set({ theme: '', density: '', dir: '' })
})

const open = async (scene: string): Promise<void> => {
  await page.goto(`${gallery.url}?scene=${scene}`)
  await page.waitForSelector('.chat')
}
/** As somebody around the chat may say it. */
const set = (wishes: Partial<Record<'theme' | 'density' | 'dir', string>>): Promise<void> =>
  page.evaluate(({ dir, ...data }) => {
    const { documentElement: html } = document
    if (dir !== undefined) html.dir = dir
    for (const [name, value] of Object.entries(data)) {
      if (value) html.dataset[name] = value
      else delete html.dataset[name]
    }
  }, wishes)
const style = (selector: string, property: string): Promise<string> =>
  page.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
const box = async (selector: string) => (await page.locator(selector).first().boundingBox())!

describe('theme', () => {
  it('[TH1] follows the system, unless somebody says which', async () => {
    const color = () => style('.chat-room', 'background-color')
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await color()
    await set({ theme: 'light' })
    const light = await color()
    expect(light).not.toBe(dark)
    await page.emulateMedia({ colorScheme: 'light' })
    await set({ theme: '' })
    expect(await color()).toBe(light)
    await set({ theme: 'dark' })
    expect(await color()).toBe(dark)
  })

  it('[TH2] any rule of the page wins over the tokens, whatever its weight', async () => {
    const sheet = await page.addStyleTag({ content: ':where(.chat) { --chat-bubble-own-background: rgb(1, 2, 3) }' })
    await expect.poll(() => style('[data-side=own] .chat-bubble', 'background-color')).toBe('rgb(1, 2, 3)')
    await sheet.evaluate((element) => (element as Element).remove())
  })

  it('[TH3] is tighter where density is compact, with targets of at least 24 px', async () => {
    const heights = () => Promise.all(['.chat-header', 'article', '.chat-send'].map(async (part) => (await box(part)).height))
    const roomy = await heights()
    await set({ density: 'compact' })
    const tight = await heights()
    tight.forEach((height, index) => expect(height).toBeLessThan(roomy[index]!))
    expect(tight[2]).toBeGreaterThanOrEqual(24)
  })

  it('[TH4] stays still for those who wish it', async () => {
    const running = () => page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)
    expect(await running()).toBe(0)
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await running()).toBeGreaterThan(0)
  })

  it('[TH5] tells own from other, and shows who types, in forced colours', async () => {
    await page.emulateMedia({ forcedColors: 'active' })
    const own = await style('[data-side=own] .chat-bubble', 'border-top-color')
    expect(own).not.toBe(await style('[data-side=other] .chat-bubble', 'border-top-color'))
    expect(await style('.chat-typing-dots i', 'background-color')).not.toBe(await style('body', 'background-color'))
  })

  it('[TH6] draws borders and quiet texts stronger where more contrast is wished', async () => {
    const before = await style('.chat-online', 'color')
    await page.emulateMedia({ contrast: 'more' })
    expect(await style('.chat-online', 'color')).not.toBe(before)
  })
})

describe('right to left', () => {
  it('[TH7] everything changes sides', async () => {
    await set({ dir: 'rtl' })
    const [own, other, send, room] = await Promise.all(
      ['[data-side=own] .chat-bubble', '[data-side=other] .chat-bubble', '.chat-send', '.chat-room'].map((part) => box(part)),
    )
    const middle = room!.x + room!.width / 2
    expect(own!.x).toBeLessThan(room!.width - own!.x - own!.width)
    expect(other!.x + other!.width).toBeGreaterThan(middle)
    expect(send!.x + send!.width).toBeLessThan(middle)
  })

  it('[TH7] a text that is cut shows its beginning, and our sentences keep their order around a name of the other direction', async () => {
    await open('rooms')
    await set({ dir: 'rtl' })
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('.chat-rooms-title, .chat-rooms-preview, .chat-members-name')].flatMap((element) => {
        if (element.scrollWidth <= element.clientWidth) return []
        const range = document.createRange()
        const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()!
        const at = /[\p{L}\p{N}]/u.exec(text.textContent!)!.index
        range.setStart(text, at)
        range.setEnd(text, at + 1)
        const [first, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()]
        return [{ text: text.textContent, isSeen: first.left >= box.left - 1 && first.right <= box.right + 1 }]
      }),
    )
    expect(cut.length).toBeGreaterThan(2)
    expect(cut.filter(({ isSeen }) => !isSeen)).toEqual([])
    const [line, time] = await Promise.all(['.chat-rooms-line', '.chat-rooms-time'].map((part) => box(part)))
    expect(Math.abs(line!.x - time!.x)).toBeLessThan(2)
    await set({ dir: '' })
    const [name, verb] = await page.locator('[data-room=d-amira] .chat-rooms-preview').evaluate((element) => {
      const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()!
      return ['أ', 'i'].map((letter) => {
        const range = document.createRange()
        const at = text.textContent!.indexOf(letter)
        range.setStart(text, at)
        range.setEnd(text, at + 1)
        return range.getBoundingClientRect().left
      })
    })
    expect(name).toBeLessThan(verb!)
  })

  it.each([
    ['conversation', 'light'],
    ['messages', 'dark'],
    ['parts', 'dark'],
    ['app', 'light'],
  ])('[UI60] [TH7] axe finds nothing in "%s" from right to left, %s, and nothing sticks out at 360 px', async (scene, theme) => {
    if (scene !== 'conversation') await open(scene)
    await set({ dir: 'rtl', theme })
    expect(await axeFindings(page)).toEqual([])
    await page.setViewportSize({ width: 360, height: 700 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    await page.setViewportSize({ width: 800, height: 700 })
  })
})
