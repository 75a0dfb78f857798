import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { spawnServer, type SpawnedServer } from '../integration/server/support/spawn-server.ts'
import { inBrowser } from './support/in-browser.ts'
import {
  marks,
  openPerson,
  range,
  sendMarks,
  startPlayground,
  waitForLongWait,
  waitForMarks,
  waitForState,
  waitLongest,
  watchSockets,
} from './support/playground.ts'

const here = inBrowser(startPlayground)
let server: SpawnedServer | undefined
afterEach(async () => {
  await server?.dispose()
  server = undefined
})

/** Two people in a room of a server of their own, which can be killed. */
const twoPeople = async (
  room: string,
  prepare?: (page: Page) => Promise<void>,
): Promise<{ ada: Page; ben: Page; httpUrl: string }> => {
  server = await spawnServer({ args: ['--faults', '--origin', here.site.origin] })
  const { wsUrl, httpUrl } = server
  const open = async (name: string): Promise<Page> => {
    const context = await here.browser.newContext()
    const page = await context.newPage()
    await watchSockets(page)
    await prepare?.(page)
    return openPerson(page, here.site.url({ name, room, server: wsUrl }))
  }
  const [ada, ben] = await Promise.all([open('Ada'), open('Ben')])
  return { ada, ben, httpUrl }
}

