import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startBurstServer, type BurstServer } from './support/burst-server.ts'
import { markDocument, startSite, transitions, type Site } from './support/connection.ts'
import { launchChromium } from './support/launch.ts'
import { openPerson, watchSockets } from './support/playground.ts'

declare global {
  interface Window {
    __heard?: string[]
  }
}

const COUNT = 10_000
/** Spread, because a list of ten thousand rows is what would take long here, not the connection. */
const ROOMS = 10

let browser: Browser
let site: Site
let server: BurstServer

beforeAll(async () => {
  ;[browser, site, server] = await Promise.all([launchChromium(), startSite(), startBurstServer(ROOMS)])
})
afterAll(async () => {
  await browser.close()
  await Promise.all([site.close(), server.close()])
})

it('[BC7] 10,000 messages in one burst: the link is kept and heard, each is told once and in order, and the last one is shown', async () => {
  // Narrow, so that the playground's drawer, which draws every frame, stays shut.
  const context = await browser.newContext({ viewport: { width: 900, height: 700 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await watchSockets(page)
  const shown = server.rooms.at(-1)!
  await openPerson(page, `${site.origin}/?${new URLSearchParams({ name: 'Ada', room: shown, server: server.wsUrl }).toString()}`)
  const isSame = await markDocument(page)
  await page.evaluate(() => {
    const heard: string[] = []
    window.__heard = heard
    window.__playground!.session.on('message', ({ body }) => heard.push(body))
  })
  server.burst(COUNT)
  await page.waitForFunction((last) => [...document.querySelectorAll('[role=log] article')].at(-1)?.textContent.includes(last), String(COUNT), {
    timeout: 90_000,
  })
  expect(await page.evaluate(() => window.__heard)).toEqual(Array.from({ length: COUNT }, (_, i) => String(i + 1)))
  const answered = server.pongCount()
  await expect.poll(() => server.pongCount(), { timeout: 30_000 }).toBeGreaterThan(answered)
  expect(await transitions(page)).toEqual([])
  expect(server.connectionCount()).toBe(1)
  expect(await isSame()).toBe(true)
})
