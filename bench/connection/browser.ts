/** Real Chromium, and the pages that it is shown. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../../tests/browser/support/launch.ts'
import { bundlePage } from './build.ts'

export interface Bench {
  readonly version: string
  /** A page in a context of its own. @param page name of a file in `pages`, with what follows `#` */
  open(page: string, init?: () => void): Promise<Page>
  close(): Promise<void>
}

// Isolation gives `performance.now()` its full resolution.
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

/**
 * @param library folder of the built library
 * @param pages folder of the pages, below the bench's own
 */
export const startBench = async (library: string, pages?: string): Promise<Bench> => {
  const scripts = new Map<string, Promise<string>>()
  const scriptOf = (name: string): Promise<string> => {
    const known = scripts.get(name) ?? bundlePage(name, library, pages)
    scripts.set(name, known)
    return known
  }

  const server = createServer((request, response) => {
    const [, folder, name = ''] = (request.url ?? '').split('/')
    if (folder === 'page') {
      response.writeHead(200, HEADERS).end(`<!doctype html><title>${name}</title><body><script src="/script/${name}"></script>`)
      return
    }
    if (folder !== 'script') {
      response.writeHead(404).end()
      return
    }
    scriptOf(name).then(
      (text) => response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const browser: Browser = await launchChromium()

  return {
    version: browser.version(),
    async open(page, init) {
      const name = page.split('#')[0]!
      // Shows a mistake of the bundle here, and not as a page that does nothing.
      await scriptOf(name)
      const context = await browser.newContext()
      const opened = await context.newPage()
      opened.on('pageerror', (error) => {
        process.stderr.write(`${page}: ${error.message}\n`)
      })
      if (init) await opened.addInitScript(init)
      await opened.goto(`http://127.0.0.1:${String(port)}/page/${page}`)
      return opened
    },
    async close() {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
