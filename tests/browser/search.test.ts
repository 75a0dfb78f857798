import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../../server-dev/store.ts'
import { launchChromium } from './support/launch.ts'
import { openPerson, startPlayground, type Playground } from './support/playground.ts'

/** Pages have 300: one at the end, one around the needle, and what lies above and between. */
const COUNT = 1_000
const NEEDLE = 400

let browser: Browser
let playground: Playground
let page: Page

beforeAll(async () => {
  ;[browser, playground] = await Promise.all([launchChromium(), startPlayground()])
  const store = openStore({ database: process.env['PLAYGROUND_DB']! })
  store.saveRoom({ room: 'archive', title: 'Archive' })
  store.append(
    Array.from({ length: COUNT }, (_, index) => ({
      room: 'archive',
      from: { id: `u${String(index % 3)}`, name: ['Ada', 'Ben', '林晓雨'][index % 3]! },
      clientId: `archived-${String(index)}`,
      body: `${String(index + 1)}: ${index + 1 === NEEDLE ? 'the needle, 在公园里' : 'hay '.repeat((index * 7) % 40)}`,
    })),
  )
  store.close(true)
  page = await (await browser.newContext({ viewport: { width: 1_000, height: 800 } })).newPage()
  await openPerson(page, `${playground.origin}/?name=Ada&room=archive`)
  await page.waitForSelector(`article[data-key="archive:${String(COUNT)}"]`)
})
afterAll(async () => {
  await browser.close()
  await playground.close()
})

const row = (seq: number) => page.locator(`article[data-key="archive:${String(seq)}"]`)
/** Distance from the top of the list, in parts of its height. */
const placeOf = (seq: number): Promise<number> =>
  row(seq).evaluate((element) => {
    const list = element.closest('.chat-list')!.getBoundingClientRect()
    return (element.getBoundingClientRect().top - list.top) / list.height
  })

it('[MS7] [MS8] somebody finds a message far back with the keyboard alone, and is there', async () => {
  await page.focus('.chat-list')
  await page.keyboard.press('Control+f')
  await page.waitForFunction(() => document.activeElement?.matches('.chat-find-field'))
  await page.keyboard.type('公园')
  await page.waitForSelector('.chat-find-result mark')
  expect(await page.locator('.chat-find-result').count()).toBe(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await row(NEEDLE).waitFor()
  await page.waitForSelector('.chat-row[data-highlight]')
  expect(await placeOf(NEEDLE)).toBeCloseTo(1 / 3, 1)
  await page.keyboard.press('Escape')
  await page.waitForFunction((key) => document.activeElement?.getAttribute('data-key') === key, `archive:${String(NEEDLE)}`)
  expect(await page.locator('.chat-find').count()).toBe(0)
})

it('[MS8] reading on from there, down and up, moves nothing until all parts have met', async () => {
  await page.mouse.move(500, 400)
  /** Scrolls, and tells how far what is read moved by itself in the frames after it. */
  const scroll = async (by: number): Promise<number> => {
    const before = await page.evaluate(() => document.querySelector('.chat-list')!.scrollTop)
    await page.mouse.wheel(0, by)
    await page.waitForFunction(
      ([before, by]) => {
        const list = document.querySelector('.chat-list')!
        return list.scrollTop !== before || (by > 0 ? list.scrollHeight - list.clientHeight - list.scrollTop <= 1 : list.scrollTop <= 0)
      },
      [before, by] as const,
    )
    return page.evaluate(async () => {
      const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()))
      const list = document.querySelector('.chat-list')!
      // The wheel itself takes a few frames.
      for (let last = Number.NaN, still = 0; still < 3; still = list.scrollTop === last ? still + 1 : 0) {
        last = list.scrollTop
        await frame()
      }
      const view = list.getBoundingClientRect()
      const read = [...list.querySelectorAll('article[data-key]')].find((one) => one.getBoundingClientRect().top >= view.top + 100)
      if (!read) return 0
      const top = read.getBoundingClientRect().top
      let worst = 0
      for (let count = 0; count < 12; count++) {
        await frame()
        if (read.isConnected) worst = Math.max(worst, Math.abs(read.getBoundingClientRect().top - top))
      }
      return worst
    })
  }
  const moves: number[] = []
  const seen = new Set<number>()
  /** Not so far at once that a gap is passed over. */
  const read = async (by: number, isEnd: () => Promise<boolean>): Promise<void> => {
    for (let turn = 0; turn < 60 && !(await isEnd()); turn++) {
      moves.push(await scroll(by))
      for (const key of await page.locator('article[data-key]').evaluateAll((rows) => rows.map((one) => one.getAttribute('data-key')!))) {
        seen.add(Math.floor(Number(key.split(':')[1]) / 50))
      }
    }
  }
  await read(-1_400, async () => (await row(200).count()) > 0)
  await read(1_400, async () => (await page.locator('.chat-jump').count()) === 0)
  expect(await row(COUNT).count()).toBe(1)
  expect([...seen].sort((a, b) => a - b)).toEqual(expect.arrayContaining([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]))
  expect(Math.max(...moves)).toBeLessThanOrEqual(1)
})
