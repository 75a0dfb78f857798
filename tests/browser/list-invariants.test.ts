import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type {} from './list-page/controls.ts'
import { inBrowser } from './support/in-browser.ts'
import { openListPage, startListPage, wheel, type Measure } from './support/list-page.ts'

declare global {
  interface Window {
    measure: Measure
  }
}

const here = inBrowser(startListPage)
let page: Page

const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs))

describe.each(['never', 'always'] as const)('virtual="%s"', (virtual) => {
  const open = async (query: Record<string, string | number> = {}, size?: { width: number; height: number }): Promise<Page> => {
    page = await openListPage(here.browser, here.site, { virtual, count: 300, ...query }, size)
    return page
  }

  it('[LV1] an older page leaves what is being read where it is, every time and in every frame', async () => {
    await open()
    await wheel(page, -6_000)
    const moves = await page.evaluate(async () => {
      const { topRow, top, rowOf, watchFrames, frame } = window.measure
      const key = topRow().dataset['key']!
      const before = top(rowOf(key)!)
      const seen: number[] = []
      for (let round = 0; round < 8; round++) {
        seen.push(...(await watchFrames(() => window.list.prepend(50), () => top(rowOf(key)!) - before)))
        await frame()
      }
      return seen
    })
    expect(moves).toHaveLength(48)
    expect(largest(moves)).toBeLessThanOrEqual(0.5)
  })

  it('[LV1] an older page and new messages in the same moment leave it there too', async () => {
    await open()
    await wheel(page, -3_000)
    const moves = await page.evaluate(async () => {
      const { topRow, top, rowOf, watchFrames } = window.measure
      const key = topRow().dataset['key']!
      const before = top(rowOf(key)!)
      return watchFrames(() => window.list.prependAndAppend(40, 30), () => top(rowOf(key)!) - before)
    })
    expect(largest(moves)).toBeLessThanOrEqual(0.5)
  })

  it('[LV2] an own message is at the end in the next frame, from wherever it was sent', async () => {
    await open()
    for (const up of [0, -40, -700, -9_000]) {
      if (up) await wheel(page, up)
      const seen = await page.evaluate(
        (up) =>
          window.measure.watchFrames(
            () => window.list.send(`Sent from ${up}`),
            () => ({
              toEnd: window.measure.toEnd(),
              last: [...document.querySelectorAll('article')].at(-1)!.textContent,
            }),
          ),
        up,
      )
      expect(largest(seen.map(({ toEnd }) => toEnd)), `${up}`).toBeLessThanOrEqual(1)
      for (const { last } of seen) expect(last).toContain(`Sent from ${up}`)
    }
  })

  it('[LV3] at the end it stays at the end in every frame, whatever comes or grows', async () => {
    await open({ slots: 1 })
    const acts = {
      append: () => window.list.append(1),
      burst: () => window.list.append(40),
      'the last row grows': () => window.list.grow(`long:${window.list.lastIndex()}`),
      'a row in view grows': () => window.list.grow(`long:${window.list.lastIndex() - 2}`),
      'a row shrinks': () => window.list.edit(`long:${window.list.lastIndex()}`, 'short'),
      'an image loads': () => window.list.imageIn(`long:${window.list.lastIndex()}`, 240),
      'an older page': () => window.list.prepend(30),
    }
    for (const [name, act] of Object.entries(acts)) {
      const seen = await page.evaluate(
        (source) => window.measure.watchFrames(new Function(`return (${source})()`) as () => void, () => window.measure.toEnd()),
        act.toString(),
      )
      expect(largest(seen), name).toBeLessThanOrEqual(1)
    }
  })

  it('[LV4] further up a new message moves nothing, and is counted on the button', async () => {
    await open()
    await wheel(page, -2_000)
    const moves = await page.evaluate(async () => {
      const { topRow, top, rowOf, watchFrames } = window.measure
      const key = topRow().dataset['key']!
      const before = top(rowOf(key)!)
      const read = (): number => top(rowOf(key)!) - before
      return [
        ...(await watchFrames(() => window.list.append(1), read)),
        ...(await watchFrames(() => window.list.append(3), read)),
        ...(await watchFrames(() => window.list.grow('long:2'), read)),
      ]
    })
    expect(largest(moves)).toBeLessThanOrEqual(0.5)
    expect(await page.locator('.chat-jump').textContent()).toContain('4 new messages')
    await page.click('.chat-jump')
    await page.waitForFunction(() => window.measure.toEnd() <= 1 && !document.querySelector('.chat-jump'))
  })

  it('[LV4] what grows or goes above does not move what is being read', async () => {
    await open({ slots: 1 })
    await wheel(page, -2_500)
    const moves = await page.evaluate(async () => {
      const { topRow, top, rowOf, watchFrames } = window.measure
      const key = topRow().dataset['key']!
      const index = Number(key.split(':')[1])
      const before = top(rowOf(key)!)
      const read = (): number => top(rowOf(key)!) - before
      return [
        ...(await watchFrames(() => window.list.grow(`long:${index - 1}`), read)),
        ...(await watchFrames(() => window.list.imageIn(`long:${index - 2}`, 300), read)),
        ...(await watchFrames(() => window.list.remove([`long:${index - 1}`, `long:${index - 3}`, 'long:5']), read)),
        ...(await watchFrames(() => window.list.insertAfter('long:9', 20), read)),
        ...(await watchFrames(() => window.list.insertAfter(`long:${index - 5}`, 7), read)),
        ...(await watchFrames(() => window.list.setGaps([1_000_020]), read)),
      ]
    })
    expect(largest(moves)).toBeLessThanOrEqual(0.5)
  })

  it('[LV4] a person may leave the end in the smallest steps, and is not pulled back by what grows', async () => {
    await open({ slots: 1 })
    for (let step = 0; step < 2; step++) await wheel(page, -10)
    const [key, before] = await page.evaluate(() => {
      const row = window.measure.topRow()
      return [row.dataset['key']!, window.measure.top(row)] as const
    })
    const seen = await page.evaluate(
      (key) =>
        window.measure.watchFrames(
          () => window.list.imageIn(`long:${Number(key.split(':')[1]) - 1}`, 150),
          () => window.measure.top(window.measure.rowOf(key)!),
        ),
      key,
    )
    expect(largest(seen.map((top) => top - before))).toBeLessThanOrEqual(0.5)
    expect(await page.evaluate(() => window.measure.toEnd())).toBeGreaterThan(18)
    for (let step = 0; step < 10; step++) await wheel(page, -10)
    expect(await page.evaluate(() => window.measure.toEnd())).toBeGreaterThan(110)
  })

  it('[LV5] it opens at its end, and every frame of that shows the end', async () => {
    await open({ count: 2_000 })
    const { opened, blanks } = await page.evaluate(() => window.measure)
    expect(opened.length).toBeGreaterThan(1)
    expect(largest(opened)).toBeLessThanOrEqual(1)
    expect(largest(blanks)).toBe(0)
  })

  it('[LV5] it opens at the first unread message when that is further up, and at the end when it is in view', async () => {
    await open({ unread: 80 })
    const at = await page.evaluate(() => window.measure.top(document.querySelector<HTMLElement>('.chat-unread')!))
    expect(Math.abs(at - 48)).toBeLessThanOrEqual(1)
    expect(await page.locator('.chat-unread').textContent()).toContain('80 new messages')
    expect(await page.locator('.chat-jump').textContent()).toContain('80 new messages')
    await page.context().close()
    await open({ unread: 2 })
    expect(await page.locator('.chat-unread').textContent()).toContain('2 new messages')
    expect(await page.evaluate(() => window.measure.toEnd())).toBeLessThanOrEqual(1)
  })

  it('[LV5] a room that is returned to is where it was left, to the pixel', async () => {
    await open()
    await wheel(page, -7_300)
    const [key, before] = await page.evaluate(() => {
      const row = window.measure.topRow()
      return [row.dataset['key']!, window.measure.top(row)] as const
    })
    await page.evaluate(() => window.measure.watchFrames(() => window.list.go('other'), () => 0))
    expect(await page.evaluate(() => window.measure.toEnd())).toBeLessThanOrEqual(1)
    const seen = await page.evaluate(
      (key) =>
        window.measure.watchFrames(
          () => window.list.go('long'),
          () => window.measure.top(window.measure.rowOf(key)!),
        ),
      key,
    )
    expect(largest(seen.map((at) => at - before))).toBeLessThanOrEqual(0.5)
    await wheel(page, 30_000)
    await page.evaluate(() => window.measure.watchFrames(() => window.list.go('other'), () => 0))
    await page.evaluate(() => window.measure.watchFrames(() => window.list.go('long'), () => 0))
    expect(await page.evaluate(() => window.measure.toEnd())).toBeLessThanOrEqual(1)
  })

  it('[LV6] a jump puts the message a third below the top, marks it, and stays there', async () => {
    await open()
    const seen = await page.evaluate(() =>
      window.measure.watchFrames(
        () => void window.list.jump('long:40'),
        () => window.measure.top(window.measure.rowOf('long:40')!) - window.measure.list().clientHeight / 3,
      ),
    )
    expect(largest(seen)).toBeLessThanOrEqual(1)
    expect(await page.locator('[data-highlight] article').getAttribute('data-key')).toBe('long:40')
    const after = await page.evaluate(() =>
      window.measure.watchFrames(
        () => window.list.append(5),
        () => window.measure.top(window.measure.rowOf('long:40')!) - window.measure.list().clientHeight / 3,
      ),
    )
    expect(largest(after)).toBeLessThanOrEqual(1)
    expect(await page.locator('.chat-jump').textContent()).toContain('5 new messages')
  })

  it('[LV6] a jump loads the pages up to the message', async () => {
    await open({ pages: 6, deliver: 1 })
    expect(await page.evaluate(() => window.list.jump(1_000_000 - 100))).toBe(true)
    await page.evaluate(() => window.measure.still())
    const off = await page.evaluate(
      () => window.measure.top(window.measure.rowOf('long:-100')!) - window.measure.list().clientHeight / 3,
    )
    expect(Math.abs(off)).toBeLessThanOrEqual(1)
    expect(await page.evaluate(() => window.list.jump(1_000_000 - 500))).toBe(false)
    expect(await page.evaluate(() => window.list.jump('nobody:1'))).toBe(false)
  })

  it('[LV7] a smaller view, a narrower one and a composer that grows keep the end', async () => {
    await open()
    for (const size of [{ width: 800, height: 380 }, { width: 380, height: 640 }, { width: 1200, height: 800 }]) {
      await page.setViewportSize(size)
      await page.evaluate(() => window.measure.still())
      expect(await page.evaluate(() => window.measure.toEnd()), JSON.stringify(size)).toBeLessThanOrEqual(1)
    }
    await page.fill('textarea', 'one\ntwo\nthree\nfour\nfive')
    await page.evaluate(() => window.measure.still())
    expect(await page.evaluate(() => window.measure.toEnd())).toBeLessThanOrEqual(1)
  })

  it('[LV7] they keep the top row of what is being read, too', async () => {
    await open()
    await wheel(page, -4_000)
    const [key, before] = await page.evaluate(() => {
      const row = window.measure.topRow()
      return [row.dataset['key']!, window.measure.top(row)] as const
    })
    for (const size of [{ width: 800, height: 380 }, { width: 420, height: 640 }, { width: 800, height: 700 }]) {
      await page.setViewportSize(size)
      await page.evaluate(() => window.measure.still())
      const now = await page.evaluate((key) => window.measure.top(window.measure.rowOf(key)!), key)
      // The row above it may be in view and changes its height with the width; it holds the place then.
      expect(now, JSON.stringify(size)).toBeGreaterThan(-200)
      expect(now, JSON.stringify(size)).toBeLessThan(400)
    }
    expect(Math.abs((await page.evaluate((key) => window.measure.top(window.measure.rowOf(key)!), key)) - before)).toBeLessThanOrEqual(0.5)
  })

  it('[LV8] at the top it asks for one page per approach, and the page does not bring it back to the top', async () => {
    await open({ pages: 5 })
    await page.evaluate(() => window.measure.list().scrollTo(0, 350))
    await page.evaluate(() => window.measure.still())
    for (let step = 0; step < 4; step++) await wheel(page, -100)
    expect(await page.evaluate(() => window.measure.list().scrollTop)).toBe(0)
    expect(await page.evaluate(() => window.list.asked())).toBe(1)
    const top = await page.evaluate(async () => {
      const { topRow, top, rowOf, watchFrames } = window.measure
      const key = topRow().dataset['key']!
      const before = top(rowOf(key)!)
      return watchFrames(() => window.list.deliver(), () => top(rowOf(key)!) - before, 20)
    })
    expect(largest(top)).toBeLessThanOrEqual(0.5)
    expect(await page.evaluate(() => window.list.asked())).toBe(1)
    expect(await page.evaluate(() => window.measure.list().scrollTop)).toBeGreaterThan(400)
  })

  it('[LV9] a list that shrinks, and another room, leave nothing stale behind', async () => {
    await open()
    await wheel(page, -12_000)
    await page.evaluate(() => window.measure.watchFrames(() => window.list.keepOnly(6), () => 0))
    expect(await page.evaluate(() => [...document.querySelectorAll('article')].map((row) => row.getAttribute('data-key')))).toEqual(
      [294, 295, 296, 297, 298, 299].map((index) => `long:${index}`),
    )
    expect(await page.evaluate(() => window.measure.blank())).toBe(0)
    await page.evaluate(() => window.measure.watchFrames(() => window.list.append(200), () => 0))
    await wheel(page, -2_000)
    await wheel(page, 50_000)
    expect(await page.evaluate(() => [window.measure.toEnd() <= 1, window.measure.blank()])).toEqual([true, 0])
    await page.evaluate(() => window.measure.watchFrames(() => window.list.go('other'), () => 0))
    expect(await page.locator('article').last().getAttribute('data-key')).toBe('other:59')
    await page.evaluate(() => window.measure.watchFrames(() => window.list.remove(['other:59']), () => 0))
    expect(await page.locator('article').last().getAttribute('data-key')).toBe('other:58')
    expect(await page.evaluate(() => window.measure.toEnd())).toBeLessThanOrEqual(1)
  })

  it('[LV9] when all that was in view is taken away, what is in view then is held', async () => {
    await open()
    await wheel(page, -6_000)
    const moves = await page.evaluate(async () => {
      const { topRow, top, rowOf, watchFrames } = window.measure
      const index = Number(topRow().dataset['key']!.split(':')[1])
      const gone = Array.from({ length: 40 }, (_, at) => `long:${index - 15 + at}`)
      await watchFrames(() => window.list.remove(gone), () => 0)
      const key = topRow().dataset['key']!
      const before = top(rowOf(key)!)
      return watchFrames(() => window.list.prepend(50), () => top(rowOf(key)!) - before)
    })
    expect(largest(moves)).toBeLessThanOrEqual(0.5)
    expect(await page.evaluate(() => window.measure.blank())).toBe(0)
  })

  it('[LV10] one writer alone moves the list', async () => {
    await open({ slots: 1 })
    await wheel(page, -3_000)
    const writers = await page.evaluate(async () => {
      const list = window.measure.list()
      const found = new Set<string>()
      const note = (): void => {
        // The page is built without minifying, so that the names of functions stay.
        found.add(/ at (\w+)/.exec(new Error().stack!.split('\n')[3]!)?.[1] ?? 'nameless')
      }
      const { get, set } = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollTop')!
      Object.defineProperty(list, 'scrollTop', { get: get!, set(value) { note(); set!.call(this, value) } })
      for (const name of ['scrollTo', 'scrollBy', 'scroll', 'scrollIntoView'] as const) {
        Object.defineProperty(Element.prototype, name, { value: () => note() })
      }
      const top = window.measure.topRow().dataset['key']!
      const index = Number(top.split(':')[1])
      await window.measure.watchFrames(() => {
        window.list.prependAndAppend(30, 10)
        window.list.grow(`long:${index - 1}`)
        window.list.imageIn(`long:${index - 2}`, 300)
      }, () => 0)
      await window.list.jump('long:20')
      await window.measure.watchFrames(() => window.list.toBottom(), () => 0)
      return [...found]
    })
    expect(writers.sort()).toEqual(['moveTo'])
  })

  it('[LV11] under a finger that throws the list, rows only ever move with the finger', async () => {
    await open({ count: 1_200 })
    const session = await page.context().newCDPSession(page)
    const tracked = page.evaluate(async () => {
      const { frame, top, list, blank } = window.measure
      const backwards: number[] = []
      const blanks: number[] = []
      let before = new Map<string, number>()
      let quiet = 0
      while (quiet < 60) {
        await frame()
        const now = new Map([...document.querySelectorAll<HTMLElement>('article[data-key]')].map((row) => [row.dataset['key']!, top(row)]))
        const steps = [...now].flatMap(([key, at]) => (before.has(key) ? [at - before.get(key)!] : []))
        backwards.push(Math.min(0, ...steps))
        blanks.push(blank())
        quiet = before.size > 0 && steps.every((step) => step === 0) ? quiet + 1 : 0
        if (list().scrollTop < 1) break
        before = now
      }
      return { backwards, blanks, frames: backwards.length }
    })
    await session.send('Input.synthesizeScrollGesture', { x: 400, y: 300, yDistance: 9_000, speed: 6_000, gestureSourceType: 'touch', preventFling: false })
    const { backwards, blanks, frames } = await tracked
    expect(frames).toBeGreaterThan(20)
    expect(largest(backwards)).toBeLessThanOrEqual(1)
    expect(largest(blanks)).toBe(0)
    expect(await page.evaluate(() => getComputedStyle(window.measure.list()).flexDirection)).toBe('column')
  })

  it('[LV12] rows keep the height of their first frame, also under the pointer', async () => {
    await open()
    const changed = page.evaluate(async () => {
      const heights = new Map<string, number>()
      const changed: string[] = []
      for (let frames = 0; frames < 90; frames++) {
        await window.measure.frame()
        for (const row of document.querySelectorAll<HTMLElement>('article[data-key]')) {
          const { height } = row.parentElement!.getBoundingClientRect()
          const first = heights.get(row.dataset['key']!)
          if (first === undefined) heights.set(row.dataset['key']!, height)
          else if (Math.abs(first - height) > 0.1) changed.push(`${row.dataset['key']}: ${first} → ${height}`)
        }
      }
      return changed
    })
    for (let turn = 0; turn < 10; turn++) {
      await page.mouse.wheel(0, -400)
      await page.mouse.move(300 + turn * 10, 250)
    }
    expect(await changed).toEqual([])
  })
})
