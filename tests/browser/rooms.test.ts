/** Rooms of one's own in a real browser: two people, a phone, and what a person with a screen reader gets. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './support/axe.ts'
import { mustBeQuiet } from './support/console.ts'
import { startGallery, type GalleryServer } from './support/gallery.ts'
import { launchChromium } from './support/launch.ts'
import { openPerson, startPlayground, type Playground } from './support/playground.ts'

let browser: Browser
let playground: Playground
let gallery: GalleryServer
const contexts: BrowserContext[] = []

beforeAll(async () => {
  ;[playground, gallery, browser] = await Promise.all([startPlayground(), startGallery(), launchChromium()])
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([playground?.close(), gallery?.close()])
})
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()))
})

const newPage = async (width: number): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: 720 }, reducedMotion: 'reduce', locale: 'en-GB' })
  contexts.push(context)
  const page = await context.newPage()
  mustBeQuiet(page)
  return page
}
const enter = async (name: string, width: number): Promise<Page> => openPerson(await newPage(width), playground.url({ name, room: 'general' }))
const makeRoom = async (page: Page, title: string, other: string): Promise<void> => {
  await page.getByRole('button', { name: 'New room' }).click()
  await page.getByLabel('Name of the room').fill(title)
  await page.getByRole('dialog').getByRole('searchbox').fill(other.toLowerCase())
  await page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${other}`) }).click()
  await page.getByRole('button', { name: 'Create' }).click()
}
const row = (page: Page, title: RegExp) => page.getByRole('navigation').getByRole('button', { name: title })
const say = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: /message/i }).fill(text)
  await page.keyboard.press('Enter')
}

describe('rooms of one\'s own', () => {
  it('[LI41] two people begin a conversation; the one who is elsewhere sees it appear, with what is new', async () => {
    const [ada, ben] = [await enter('Ada', 1_280), await enter('Ben', 1_280)]
    await ada.getByRole('button', { name: 'New message' }).click()
    await ada.getByRole('dialog').getByRole('searchbox').fill('ben')
    await ada.getByRole('dialog').getByRole('button', { name: /^Ben/ }).click()
    await ada.getByRole('heading', { name: 'Ben' }).waitFor()
    await say(ada, 'just us two')
    const talk = row(ben, /^Ada/)
    await talk.getByText('1 unread message').waitFor()
    await talk.getByText('just us two').waitFor()
    await talk.click()
    await ben.locator('article').getByText('just us two').waitFor()
    await talk.getByText('unread').waitFor({ state: 'detached' })
    await say(ben, 'hello Ada')
    await ada.locator('article').getByText('hello Ada').waitFor()
  })

  it('[LI42] on a phone the page and the browser lead back; width decides about panes', async () => {
    const page = await enter('Cleo', 360)
    await page.getByRole('button', { name: 'Back to the rooms' }).click()
    await row(page, /^Random/).click()
    await page.getByRole('heading', { name: 'Random' }).waitFor()
    expect(await page.getByRole('navigation').count()).toBe(0)
    await page.goBack()
    await row(page, /^Random/).waitFor()
    expect(await row(page, /^Random/).evaluate((element) => element === document.activeElement)).toBe(true)
    await page.setViewportSize({ width: 1_280, height: 720 })
    await page.getByRole('log').waitFor()
    expect(await page.getByRole('navigation').count()).toBe(1)
  })

  it('[LI43] who is taken out while reading is told, and finds the way back', async () => {
    const [ada, ben] = [await enter('Dora', 1_280), await enter('Emil', 360)]
    await makeRoom(ada, 'Surprise', 'Emil')
    await ada.getByRole('heading', { name: 'Surprise' }).waitFor()
    await ben.getByRole('button', { name: 'Back to the rooms' }).click()
    await row(ben, /^Surprise/).click()
    await ben.getByRole('log').waitFor()
    await ada.getByRole('button', { name: 'Show members' }).click()
    await ada.getByRole('button', { name: /Take .*Emil.* out/ }).click()
    await ada.getByRole('alertdialog').getByRole('button', { name: 'Take out' }).click()
    await ben.getByRole('alert').getByText('This room is not there for you any more.').waitFor()
    await ben.getByRole('alert').getByRole('button', { name: 'Back to the rooms' }).click()
    await row(ben, /^General/).waitFor()
    expect(await row(ben, /^Surprise/).count()).toBe(0)
  })

  it('[MO10] an owner renames the room and deletes a message by keyboard, the other one sees it, and owns the room afterwards', async () => {
    const [ada, ben] = [await enter('Fay', 1_280), await enter('Gil', 768)]
    await makeRoom(ada, 'Sunday', 'Gil')
    await row(ben, /^Sunday/).click()
    await ben.getByRole('heading', { name: 'Sunday' }).first().waitFor()
    await say(ben, 'rude words')

    await ada.getByRole('button', { name: 'Show members' }).click()
    await ada.getByRole('button', { name: 'Rename room' }).focus()
    await ada.keyboard.press('Enter')
    await ada.getByRole('dialog').getByLabel('Name of the room').waitFor()
    // The old name is selected.
    await ada.keyboard.type('Monday')
    await ada.keyboard.press('Enter')
    await ben.getByRole('heading', { name: 'Monday' }).first().waitFor()
    await row(ben, /^Monday/).waitFor()
    await ben.waitForFunction(() => document.title.includes('Monday'))
    await ada.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await ada.getByRole('button', { name: 'Rename room' }).evaluate((element) => element === document.activeElement)).toBe(true)
    await ada.keyboard.press('Escape')

    await ada.locator('article').focus()
    await ada.keyboard.press('Delete')
    await ada.getByRole('alertdialog').getByText(/It is a message of .*Gil/).waitFor()
    await ada.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter')
    await ben.locator('article').getByText(/^Removed by .*Fay/).waitFor()
    await ada.locator('article').getByText('You removed this message').waitFor()
    await ben.reload()
    await ben.locator('article').getByText(/^Removed by .*Fay/).waitFor()

    await ada.getByRole('button', { name: 'Show members' }).click()
    await ada.getByRole('button', { name: 'Leave room' }).click()
    await ada.getByRole('alertdialog').getByText(/longest follows you/).waitFor()
    await ada.getByRole('alertdialog').getByRole('button', { name: 'Leave room' }).click()
    await ben.getByRole('status').getByText('You own this room now.').waitFor()
    expect(await row(ada, /^Monday/).count()).toBe(0)
  })
})

describe('what the gallery shows', () => {
  const looks = [['theme=light', 360], ['theme=dark', 1_280], ['theme=light&dir=rtl&locale=zh-CN', 360]] as const
  const cases = ['rooms', 'app'].flatMap((scene) => looks.map(([look, width]) => [scene, look, width] as const))

  it.each(cases)('[LI44] axe finds nothing in "%s", %s, %i px wide, and nothing sticks out', async (scene, look, width) => {
    const page = await newPage(width)
    await page.goto(`${gallery.url}?scene=${scene}&${look}`)
    await page.locator('[data-room]').first().waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
    for (const between of scene === 'app' ? [768] : []) {
      await page.setViewportSize({ width: between, height: 720 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
    }
  })
})
