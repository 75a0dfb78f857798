import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './support/launch.ts'
import { openPerson, startPlayground, type Playground } from './support/playground.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let playground: Playground

beforeAll(async () => {
  ;[browser, playground] = await Promise.all([launchChromium(), startPlayground()])
})
afterAll(async () => {
  await browser.close()
  await playground.close()
})

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource)
  const found = await page.evaluate(
    () => (window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run().then((r) => r.violations),
  )
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]!.html} ${nodes[0]!.failureSummary ?? ''}`)
}

const sizes = [
  [360, 740],
  [768, 1024],
  [1280, 800],
] as const

describe.each(['light', 'dark'] as const)('the playground in %s', (colorScheme) => {
  it.each(sizes)('[BR7] fits %i px without sideways scrolling and has nothing that axe finds', async (width, height) => {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' })
    const page = await context.newPage()
    const check = async (what: string): Promise<void> => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), what).toBeLessThanOrEqual(0)
      expect(await violations(page), what).toEqual([])
    }
    await page.goto(playground.origin)
    await page.getByRole('textbox').waitFor()
    await check('sign-in')
    await openPerson(page, playground.url({ name: `Zoë ${String(width)} ${colorScheme}`, room: `quiet-${String(width)}-${colorScheme}` }))
    await page.getByRole('link', { name: 'Open a second tab' }).waitFor()
    await check('a quiet room')
    await page.getByRole('textbox').fill(`${'word'.repeat(400)}\nhttps://example.org/a/b?c=d`)
    await page.getByRole('textbox').press('Enter')
    await page.locator('article[data-status=sent]').first().waitFor()
    await check('a conversation')
    const toggle = page.getByTestId('drawer-toggle')
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
    await page.getByTestId('disconnect').click()
    await page.getByTestId('connect').waitFor()
    await check('the drawer of a closed conversation')
    await context.close()
  })
})
