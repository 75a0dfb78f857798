import type { Browser, LaunchOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { launchChromium } from './launch.ts'

export interface InBrowserOptions {
  /** What a test opened stays open for the next one. @default false */
  readonly keepPages?: boolean
  readonly launch?: LaunchOptions
}

export interface InBrowser<Site> {
  readonly browser: Browser
  readonly site: Site
}

/** A browser and the site of its pages, for all tests of a file; neither is there before the tests run. */
export const inBrowser = <Site extends { close(): Promise<void> }>(
  start: () => Promise<Site>,
  { keepPages = false, launch = {} }: InBrowserOptions = {},
): InBrowser<Site> => {
  const here: { browser?: Browser; site?: Site } = {}
  beforeAll(async () => {
    await Promise.all([start().then((site) => (here.site = site)), launchChromium(launch).then((browser) => (here.browser = browser))])
  })
  afterAll(async () => {
    await here.browser?.close()
    await here.site?.close()
  })
  afterEach(async () => {
    if (!keepPages) await Promise.all(here.browser!.contexts().map((context) => context.close()))
  })
  return here as InBrowser<Site>
}
