import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { spawnServer, type SpawnedServer } from '../integration/server/support/spawn-server.ts'
import { inBrowser } from './support/in-browser.ts'
import { openPerson, startPlayground } from './support/playground.ts'

const here = inBrowser(startPlayground)
let server: SpawnedServer
afterEach(() => server.dispose())

const say = async (page: Page, body: string): Promise<void> => {
  await page.getByRole('textbox').fill(body)
  await page.getByRole('textbox').press('Enter')
}
const bodies = async (page: Page): Promise<string[]> =>
  (await page.getByRole('article').locator('.chat-message-body').allInnerTexts()).map((text) => text.split('\n')[0] ?? '')
const whenShown = (page: Page, expected: string[]): Promise<unknown> => expect.poll(() => bodies(page), { timeout: 15_000 }).toEqual(expected)

/** A tab of a person; the context is the browser that outlives it. */
const tabOf = async (context: BrowserContext, name: string): Promise<Page> =>
  openPerson(await context.newPage(), here.site.url({ name, room: 'general', server: server.wsUrl }))

describe('a tab that is closed', () => {
  it('[OF1] with unsent messages: they arrive once, in order, from the next tab', async () => {
    server = await spawnServer({ args: ['--origin', here.site.origin] })
    const [adas, bens] = [await here.browser.newContext(), await here.browser.newContext()]
    const ada = await tabOf(adas, 'Ada')
    const ben = await tabOf(bens, 'Ben')
    await say(ada, 'before')
    await ben.getByRole('article').getByText('before').waitFor()
    const storage = await ada.evaluate(() => sessionStorage.getItem('vue-chat-socket:person'))

    await server.kill()
    await ada.waitForFunction(() => window.__playground!.session.snapshot().state !== 'connected')
    for (const body of ['one', 'two', 'three']) await say(ada, body)
    await ada.waitForFunction(
      (name) =>
        new Promise<boolean>((resolve) => {
          const opening = indexedDB.open(name)
          opening.onsuccess = () => {
            const count = opening.result.transaction('messages').objectStore('messages').count()
            count.onsuccess = () => {
              opening.result.close()
              resolve(count.result === 3)
            }
          }
        }),
      `playground chat.v1 ${server.wsUrl}`,
    )
    await ada.close()

    // A new tab has no session storage; the sign-in is the app's business.
    await adas.addInitScript((person) => {
      if (person !== null) sessionStorage.setItem('vue-chat-socket:person', person)
    }, storage)
    const again = await adas.newPage()
    await again.goto(here.site.url({ name: 'Ada', room: 'general', server: server.wsUrl }))
    // The server is still down: the room is painted from the disk, with what waits at its end.
    await whenShown(again, ['before', 'one', 'two', 'three'])

    await server.restart()
    await again.waitForFunction(() => window.__playground!.session.snapshot().pendingCount === 0)
    await whenShown(again, ['before', 'one', 'two', 'three'])
    await whenShown(ben, ['before', 'one', 'two', 'three'])
  })

  it('[OF2] a reload shows the room at once and asks only for what is missing', async () => {
    server = await spawnServer({ args: ['--origin', here.site.origin] })
    const [adas, bens] = [await here.browser.newContext(), await here.browser.newContext()]
    const ada = await tabOf(adas, 'Ada')
    const ben = await tabOf(bens, 'Ben')
    for (const body of ['one', 'two']) await say(ben, body)
    await whenShown(ada, ['one', 'two'])
    await ada.goto('about:blank')
    await say(ben, 'three')
    const joins: string[] = []
    ada.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => {
        if (String(payload).includes('"join"')) joins.push(String(payload))
      })
    })
    await ada.goto(here.site.url({ name: 'Ada', room: 'general', server: server.wsUrl }))
    await whenShown(ada, ['one', 'two', 'three'])
    expect(JSON.parse(joins[0] ?? '{}')).toMatchObject({ type: 'join', since: { seq: 2 } })
  })
})
