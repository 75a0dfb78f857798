import type { Browser, BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { hasDesktop } from '../../playground/open-plugin.ts'
import { mustBeQuiet } from './support/console.ts'
import { inBrowser } from './support/in-browser.ts'
import { openPerson, startPlayground, waitForState, watchSockets } from './support/playground.ts'

const here = inBrowser(startPlayground)

type ContextOptions = Parameters<Browser['newContext']>[0]

const newPage = async (options: ContextOptions = {}): Promise<Page> => {
  const context: BrowserContext = await here.browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  mustBeQuiet(page)
  await watchSockets(page)
  return page
}

const signIn = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Start talking' }).click()
  await waitForState(page, 'connected')
}

const say = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox').fill(text)
  await page.getByRole('textbox').press('Enter')
}

describe('the playground', () => {
  it('[BR10] signs in by name, and is the same person in the same room with the same history after a reload', async () => {
    const page = await newPage()
    await page.goto(here.site.origin)
    await signIn(page, 'Zoë')
    await page.getByRole('button', { name: 'Random' }).click()
    await say(page, 'before the reload')
    await page.locator('article[data-status=sent]').waitFor()
    await page.reload()
    await waitForState(page, 'connected')
    await page.getByRole('heading', { name: 'Random' }).waitFor()
    await page.locator('article').getByText('before the reload').waitFor()
    expect(await page.evaluate(() => window.__playground!.session.snapshot().user!.name)).toBe('Zoë')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Your name').waitFor()
  })

  it('[BR19] a name that the server refuses is told in the page’s language, whether typed or in the address', async () => {
    const page = await newPage({ locale: 'en-GB' })
    await page.goto(here.site.url({ name: '\u200b' }))
    await page.getByRole('alert').getByText('A name has 1 to 40 visible characters.').waitFor()
    await page.getByLabel('Language').selectOption('zh-CN')
    await page.getByRole('alert').getByText('名字须为 1 到 40 个可见字符。').waitFor()
    await page.getByTestId('sign-in-name').fill('Zoë')
    await page.getByTestId('sign-in-submit').click()
    await waitForState(page, 'connected')
    const typed = await newPage({ locale: 'en-GB' })
    await typed.goto(here.site.origin)
    await typed.getByTestId('sign-in-name').fill('\u2060')
    await typed.getByTestId('sign-in-submit').click()
    await typed.getByRole('alert').getByText('A name has 1 to 40 visible characters.').waitFor()
    expect(await typed.getByTestId('sign-in-name').getAttribute('aria-invalid')).toBe('true')
  })

  it('[BR11] two tabs of one browser are two people: a quiet room offers the second one', async () => {
    const page = await newPage()
    await openPerson(page, here.site.url({ name: 'Ada', room: 'tabs' }))
    const [second] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Open a second tab' }).click(),
    ])
    await signIn(second, 'Ben')
    await second.getByRole('heading', { name: 'tabs' }).waitFor()
    await say(second, 'hello, me')
    await page.locator('article').getByText('hello, me').waitFor()
    await page.getByText('2 online').first().waitFor()
  })

  it('[BR12] counts what is said in rooms that are not on screen, until they are', async () => {
    const [ada, ben] = [await newPage(), await newPage()]
    await openPerson(ada, here.site.url({ name: 'Ada', room: 'general' }))
    await openPerson(ben, here.site.url({ name: 'Ben', room: 'design' }))
    await say(ben, 'over here')
    const design = ada.getByRole('navigation').getByRole('button', { name: /Design/ })
    await design.getByText('1 unread message').waitFor()
    await ada.waitForFunction(() => document.title.startsWith('(1)'))
    await design.click()
    await ada.locator('article').getByText('over here').waitFor()
    await ada.waitForFunction(() => !document.title.includes('('))
    expect(await design.getByText('unread').count()).toBe(0)
  })

  it('[BR13] a token that the server refuses is said on the page, and the next try asks for another one', async () => {
    const page = await newPage()
    await page.addInitScript(() => {
      if (sessionStorage.length > 0) return
      const forged = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"u-mallory"}')}.`
      const person = { token: forged, user: { id: 'u-mallory', name: 'Mallory' }, expiresAt: Date.now() + 3_600_000 }
      sessionStorage.setItem('vue-chat-socket:person', JSON.stringify(person))
    })
    await page.goto(here.site.origin)
    const banner = page.locator('.chat-banner')
    await banner.getByText('Your sign-in is no longer valid. Sign in again.').waitFor()
    await waitForState(page, 'failed')
    expect(await page.evaluate(() => window.__playground!.session.snapshot().user?.name)).toBe('Mallory')
    await banner.getByRole('button', { name: 'Retry now' }).click()
    await waitForState(page, 'connected')
    expect(await page.evaluate(() => window.__playground!.session.snapshot().user!.id)).not.toBe('u-mallory')
  })

  it.each(['cut', 'mute', 'restart', 'refuse'])('[BR14] "%s" in the drawer hurts, the drawer tells, and the link comes back', async (fault) => {
    const page = await newPage()
    await openPerson(page, here.site.url({ name: `Hurt by ${fault}`, room: 'random' }))
    await page.getByTestId(`fault-${fault}`).click()
    await page.waitForFunction(() => window.__transitions!.some(({ to }) => to === 'waiting'))
    await page.waitForFunction(() => window.__transitions!.at(-1)!.to === 'connected', undefined, { timeout: 60_000 })
    const told = await page.getByTestId('pulse-transitions').locator('li').evaluateAll((rows) => rows.map((row) => row.dataset['to']))
    const happened = await page.evaluate(() => window.__transitions!.map(({ to }) => to))
    expect(told.slice(0, happened.length)).toEqual(happened.toReversed())
    await page.getByTestId('pulse-state').getByText('connected').waitFor()
  })

  it('[BR14] the line of round trips grows with each beat', async () => {
    const page = await newPage()
    await openPerson(page, here.site.url({ name: 'Ada', room: 'random' }))
    const line = page.getByRole('img', { name: /Round trips/ })
    await line.waitFor()
    await page.getByRole('img', { name: /[3-9] shown/ }).waitFor()
    expect(await line.locator('.pg-line-path').first().getAttribute('d')).toMatch(/L.*L/)
  })

  it('[BR15] the drawer keeps what happened while it was shut, and gives the keyboard back', async () => {
    const page = await newPage({ viewport: { width: 360, height: 740 } })
    await openPerson(page, here.site.url({ name: 'Ada', room: 'random' }))
    const toggle = page.getByTestId('drawer-toggle')
    expect(await toggle.getAttribute('aria-expanded')).toBe('false')
    await page.evaluate(() => {
      window.__playground!.session.close()
    })
    await waitForState(page, 'closed')
    await toggle.press('Enter')
    expect(await page.getByTestId('pulse-transitions').locator('li').first().getAttribute('data-to')).toBe('closed')
    expect(await page.evaluate(() => document.activeElement!.getAttribute('aria-label'))).toBe('Close')
    await page.keyboard.press('Escape')
    await page.getByTestId('pulse-transitions').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement!.getAttribute('data-testid'))).toBe('drawer-toggle')
  })

  it('[BR15] who zooms in until the drawer would lie over the conversation has the conversation', async () => {
    const page = await newPage()
    await openPerson(page, here.site.url({ name: 'Ada', room: 'random' }))
    const toggle = page.getByTestId('drawer-toggle')
    expect(await toggle.getAttribute('aria-expanded')).toBe('true')
    await page.setViewportSize({ width: 640, height: 400 })
    await page.getByTestId('pulse-state').waitFor({ state: 'detached' })
    expect(await toggle.getAttribute('aria-expanded')).toBe('false')
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByTestId('pulse-state').waitFor()
  })

  it('[BR16] language and theme are switched on the spot and kept', async () => {
    const page = await newPage({ colorScheme: 'light' })
    await openPerson(page, here.site.url({ name: 'Ada', room: 'random' }))
    const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.querySelector('.chat-room')!).backgroundColor)
    const light = await background()
    await page.getByLabel('Theme').selectOption('dark')
    expect(await background()).not.toBe(light)
    await page.getByLabel('Language').selectOption('zh-CN')
    await page.getByPlaceholder('输入消息').waitFor()
    await page.reload()
    await page.getByPlaceholder('输入消息').waitFor()
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']])).toEqual(['zh-CN', 'dark'])
    expect(await background()).not.toBe(light)
  })

  it('[BR20] [MD6] Markdown is drawn in messages until it is switched off, and the choice is kept; the time stands beside the last line', async () => {
    const page = await newPage()
    await openPerson(page, here.site.url({ name: 'Ada', room: 'markdown' }))
    await say(page, 'the **ferry** leaves')
    const ferry = page.locator('article strong', { hasText: 'ferry' })
    await ferry.waitFor()
    const height = async (): Promise<number> => (await page.locator('article', { hasText: 'leaves' }).boundingBox())!.height
    const drawn = await height()
    await page.getByTestId('settings').click()
    await page.getByLabel('Markdown in messages').uncheck()
    await page.locator('article').getByText('the **ferry** leaves').waitFor()
    expect(drawn).toBeCloseTo(await height(), 0)
    await page.reload()
    await page.locator('article').getByText('the **ferry** leaves').waitFor()
    expect(await ferry.count()).toBe(0)
  })

  it('[BR17] the development server’s own socket lives beside the chat on one port', async () => {
    const page = await newPage()
    const first = page.waitForEvent('websocket', (socket) => !new URL(socket.url()).pathname.startsWith('/chat'))
    await page.goto(here.site.url({ name: 'Ada', room: 'random' }))
    const hot = await first
    await waitForState(page, 'connected')
    expect(hot.isClosed()).toBe(false)
    expect(new URL(hot.url()).host).toBe(new URL(here.site.origin).host)
  })

  it('[BR18] opens a browser only where there is a desktop', () => {
    expect(hasDesktop('linux', {})).toBe(false)
    expect(hasDesktop('linux', { DISPLAY: ':0' })).toBe(true)
    expect(hasDesktop('darwin', {})).toBe(true)
    expect(hasDesktop('win32', {})).toBe(true)
  })
})
