import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { enterRaw, signIn } from '../integration/server/support/raw-client.ts'
import { show } from './support/connection.ts'
import { launchChromium } from './support/launch.ts'
import { isLeader, openTab, rowsOf, sendAll, startTabsSite, waitForRows, type TabsSite } from './support/tabs.ts'

let browser: Browser
let context: BrowserContext
let site: TabsSite
let count = 0

beforeAll(async () => {
  ;[browser, site] = await Promise.all([launchChromium(), startTabsSite()])
})
afterAll(async () => {
  await browser.close()
  await site.close()
})
beforeEach(async () => {
  context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' })
})
afterEach(() => context.close())

const named = (name: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${name}-${i}`)
const bodies = async (page: Page): Promise<string[]> => (await rowsOf(page)).map(([body]) => body)

const setUp = async (tabs: number) => {
  const room = `room-${++count}`
  const me = await signIn(site.httpUrl, 'Ada')
  const ben = await enterRaw(site, 'Ben', room)
  const pages: Page[] = []
  for (let i = 0; i < tabs; i++) pages.push(await openTab(context, site, me, room))
  return { room, me, ben, pages }
}

/** What a newcomer is told of the room. */
const stored = async (room: string): Promise<unknown[]> => {
  const late = await enterRaw(site, 'Late', room)
  await late.close()
  return late.of('joined').flatMap((frame) => (frame['events'] as { readonly body: string }[]).map(({ body }) => body))
}

/** Runs in the page: whether all six messages are on the disk. */
const stored6 = (): Promise<boolean> =>
  new Promise((resolve) => {
    const opening = indexedDB.open('tabs')
    opening.onsuccess = () => {
      const count = opening.result.transaction('messages').objectStore('messages').count()
      count.onsuccess = () => {
        opening.result.close()
        resolve(count.result === 6)
      }
    }
  })

describe('tabs that share a connection, in Chromium', () => {
  it('[TBB1] one socket for two tabs; the leader is closed in the middle of a burst from all sides: the same list everywhere', async () => {
    const { room, ben, pages } = await setUp(3)
    const [leader, second, third] = pages as [Page, Page, Page]
    expect(await Promise.all(pages.map(isLeader))).toEqual([true, false, false])
    expect(await second.evaluate(() => window.__tab!.session.socket())).toBeUndefined()

    const bens = named('ben', 30)
    const said = (async () => {
      for (const body of bens) await ben.say(room, body, body)
    })()
    await Promise.all([sendAll(second, room, named('second', 15)), sendAll(third, room, named('third', 15)), sendAll(leader, room, named('leader', 3))])
    await second.waitForFunction(() => window.__tab!.rows().length > 8)
    await leader.close()
    await said
    for (const page of [second, third]) await waitForRows(page, 63)
    const log = await stored(room)
    expect(new Set(log).size).toBe(63)
    expect(await bodies(second)).toEqual(log)
    expect(await bodies(third)).toEqual(log)
    expect(ben.of('event').map((frame) => frame['body'])).toEqual(log)
    for (const name of ['ben', 'second', 'third', 'leader']) {
      const own = log.filter((body) => String(body).startsWith(`${name}-`))
      expect(own).toEqual(named(name, own.length))
    }
    expect((await Promise.all([second, third].map(isLeader))).filter(Boolean)).toHaveLength(1)
  })

  it('[TBB2] the leader crashes: the other tab has the connection, the conversation, and what the dead one had not sent', async () => {
    const { room, me, pages } = await setUp(2)
    const [leader, second] = pages as [Page, Page]
    await fetch(`${site.httpUrl}/faults`, { method: 'POST', body: JSON.stringify({ do: 'mute', user: me.user.id }) })
    await sendAll(leader, room, named('dead', 3))
    await sendAll(second, room, named('alive', 3))
    // Never answers: there is nobody left to do so.
    leader.goto('chrome://crash').catch(() => undefined)
    await second.waitForFunction(() => window.__tab!.isLeader() && window.__tab!.session.snapshot().state === 'connected')
    await waitForRows(second, 6)
    const log = await stored(room)
    expect([...log].sort()).toEqual([...named('alive', 3), ...named('dead', 3)])
    expect(await bodies(second)).toEqual(log)
  })

  it('[TBB3] the leader is hidden while another tab is shown: that one takes the lead, nobody misses anything, and back', async () => {
    const { room, ben, pages } = await setUp(2)
    const [first, second] = pages as [Page, Page]
    for (const [hidden, shown, name] of [[first, second, 'a'], [second, first, 'b']] as const) {
      await show(hidden, 'hidden')
      await sendAll(hidden, room, named(`${name}-hidden`, 5))
      await sendAll(shown, room, named(`${name}-shown`, 5))
      await ben.say(room, `${name}-ben`, `${name}-ben`)
      await shown.waitForFunction(() => window.__tab!.isLeader())
      await hidden.waitForFunction(() => !window.__tab!.isLeader())
      await show(hidden, 'visible')
    }
    for (const page of pages) await waitForRows(page, 22)
    const log = await stored(room)
    expect(log).toHaveLength(22)
    expect(await bodies(first)).toEqual(log)
    expect(await bodies(second)).toEqual(log)
    expect(await first.evaluate(() => window.__tab!.isLeader())).toBe(true)
  })

  it('[TBB4] what is read in the tab that is shown is read in the one that is hidden', async () => {
    const { room, ben, pages } = await setUp(2)
    const [first, second] = pages as [Page, Page]
    for (const page of pages) await show(page, 'hidden')
    await ben.say(room, 'x', 'x')
    for (const page of pages) await page.waitForFunction(() => window.__tab!.unread() === 1)
    await show(second, 'visible')
    for (const page of pages) await page.waitForFunction(() => window.__tab!.unread() === 0)
    await ben.say(room, 'y', 'y')
    for (const page of pages) await waitForRows(page, 2)
    await first.waitForFunction(() => window.__tab!.unread() === 0)
  })

  it('[TBB5] a tab of another person does not follow', async () => {
    const { room, pages } = await setUp(1)
    const other = await openTab(context, site, await signIn(site.httpUrl, 'Eve'), room)
    expect(await Promise.all([...pages, other].map(isLeader))).toEqual([true, true])
    await sendAll(other, room, ['from eve'])
    await waitForRows(pages[0]!, 1)
    expect(await pages[0]!.evaluate(() => document.querySelector('[role=log] article')?.textContent)).toContain('Eve')
  })

  it('[TBB6] with a storage: typed in two tabs while the server is away, both closed, one opened again: everything arrives once, in order', async () => {
    const { room, me, ben, pages } = await setUp(2)
    const [first, second] = pages as [Page, Page]
    await sendAll(first, room, ['before'])
    for (const page of pages) await waitForRows(page, 1)
    const refuse = (ms: number) => fetch(`${site.httpUrl}/faults`, { method: 'POST', body: JSON.stringify({ do: 'refuse', ms }) })
    await refuse(600_000)
    await sendAll(second, room, named('second', 3))
    await sendAll(first, room, named('first', 3))
    for (const page of pages) await page.waitForFunction(() => window.__tab!.session.snapshot().pendingCount === 3)
    await first.waitForFunction(stored6)
    await Promise.all(pages.map((page) => page.close()))

    const late = await openTab(context, site, me, room, ['waiting', 'connecting'])
    await late.waitForFunction(() => window.__tab!.rows().length === 7)
    await refuse(0)
    await late.evaluate(() => window.__tab!.session.reconnect())
    await waitForRows(late, 7)
    const log = await stored(room)
    expect(await bodies(late)).toEqual(log)
    for (const name of ['first', 'second']) expect(log.filter((body) => String(body).startsWith(name))).toEqual(named(name, 3))
    expect(log).toHaveLength(7)
    await ben.close()
  })

  it('[TBB7] two tabs in different rooms: both lists have the same badges, last messages and order, all the time', async () => {
    const me = await signIn(site.httpUrl, 'Ada')
    const [general, plans] = [await enterRaw(site, 'Ben', 'general'), await enterRaw(site, 'Cleo', 'plans')]
    const open = (room: string): Promise<Page> => openTab(context, site, me, room, ['connected'], { list: '' })
    const pages = [await open('general'), await open('plans')] as const
    const both = async (...rows: readonly string[]): Promise<void> => {
      for (const page of pages) {
        await page.waitForFunction((wanted) => window.__tab!.listed().join('\n') === wanted, rows.join('\n')).catch(async () => {
          expect(await page.evaluate(() => window.__tab!.listed())).toEqual(rows)
        })
      }
    }
    for (const page of pages) await show(page, 'hidden')
    await general.say('general', 'g1', 'at home')
    await both('General | Ben: at home | 1', 'Plans | ')
    await plans.say('plans', 'p1', 'away')
    await plans.say('plans', 'p2', 'far away')
    await both('Plans | Cleo: far away | 2', 'General | Ben: at home | 1')
    await show(pages[0], 'visible')
    await both('Plans | Cleo: far away | 2', 'General | Ben: at home')
    await show(pages[1], 'visible')
    await both('Plans | Cleo: far away', 'General | Ben: at home')
    await show(pages[1], 'hidden')
    await plans.say('plans', 'p3', 'farther')
    await both('Plans | Cleo: farther | 1', 'General | Ben: at home')

    // On another device.
    const phone = await browser.newContext()
    await openTab(phone, site, me, 'plans')
    await both('Plans | Cleo: farther', 'General | Ben: at home')
    await phone.close()
    await Promise.all([general.close(), plans.close()])
  })
})
