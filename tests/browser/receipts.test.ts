import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { spawnServer, type SpawnedServer } from '../integration/server/support/spawn-server.ts'
import { inBrowser } from './support/in-browser.ts'
import { openPerson, startPlayground } from './support/playground.ts'

const here = inBrowser(startPlayground)
let server: SpawnedServer | undefined
afterEach(async () => {
  await server?.dispose()
  server = undefined
})

interface Person {
  readonly page: Page
  readonly context: BrowserContext
}

const person = async (name: string): Promise<Person> => {
  const context = await here.browser.newContext({ viewport: { width: 900, height: 600 } })
  return { context, page: await openPerson(await context.newPage(), here.site.url({ name, room: 'receipts', server: server!.wsUrl })) }
}

const twoPeople = async (): Promise<[ada: Person, ben: Person]> => {
  server = await spawnServer({ args: ['--origin', here.site.origin] })
  return [await person('Ada'), await person('Ben')]
}

const say = ({ page }: Person, body: string): Promise<void> =>
  page.evaluate((text) => void window.__playground!.session.sendMessage({ room: 'receipts', body: text }), body)

const row = ({ page }: Person, text: string) => page.getByRole('article').filter({ hasText: text })
/** Waits until the row's own status is this one. */
const status = async (someone: Person, text: string, wanted: string): Promise<void> => {
  await row(someone, text).and(someone.page.locator(`[data-status=${wanted}]`)).waitFor({ timeout: 30_000 })
}

/** As a browser tells that the person looks at something else. */
const setHidden = ({ page }: Person, isHidden: boolean): Promise<void> =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true })
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)

describe('who has got and read what', () => {
  it('[RD80] sent, delivered to a hidden page, read when it is shown, and the mark tells by whom', async () => {
    const [ada, ben] = await twoPeople()
    await setHidden(ben, true)
    await say(ada, 'are you there')
    await status(ada, 'are you there', 'delivered')
    await row(ben, 'are you there').waitFor()
    await setHidden(ben, false)
    await status(ada, 'are you there', 'read')
    await row(ada, 'are you there').locator('button.chat-status').click()
    await row(ada, 'are you there').getByText('Read by Ben').waitFor()
    await say(ada, 'good')
    await status(ada, 'good', 'read')
  })

  it('[RD81] below the fold is unread until it is scrolled to, and a reload knows what was', async () => {
    const [ada, ben] = await twoPeople()
    for (let i = 1; i <= 30; i++) await say(ada, `line ${i} end`)
    await status(ada, 'line 30 end', 'read')
    const list = ben.page.getByRole('log')
    await list.hover()
    await ben.page.mouse.wheel(0, -600)
    await ben.page.locator('.chat-jump').waitFor()
    await say(ada, 'line 31 end')
    await status(ada, 'line 31 end', 'delivered')
    await ben.page.locator('.chat-jump').click()
    await status(ada, 'line 31 end', 'read')
    await list.hover()
    await ben.page.mouse.wheel(0, -600)
    await ben.page.locator('.chat-jump').waitFor()
    for (let i = 32; i <= 35; i++) await say(ada, `line ${i} end`)
    await status(ada, 'line 35 end', 'delivered')
    expect(await row(ada, 'line 32 end').getAttribute('data-status')).toBe('delivered')

    await ben.page.reload()
    await ben.page.getByText('4 new messages').first().waitFor()
    await status(ada, 'line 35 end', 'read')
  })
})
