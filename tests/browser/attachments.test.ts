import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { spawnServer, type SpawnedServer } from '../integration/server/support/spawn-server.ts'
import { inBrowser } from './support/in-browser.ts'
import { openPerson, startPlayground } from './support/playground.ts'

const here = inBrowser(startPlayground)
let server: SpawnedServer
afterEach(() => server.dispose())

const person = async (name: string): Promise<Page> => {
  const context = await here.browser.newContext()
  const page = await openPerson(await context.newPage(), here.site.url({ name, room: 'general', server: server.wsUrl }))
  await page.locator('input[type=file]').waitFor({ state: 'attached' })
  return page
}
const twoPeople = async (): Promise<readonly [Page, Page]> => {
  server = await spawnServer({ args: ['--origin', here.site.origin] })
  return Promise.all([person('Ada'), person('Ben')])
}

/** Pictures that a real encoder made, put on the page by a person's hand. */
const give = (page: Page, how: 'drop' | 'paste', pictures: readonly { name: string; type: string; width: number; height: number }[]): Promise<void> =>
  page.evaluate(
    async ([way, wanted]) => {
      const data = new DataTransfer()
      for (const { name, type, width, height } of wanted) {
        const canvas = Object.assign(document.createElement('canvas'), { width, height })
        const brush = canvas.getContext('2d')!
        brush.fillStyle = 'teal'
        brush.fillRect(0, 0, width / 2, height)
        const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!), type))
        data.items.add(new File([blob], name, { type }))
      }
      if (way === 'paste') {
        document.querySelector('textarea')!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
        return
      }
      const room = document.querySelector('.chat-room')!
      for (const type of ['dragenter', 'dragover', 'drop']) room.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
    },
    [how, pictures] as const,
  )

const pictures = (page: Page) => page.getByRole('article').locator('.chat-picture img')