const fault = (page: Page, httpUrl: string, what: string): Promise<{ userId: string; at: number }> =>
  page.evaluate(
    async ([url, kind]) => {
      const userId = window.__playground!.session.snapshot().user!.id
      const response = await fetch(`${url}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ do: kind, user: userId }),
      })
      if (!response.ok) throw new Error(`faults answered ${String(response.status)}`)
      return { userId, at: Date.now() }
    },
    [httpUrl, what] as const,
  )

const transitions = (page: Page) => page.evaluate(() => window.__transitions ?? [])

/** What a browser tells a page when a laptop is opened in another place. */
const comeBack = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const show = (state: DocumentVisibilityState): void => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }
    show('hidden')
    window.dispatchEvent(new Event('offline'))
    window.dispatchEvent(new Event('online'))
    show('visible')
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  })

describe('two people in Chromium', () => {
  it('[BR1] talk in a room, and each sees that two are online', async () => {
    const { ada, ben } = await twoPeople('general')
    await ada.getByRole('textbox').fill('hello Ben')
    await ada.getByRole('textbox').press('Enter')
    await ben.getByRole('article').getByText('hello Ben').waitFor()
    await ben.getByRole('textbox').fill('hello Ada')
    await ben.getByRole('textbox').press('Enter')
    await ada.getByRole('article').getByText('hello Ada').waitFor()
    for (const page of [ada, ben]) {
      await page.getByText('2 online').first().waitFor()
      expect(await page.getByRole('article').count()).toBe(2)
    }
    await ben.close()
    await ada.getByText('1 online').first().waitFor()
  })

  it('[BR2] see the same 200 messages once, in order, when the server is killed with -9 among them', async () => {
    const { ada, ben } = await twoPeople('general')
    await sendMarks(ada, 'general', range(200))
    await waitForMarks(ben, 20)
    await server!.kill()
    await ada.waitForFunction(() => window.__playground!.session.snapshot().state !== 'connected')
    expect(await ada.evaluate(() => window.__playground!.session.snapshot().pendingCount)).toBeGreaterThan(0)
    await server!.restart()
    for (const page of [ada, ben]) {
      await waitForMarks(page, 200)
      await page.waitForFunction(() => window.__playground!.session.snapshot().pendingCount === 0)
      expect(await marks(page)).toEqual(range(200))
    }
    await ben.reload()
    await waitForMarks(ben, 200)
    expect(await marks(ben)).toEqual(range(200))
  })

  it('[BR3] lose nothing on a half-open link, which is replaced within its time-out and not after a minute', async () => {
    const { ada, ben, httpUrl } = await twoPeople('general')
    await sendMarks(ada, 'general', range(200).slice(0, 120))
    await waitForMarks(ben, 20)
    const muted = await fault(ada, httpUrl, 'mute')
    await sendMarks(ada, 'general', range(200).slice(120))
    await ada.waitForFunction(() => window.__sockets!.at(-1)!.openedAt !== undefined && window.__sockets!.length > 1)
    // Found by the heartbeat: the dead socket has not closed, and in Chromium will not for a minute.
    const [dead, fresh] = await ada.evaluate(() => window.__sockets!)
    expect(dead!.closedAt).toBeUndefined()
    expect((await transitions(ada)).find(({ to }) => to === 'waiting')?.cause).toBe('heartbeat')
    // The server's `welcome` says 15 s of silence; the page asks every 2 s and waits 3 s for the answer.
    expect(fresh!.openedAt! - muted.at).toBeLessThanOrEqual(15_000 + 1_000)
    for (const page of [ada, ben]) {
      await waitForMarks(page, 200)
      await page.waitForFunction(() => window.__playground!.session.snapshot().pendingCount === 0)
      expect(await marks(page)).toEqual(range(200))
    }
  })

  it('[BR4] a closed conversation stays closed when the network and the page come back, until the person connects', async () => {
    const { ada } = await twoPeople('general')
    await ada.getByTestId('disconnect').click()
    await waitForState(ada, 'closed')
    await comeBack(ada)
    await ada.context().setOffline(true)
    await ada.context().setOffline(false)
    expect(await transitions(ada)).toEqual([expect.objectContaining({ to: 'closed' })])
    expect(await ada.evaluate(() => window.__sockets!.length)).toBe(1)
    await ada.getByRole('button', { name: 'Connect', exact: true }).first().click()
    await waitForState(ada, 'connected')
  })

  it('[BR9] a page that waits tries at once when the network or the page comes back', async () => {
    const { ada } = await twoPeople('general', waitLongest)
    await server!.kill()
    const retryAt = await waitForLongWait(ada, 6_000)
    await server!.restart()
    await comeBack(ada)
    await waitForState(ada, 'connected')
    expect((await transitions(ada)).at(-1)).toMatchObject({ to: 'connected' })
    expect((await transitions(ada)).at(-1)!.at).toBeLessThan(retryAt)
  })

  it('[BR5] a server that is away shows a countdown, and "Retry now" brings the conversation back at once', async () => {
    const { ada, ben } = await twoPeople('general', waitLongest)
    await server!.kill()
    await ada.getByRole('textbox').fill('m-001 written while away')
    await ada.getByRole('textbox').press('Enter')
    await ada.getByText('1 message waits to be sent').waitFor()
    const retryAt = await waitForLongWait(ada, 6_000)
    await ada.getByText(/Next try in \d+ s/).first().waitFor()
    await server!.restart()
    await ada.locator('.chat-banner').getByRole('button', { name: 'Retry now' }).click()
    await waitForState(ada, 'connected')
    expect((await transitions(ada)).at(-1)!.at).toBeLessThan(retryAt)
    await waitForMarks(ben, 1)
    expect(await marks(ben)).toEqual(['m-001'])
  })

  it('[BR6] setOffline holds frames back on an open socket; the link is found dead, and talk goes on afterwards', async () => {
    const { ada, ben } = await twoPeople('general')
    await ada.context().setOffline(true)
    await ada.getByRole('textbox').fill('m-001 from a tunnel')
    await ada.getByRole('textbox').press('Enter')
    await ada.waitForFunction(() => ['waiting', 'offline', 'connecting'].includes(window.__playground!.session.snapshot().state))
    await ada.context().setOffline(false)
    await waitForMarks(ben, 1)
    await waitForState(ada, 'connected')
    expect(await marks(ada)).toEqual(['m-001'])
    expect(await marks(ben)).toEqual(['m-001'])
  })
})
