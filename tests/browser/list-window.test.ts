import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type {} from './list-page/controls.ts'
import { axeFindings } from './support/axe.ts'
import { inBrowser } from './support/in-browser.ts'
import { openListPage, startListPage, wheel } from './support/list-page.ts'

const here = inBrowser(startListPage)
let page: Page

const open = async (query: Record<string, string | number> = {}): Promise<Page> => {
  page = await openListPage(here.browser, here.site, query)
  return page
}
const nodes = (): Promise<number> => page.evaluate(() => document.querySelectorAll('.chat-list *').length)
const rows = (): Promise<number> => page.locator('article').count()
const focused = (): Promise<string | undefined> => page.evaluate(() => (document.activeElement as HTMLElement).dataset['key'])
const isInView = (key: string): Promise<boolean> =>
  page.evaluate((key) => {
    const row = window.measure.rowOf(key)!.getBoundingClientRect()
    const view = window.measure.list().getBoundingClientRect()
    return row.top >= view.top - 1 && row.bottom <= view.bottom + 1
  }, key)

describe('rows around the view', () => {
  it('[LV13] at most 300 elements are in a list of 10,000, wherever it is', async () => {
    await open({ count: 10_000 })
    expect(await nodes()).toBeLessThanOrEqual(300)
    for (const by of [-2_000, -40_000, -200_000]) {
      await wheel(page, by)
      expect(await nodes()).toBeLessThanOrEqual(300)
      expect(await page.evaluate(() => window.measure.blank())).toBe(0)
    }
  })

  it('[LV13] a short list has all its rows in the DOM, a long one does not, unless it is told', async () => {
    await open({ count: 150 })
    expect(await rows()).toBe(150)
    await page.context().close()
    await open({ count: 150, virtual: 'always' })
    expect(await rows()).toBeLessThan(40)
    await page.context().close()
    await open({ count: 600, virtual: 'never' })
    expect(await rows()).toBe(600)
  })

  it('[LV14] a list that grows long, or short again, moves nothing and keeps the elements in view', async () => {
    await open({ count: 150 })
    await wheel(page, -3_000)
    const { moves, isSame, counts, shift } = await page.evaluate(async () => {
      const { topRow, top, rowOf, watchFrames } = window.measure
      const row = topRow()
      const key = row.dataset['key']!
      const before = top(row)
      const read = (): number => top(rowOf(key)!) - before
      const scrollTop = window.measure.list().scrollTop
      const moves = [...(await watchFrames(() => window.list.append(100), read))]
      // The spaces are as high as the rows that they stand for.
      const shift = window.measure.list().scrollTop - scrollTop
      const long = document.querySelectorAll('article').length
      moves.push(...(await watchFrames(() => window.list.prepend(100), read)))
      moves.push(...(await watchFrames(() => window.list.keepOnly(240), read)))
      moves.push(...(await watchFrames(() => window.list.keepOnly(140), read)))
      return { moves, isSame: rowOf(key) === row, counts: [long, document.querySelectorAll('article').length], shift }
    })
    expect(Math.max(...moves.map(Math.abs))).toBeLessThanOrEqual(0.5)
    expect(isSame).toBe(true)
    expect(shift).toBe(0)
    expect(counts[0]).toBeLessThan(40)
    expect(counts[1]).toBe(140)
  })

  it('[LV15] the message that has the focus stays, with what has the focus in it', async () => {
    await open({ count: 1_000 })
    await wheel(page, -2_000)
    const key = await page.evaluate(() => {
      const row = window.measure.topRow()
      row.focus({ preventScroll: true })
      return row.dataset['key']!
    })
    for (const by of [-20_000, 40_000]) {
      await wheel(page, by)
      expect(await focused()).toBe(key)
      expect(await page.evaluate(() => window.measure.blank())).toBe(0)
    }
    expect(await rows()).toBeLessThan(40)
    await page.keyboard.press('ArrowDown')
    const next = `long:${Number(key.split(':')[1]) + 1}`
    expect(await focused()).toBe(next)
    await page.evaluate(() => window.measure.still())
    expect(await isInView(next)).toBe(true)
    await page.keyboard.press('Escape')
    await page.focus('textarea')
    await page.evaluate(() => window.measure.still())
    await wheel(page, -30_000)
    expect(await page.evaluate((key) => window.measure.rowOf(key) === null, next)).toBe(true)
  })

  it.each(['never', 'always'])('[LV15] when it is taken away, its neighbour has the focus (virtual="%s")', async (virtual) => {
    await open({ virtual })
    await wheel(page, -2_000)
    const key = await page.evaluate(() => {
      const row = window.measure.topRow()
      row.focus({ preventScroll: true })
      return row.dataset['key']!
    })
    await page.evaluate((key) => window.list.remove([key]), key)
    await page.waitForFunction(() => document.activeElement instanceof HTMLElement && document.activeElement.matches('article'))
    expect(await focused()).toBe(`long:${Number(key.split(':')[1]) + 1}`)
    await page.click('h2, .chat-composer', { position: { x: 3, y: 3 } })
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.evaluate((key) => window.list.remove([key]), `long:${Number(key.split(':')[1]) + 1}`)
    await page.evaluate(() => window.measure.still())
    expect(await page.evaluate(() => document.activeElement!.matches('article'))).toBe(false)
  })

  it.each(['never', 'always'])('[LV16] keys reach every message, drawn or not (virtual="%s")', async (virtual) => {
    await open({ virtual, count: 500 })
    const press = async (key: string): Promise<string | undefined> => {
      await page.keyboard.press(key)
      await page.evaluate(() => window.measure.still())
      const at = await focused()
      if (at) expect(await isInView(at), `${key} to ${at}`).toBe(true)
      return at
    }
    await page.focus('.chat-list')
    expect(await press('ArrowUp')).toBe('long:499')
    for (let at = 498; at > 470; at--) expect(await press('ArrowUp')).toBe(`long:${at}`)
    const paged = Number((await press('PageUp'))!.split(':')[1])
    expect(paged).toBeLessThan(469)
    expect(paged).toBeGreaterThan(440)
    const back = Number((await press('PageDown'))!.split(':')[1])
    expect(Math.abs(back - 471)).toBeLessThanOrEqual(2)
    expect(await press('Home')).toBe('long:0')
    expect(await press('ArrowUp')).toBe('long:0')
    expect(await press('PageUp')).toBe('long:0')
    expect(await press('ArrowDown')).toBe('long:1')
    expect(await press('End')).toBe('long:499')
    expect(await page.evaluate(() => window.measure.toEnd())).toBeLessThanOrEqual(1)
  })

  it.each(['end', 'middle'])('[LV23] a burst is shown whole, without a blank or a jump (at the %s)', async (where) => {
    await open({ count: 1_000 })
    if (where === 'middle') await wheel(page, -20_000)
    const { worst, blank, last, moved } = await page.evaluate(async () => {
      const { frame, toEnd, blank, topRow, top, rowOf } = window.measure
      const key = topRow().dataset['key']!
      const before = top(rowOf(key)!)
      const ends: number[] = []
      const blanks: number[] = []
      const moves: number[] = []
      for (let count = 0; count < 100; count++) {
        for (let message = 0; message < 20; message++) window.list.append(1)
        await frame()
        ends.push(toEnd())
        blanks.push(blank())
        const row = rowOf(key)
        if (row) moves.push(Math.abs(top(row) - before))
      }
      const last = [...document.querySelectorAll<HTMLElement>('article')].at(-1)!.dataset['key']
      return { worst: Math.max(...ends), blank: Math.max(...blanks), last, moved: Math.max(...moves) }
    })
    expect(blank).toBe(0)
    if (where === 'middle') expect(moved).toBeLessThanOrEqual(0.5)
    else expect([worst <= 1, last]).toEqual([true, 'long:2999'])
  })

  it('[LV6] a jump may take the focus along, to a message that was not drawn', async () => {
    await open({ count: 2_000 })
    await page.evaluate(() => window.list.jump('long:77', { focus: true }))
    expect(await focused()).toBe('long:77')
    expect(await isInView('long:77')).toBe(true)
  })

  it.each(['never', 'always'])('[LV17] the day of what is read floats at the top, away from the end (virtual="%s")', async (virtual) => {
    await open({ virtual })
    expect(await page.locator('.chat-day-float').count()).toBe(0)
    await wheel(page, -5_000)
    const [floating, day] = await page.evaluate(() => {
      const key = window.measure.topRow().dataset['key']!
      const at = new Date(new Date(2026, 2, 10, 12).getTime() + Number(key.split(':')[1]) * 16 * 60_000)
      return [document.querySelector('.chat-day-float')!.textContent!, at.getDate()] as const
    })
    expect(floating).toContain(String(day))
    expect(await page.locator('.chat-day-float').getAttribute('aria-hidden')).toBe('true')
  })

  it.each(['never', 'always'])('[LV18] a reactive array may be changed in place (virtual="%s")', async (virtual) => {
    await open({ virtual, 'in-place': 1 })
    const seen = await page.evaluate(async () => {
      const toEnd = await window.measure.watchFrames(() => window.list.append(3), () => window.measure.toEnd())
      return { toEnd, last: [...document.querySelectorAll<HTMLElement>('article')].at(-1)!.dataset['key'] }
    })
    expect(seen.last).toBe('long:402')
    expect(Math.max(...seen.toEnd)).toBeLessThanOrEqual(1)
  })

  it('[LV19] axe finds nothing in a virtual list, at its end and in its middle, with an unread line', async () => {
    await open({ virtual: 'always', unread: 60 })
    expect(await axeFindings(page)).toEqual([])
    await wheel(page, -3_000)
    expect(await axeFindings(page)).toEqual([])
  })

  it('[LV20] jumping to the latest glides when it is near, and jumps for those who want no motion', async () => {
    await open({ count: 400 })
    const path = async (): Promise<number> => {
      await wheel(page, -900)
      return page.evaluate(async () => {
        document.querySelector<HTMLElement>('.chat-jump')!.click()
        const tops = new Set<number>()
        while (window.measure.toEnd() > 1) {
          tops.add(window.measure.list().scrollTop)
          await window.measure.frame()
        }
        return tops.size
      })
    }
    expect(await path()).toBeLessThanOrEqual(1)
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await path()).toBeGreaterThan(3)
    await page.evaluate(() => window.measure.still())
    expect(await page.evaluate(() => window.measure.toEnd())).toBeLessThanOrEqual(1)
  })
})
