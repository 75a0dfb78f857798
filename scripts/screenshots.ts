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

mkdirSync(folder, { recursive: true })
const [browser, playground] = await Promise.all([launchChromium(), startPlayground()])

const open = async (name: string, options: Parameters<typeof browser.newContext>[0] = {}): Promise<Page> => {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options })
  return openPerson(await context.newPage(), playground.url({ name, room: ROOM }))
}

const others = new Map<string, Page>()
for (const [who, text] of SCRIPT) {
  const page = others.get(who) ?? (await open(who))
  others.set(who, page)
  await page.evaluate(
    ([room, body]) => window.__playground!.session.sendMessage({ room, body }).settled,
    [ROOM, text] as const,
  )
}

for (const [width, height] of SIZES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await open('Ada', { viewport: { width, height }, colorScheme, deviceScaleFactor: 1 })
    await page.getByText('Not a word.').waitFor()
    // Enough beats for a line.
    await page.waitForFunction(() => (document.querySelector('.pg-line-path')?.getAttribute('d') ?? 'LLL').split('L').length > 3)
    await others.get('Mira')!.evaluate((room) => {
      window.__playground!.session.setTyping(room, true)
    }, ROOM)
    await page.getByText(/Mira.? is typing/).first().waitFor()
    await page.screenshot({ path: `${folder}playground-${String(width)}-${colorScheme}.png` })
    await page.context().close()
    await others.get('Mira')!.evaluate((room) => {
      window.__playground!.session.setTyping(room, false)
    }, ROOM)
  }
}

await browser.close()
await playground.close()
