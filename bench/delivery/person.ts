/** One of the two who talk: a page in Chromium, the wire under it, and what its screens have shown. */
import type { Page } from 'playwright-core'
import { createFaultyWire, type FaultyWire } from '../../tests/chaos/support/proxy.ts'
import type { Bench } from '../connection/browser.ts'
import type { PageConfig } from './pages/contract.ts'
import type { Seen } from './seen.ts'
import type { DeliverySubject } from './subjects.ts'

/** The way of every byte, so that something is always under way when a fault comes. */
export const DELAY_MS = 40

export interface Person {
  readonly name: string
  readonly wire: FaultyWire
  /** Says this many more things at once; waits for a page that is being loaded. */
  say(count: number): Promise<void>
  reload(): Promise<void>
  isCalm(): Promise<boolean>
  /** Everything that was said, in order. */
  readonly said: readonly string[]
  /** When each of these was said, by `performance.now()`. */
  readonly saidAt: ReadonlyMap<string, number>
  /** How many had been said at each reload of the page. */
  readonly reloadedAfter: readonly number[]
  /** What each page has shown, the present one included. */
  seen(): Promise<readonly Seen[]>
  /** What the library told us it could not deliver. */
  refused(): Promise<readonly string[]>
  close(): Promise<void>
}

export const openPerson = async (name: string, bench: Bench, subject: DeliverySubject, port: number): Promise<Person> => {
  const wire = await createFaultyWire(port)
  wire.set({ delayMs: DELAY_MS })
  const config: PageConfig = { url: wire.url, ...(await subject.configure?.(`http://127.0.0.1:${String(port)}`, name)) }
  const page: Page = await bench.open(`${subject.page}#${encodeURIComponent(JSON.stringify(config))}`)
  const said: string[] = []
  const saidAt = new Map<string, number>()
  const before: Seen[] = []
  const reloadedAfter: number[] = []
  const refusedBefore: string[] = []
  let turn: Promise<unknown> = Promise.resolve()

  /** Nobody says anything on a page that is being loaded. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }
  const present = (): Promise<Seen> => page.evaluate(() => deliveryPage.seen())
  const presentRefused = (): Promise<readonly string[]> => page.evaluate(() => deliveryPage.refused())

  return {
    name,
    wire,
    said,
    saidAt,
    reloadedAfter,
    say: (count) =>
      inTurn(async () => {
        const bodies = Array.from({ length: count }, (_, index) => `${name} ${String(said.length + index + 1)}`)
        said.push(...bodies)
        for (const body of bodies) saidAt.set(body, performance.now())
        await page.evaluate((all) => {
          for (const body of all) deliveryPage.say(body)
        }, bodies)
      }),
    reload: () =>
      inTurn(async () => {
        before.push(await present())
        reloadedAfter.push(said.length)
        refusedBefore.push(...(await presentRefused()))
        await page.reload()
      }),
    isCalm: () => inTurn(() => page.evaluate(() => deliveryPage.isCalm())),
    seen: async () => [...before, await present()],
    refused: async () => [...refusedBefore, ...(await presentRefused())],
    async close() {
      await page.context().close()
      await wire.close()
    },
  }
}
