import { describe, expect, it } from 'vitest'
import { axeFindings } from './support/axe.ts'
import { inBrowser } from './support/in-browser.ts'
import { openPerson, startPlayground } from './support/playground.ts'

const here = inBrowser(startPlayground)

const sizes = [
  [360, 740],
  [768, 1024],
  [1280, 800],
] as const

describe.each(['light', 'dark'] as const)('the playground in %s', (colorScheme) => {
  it.each(sizes)('[BR7] fits %i px without sideways scrolling and has nothing that axe finds', async (width, height) => {
    const context = await here.browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' })
    const page = await context.newPage()
    const check = async (what: string): Promise<void> => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), what).toBeLessThanOrEqual(0)
      expect(await axeFindings(page), what).toEqual([])
    }
    await page.goto(here.site.origin)
    await page.getByRole('textbox').waitFor()
    await check('sign-in')
    await openPerson(page, here.site.url({ name: `Zoë ${String(width)} ${colorScheme}`, room: `quiet-${String(width)}-${colorScheme}` }))
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
