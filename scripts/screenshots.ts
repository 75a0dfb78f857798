/**
 * Makes the pictures of README and docs: a conversation in the playground in three widths, light and dark, from right
 * to left and in Chinese, and the gallery in the same.
 */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { startGallery } from '../tests/browser/support/gallery.ts'
import { launchChromium } from '../tests/browser/support/launch.ts'
import { openPerson, startPlayground } from '../tests/browser/support/playground.ts'

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url))
const ROOM = 'design'
const SIZES = [
  [360, 740],
  [768, 900],
  [1280, 800],
] as const
const BEATS = 14

interface Line {
  readonly who: string
  readonly body: string
  readonly kind?: string
  readonly target?: number
  readonly replyTo?: number
}

const SCRIPT: readonly Line[] = [
  { who: 'Mira', body: 'Morning! The new onboarding is on staging: https://staging.example.org/welcome' },
  { who: 'Mira', body: 'Could you both click through it before lunch? `npm run demo` fills it with people.' },
  { who: 'Jonas', body: 'On the train, tunnel after tunnel. Everything I write waits and then goes out in order, I love it.' },
  { who: 'Ada', body: 'Looking now.' },
  { who: 'Ada', body: 'Step two is much calmer than before. One thing: on my phone the button sits under the keyboard.', replyTo: 1 },
  { who: 'Mira', body: 'Good catch, I will pin it to the visible part.' },
  { who: 'Mira', body: '👍', kind: 'react', target: 5 },
  { who: 'Jonas', body: '👍', kind: 'react', target: 5 },
  { who: '林小雨', body: '刚看完，中文标题换行也好看多了' },
  { who: 'Ada', body: '🎉', kind: 'react', target: 9 },
  { who: 'Jonas', body: 'Back above ground. Did anything get lost?', replyTo: 3 },
  { who: 'Ada', body: 'Not a word.' },
]

mkdirSync(folder, { recursive: true })
const [browser, playground, gallery] = await Promise.all([launchChromium(), startPlayground(), startGallery()])

const people = new Map<string, Page>()
const pageOf = async (name: string): Promise<Page> => {
  const known = people.get(name)
  if (known) return known
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } })
  const page = await openPerson(await context.newPage(), playground.url({ name, room: ROOM }))
  people.set(name, page)
  return page
}
const say = async ({ who, ...content }: Line, room = ROOM): Promise<void> => {
  const page = await pageOf(who)
  const ok = await page.evaluate(
    async ([where, what]) => {
      const { session } = window.__playground!
      session.enter(where)
      return (await session.sendMessage({ ...what, room: where }).settled).ok
    },
    [room, content] as const,
  )
  if (!ok) throw new Error(`not sent: ${content.body}`)
}
const beats = (page: Page, count: number) =>
  page.waitForFunction(
    (least) => [...document.querySelectorAll('.pg-line-path')].flatMap((path) => path.getAttribute('d')!.split('L')).length >= least,
    count,
    { timeout: 90_000 },
  )
const setDrawer = async (page: Page, isOpen: boolean): Promise<void> => {
  const toggle = page.getByTestId('drawer-toggle')
  if (((await toggle.getAttribute('aria-expanded')) === 'true') !== isOpen) await toggle.click()
}
const relax = async (page: Page): Promise<void> => {
  await page.mouse.move(1, 1)
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
}

// The one whose screen it is comes first, so that there is a pulse to show.
const ada = await pageOf('Ada')
for (const line of SCRIPT) await say(line)
await say({ who: 'Jonas', body: 'Lunch at the canal?' }, 'general')
await say({ who: '林小雨', body: '下班去看展吗？' }, 'random')
await beats(ada, BEATS / 2)
await ada.getByTestId('fault-cut').click()
await beats(ada, BEATS)

const mira = await pageOf('Mira')
const type = (on: boolean): Promise<void> =>
  mira.evaluate(([room, isOn]) => window.__playground!.session.setTyping(room, isOn), [ROOM, on] as const)

for (const [width, height] of SIZES) {
  await ada.setViewportSize({ width, height })
  await setDrawer(ada, width >= 1152)
  await relax(ada)
  for (const colorScheme of ['light', 'dark'] as const) {
    await ada.emulateMedia({ colorScheme })
    await type(true)
    await ada.locator('.chat-typing').getByText(/Mira/).first().waitFor()
    await ada.screenshot({ path: `${folder}playground-${String(width)}-${colorScheme}.png` })
    await type(false)
  }
}

await ada.emulateMedia({ colorScheme: 'light' })
await ada.evaluate(() => {
  localStorage.setItem('playground:direction', 'rtl')
  localStorage.setItem('playground:language', 'zh-CN')
})
for (const [width, height] of SIZES) {
  await ada.setViewportSize({ width, height })
  await ada.reload()
  await ada.getByRole('log').waitFor()
  await ada.locator('.chat-message').last().waitFor()
  await setDrawer(ada, width >= 1152)
  await relax(ada)
  await ada.screenshot({ path: `${folder}playground-${String(width)}-rtl-zh.png` })
}

const looks = [
  ['light', ''],
  ['dark', ''],
  ['light', 'rtl'],
] as const
for (const locale of ['en', 'zh-CN']) {
  for (const [theme, dir] of looks) {
    const context = await browser.newContext({ reducedMotion: 'reduce', deviceScaleFactor: 0.5, viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    const query = new URLSearchParams({ theme, locale, ...(dir && { dir }) })
    for (const [width] of SIZES) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(`${gallery.url}?${query.toString()}`)
      await page.locator('.chat-message').first().waitFor()
      await relax(page)
      await page.screenshot({ path: `${folder}gallery-${String(width)}-${dir || theme}-${locale}.png`, fullPage: true })
    }
    await context.close()
  }
}

await browser.close()
await gallery.close()
await playground.close()