describe('files between two people', () => {
  it('[ATT50] pictures that are dropped and pasted show their progress, then on both sides, in places that were kept for them', async () => {
    const [ada, ben] = await twoPeople()
    let go = (): void => {}
    const held = new Promise<void>((resolve) => (go = resolve))
    await ada.route('**/files?name=*', async (route) => {
      await held
      await route.continue()
    })
    await give(ada, 'drop', [
      { name: 'wide.webp', type: 'image/webp', width: 600, height: 200 },
      { name: 'photo.jpeg', type: 'image/jpeg', width: 300, height: 400 },
    ])
    await give(ada, 'paste', [{ name: 'shot.png', type: 'image/png', width: 64, height: 64 }])
    const tray = ada.getByRole('list', { name: 'Files for the message' })
    await expect.poll(() => tray.getByRole('listitem').count()).toBe(3)
    await expect.poll(() => tray.getByRole('progressbar').count()).toBe(3)

    // Sent before they are there: the row shows them from this page.
    await ada.getByRole('textbox').fill('three of them')
    await ada.getByRole('textbox').press('Enter')
    await expect.poll(() => pictures(ada).count()).toBe(3)
    expect(await tray.count()).toBe(0)
    const before = await pictures(ada).evaluateAll((all) => all.map((image) => (image as HTMLImageElement).src.slice(0, 5)))
    expect(before).toEqual(['blob:', 'blob:', 'blob:'])
    await pictures(ada).evaluateAll((all) => {
      ;(window as { __images?: Element[] }).__images = all
    })
    expect(await pictures(ben).count()).toBe(0)
    go()

    await expect.poll(() => pictures(ben).count()).toBe(3)
    await expect.poll(() => pictures(ben).evaluateAll((all) => all.map((image) => [(image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight]))).toEqual([[600, 200], [300, 400], [64, 64]])
    const told = await ben.evaluate(() => {
      const seen = window.__playground!.session
      return new Promise<unknown>((resolve) => {
        void seen.loadHistory('general', {}).then((page) => resolve(page.ok && page.value.messages[0]!.attachments!.map(({ type, width, height }) => [type, width, height])))
      })
    })
    expect(told).toEqual([['image/webp', 600, 200], ['image/jpeg', 300, 400], ['image/png', 64, 64]])

    // The same elements as before, now with what the server has.
    await expect.poll(() => pictures(ada).evaluateAll((all, origin) => all.map((image) => (image as HTMLImageElement).src.startsWith(origin)), `${server.httpUrl}/files/`)).toEqual([true, true, true])
    expect(await pictures(ada).evaluateAll((all) => all.every((image, index) => image === (window as { __images?: Element[] }).__images![index]))).toBe(true)

    // By keyboard: into the message, its first picture, the next one, and back.
    await ben.getByRole('article').last().focus()
    await ben.keyboard.press('Tab')
    await expect.poll(() => ben.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Open wide.webp')
    await ben.keyboard.press('Enter')
    const viewer = ben.getByRole('dialog')
    await viewer.getByRole('img', { name: 'wide.webp' }).waitFor()
    await ben.keyboard.press('ArrowRight')
    await viewer.getByRole('img', { name: 'photo.jpeg' }).waitFor()
    expect(await viewer.getByRole('status').innerText()).toBe('2 of 3')
    await ben.keyboard.press('Escape')
    await viewer.waitFor({ state: 'detached' })
    expect(await ben.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Open wide.webp')
  })

  it('[ATT51] the server dies in the middle of an upload: the message waits, says so, and arrives whole when it is back', async () => {
    const [ada, ben] = await twoPeople()
    const network = await ada.context().newCDPSession(ada)
    const throttle = (uploadThroughput: number): Promise<unknown> => network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput })
    await network.send('Network.enable')
    await throttle(300_000)
    const buffer = Buffer.alloc(4_000_000, 'whole ')
    await ada.setInputFiles('input[type=file]', { name: 'log of the trip.txt', mimeType: 'text/plain', buffer })
    await ada.getByRole('textbox').fill('the log')
    await ada.getByRole('textbox').press('Enter')
    const card = ada.getByRole('article').locator('.chat-file')
    await expect.poll(async () => Number(await card.getByRole('progressbar').getAttribute('value')), { timeout: 15_000 }).toBeGreaterThan(0)
    await server.kill()
    await card.getByText('Waiting…').waitFor()
    await throttle(-1)
    await server.restart()
    const link = ben.getByRole('link', { name: /^Download log of the trip\.txt/ })
    await link.waitFor({ timeout: 30_000 })
    const bytes = await (await fetch((await link.getAttribute('href'))!)).arrayBuffer()
    expect(Buffer.from(bytes).equals(buffer)).toBe(true)
    await ada.getByRole('link', { name: /^Download log of the trip\.txt/ }).waitFor()
    expect(await ada.getByRole('article').count()).toBe(1)
  })

  it('[ATT53] a picture that is sent while the server is away survives a reload: it is in its row, goes out once, and is whole', async () => {
    const [ada, ben] = await twoPeople()
    await server.kill()
    await ada.waitForFunction(() => window.__playground!.session.snapshot().state !== 'connected')
    await give(ada, 'drop', [{ name: 'trip.png', type: 'image/png', width: 320, height: 160 }])
    await ada.getByRole('textbox').fill('from the train')
    await ada.getByRole('textbox').press('Enter')
    await expect.poll(() => pictures(ada).count()).toBe(1)
    // On the disk, so that the browser need not ask.
    await expect
      .poll(() =>
        ada.evaluate(() => {
          const leaving = new Event('beforeunload', { cancelable: true })
          dispatchEvent(leaving)
          return leaving.defaultPrevented
        }),
      )
      .toBe(false)
    await ada.reload()
    const row = ada.getByRole('article').filter({ hasText: 'from the train' })
    await row.waitFor()
    await expect.poll(() => pictures(ada).evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth))).toEqual([320])
    expect(await row.getAttribute('data-status')).toBe('sending')

    await server.restart()
    for (const page of [ada, ben]) await page.evaluate(() => window.__playground!.session.reconnect())
    await expect.poll(() => pictures(ben).evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth)), { timeout: 30_000 }).toEqual([320])
    await row.and(ada.locator('[data-status=delivered], [data-status=read]')).waitFor({ timeout: 30_000 })
    await ada.reload()
    await expect.poll(() => pictures(ada).count()).toBe(1)
    expect(await ada.getByRole('article').count()).toBe(1)
    expect(await ben.getByRole('article').count()).toBe(1)
  })
})
