/** Makes the pictures of the README: a conversation in the playground, in three widths, light and dark. */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { launchChromium } from '../tests/browser/support/launch.ts'
import { openPerson, startPlayground } from '../tests/browser/support/playground.ts'

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url))
const ROOM = 'design'

const SCRIPT: readonly (readonly [who: string, text: string])[] = [
  ['Mira', 'Morning! The new onboarding is on staging: https://staging.example.org/welcome'],
  ['Mira', 'Could you both click through it before lunch?'],
  ['Jonas', 'On the train, tunnel after tunnel. Everything I write waits and then goes out in order, I love it.'],
  ['Ada', 'Looking now.'],
  ['Ada', 'Step two is much calmer than before. One thing: on my phone the button sits under the keyboard.'],
  ['Mira', 'Good catch, I will pin it to the visible part.'],
  ['林小雨', '刚看完，中文标题换行也好看多了 👍'],
  ['Jonas', 'Back above ground. Did anything get lost?'],
  ['Ada', 'Not a word.'],
]

const SIZES = [
  [360, 740],
  [768, 900],
  [1280, 800],
] as const

const BEATS = 14

mkdirSync(folder, { recursive: true })
const [browser, playground] = await Promise.all([launchChromium(), startPlayground()])

const people = new Map<string, Page>()
const pageOf = async (name: string): Promise<Page> => {
  const known = people.get(name)
  if (known) return known
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } })
  const page = await openPerson(await context.newPage(), playground.url({ name, room: ROOM }))
  people.set(name, page)
  return page
}
const say = async (name: string, room: string, body: string): Promise<void> => {
  const page = await pageOf(name)
  await page.evaluate(([where, text]) => window.__playground!.session.sendMessage({ room: where, body: text }).settled, [room, body] as const)
}
const beats = (page: Page, count: number) =>
  page.waitForFunction(
    (least) => [...document.querySelectorAll('.pg-line-path')].flatMap((path) => path.getAttribute('d')!.split('L')).length >= least,
    count,
    { timeout: 90_000 },
  )

// The one whose screen it is comes first, so that there is a pulse to show.
const ada = await pageOf('Ada')
for (const [who, text] of SCRIPT) await say(who, ROOM, text)
await say('Jonas', 'general', 'Lunch at the canal?')
await beats(ada, BEATS / 2)
await ada.getByTestId('fault-cut').click()
await beats(ada, BEATS)
await ada.mouse.move(600, 400)

const mira = await pageOf('Mira')
for (const [width, height] of SIZES) {
  await ada.setViewportSize({ width, height })
  const toggle = ada.getByTestId('drawer-toggle')
  if (((await toggle.getAttribute('aria-expanded')) === 'true') !== width >= 1152) await toggle.click()
  await ada.evaluate(() => {
    const { activeElement } = document
    if (activeElement instanceof HTMLElement) activeElement.blur()
  })
  for (const colorScheme of ['light', 'dark'] as const) {
    await ada.emulateMedia({ colorScheme })
    await mira.evaluate((room) => {
      window.__playground!.session.setTyping(room, true)
    }, ROOM)
    await ada.getByText(/Mira.? is typing/).first().waitFor()
    await ada.screenshot({ path: `${folder}playground-${String(width)}-${colorScheme}.png` })
    await mira.evaluate((room) => {
      window.__playground!.session.setTyping(room, false)
    }, ROOM)
  }
}

await browser.close()
await playground.close()
