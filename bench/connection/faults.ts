/** The three ways a link lies: a half-open socket, the same one found on waking, an upgrade without an answer. */
import type { Page } from 'playwright-core'
import type { Bench } from './browser.ts'
import { createProxy, type Proxy } from './proxy.ts'
import { LINK_SUBJECTS, type LinkSubject, type ServerName } from './subjects.ts'

export interface FaultRow {
  readonly subject: string
  readonly heartbeat: string
  readonly heartbeatMs: number | undefined
  /** Seconds until it reacted, one per trial; absent where it had not by the cap. */
  readonly seconds: readonly (number | undefined)[]
  /** Times that it gave up a link before anything was wrong with it. */
  readonly falseAlarms: number
}

/** Nobody waits longer than this. */
export const CAP_S = 75

const TRIALS = 5
// No multiple of any interval, so that the trials meet different moments of every heartbeat.
const PHASE_MS = 4_700
const SETTLE_MS = 1_500

export type Ports = Readonly<Record<ServerName, number>>

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const until = async <T>(ask: () => T | undefined, deadline: number): Promise<T | undefined> => {
  for (;;) {
    const answer = ask()
    if (answer !== undefined || performance.now() > deadline) return answer
    await sleep(20)
  }
}

const connect = (page: Page, proxy: Proxy): Promise<void> =>
  page.evaluate((url) => {
    benchPage.subject.connect(url)
  }, proxy.url)

const secondsFrom = (start: number, end: number | undefined): number | undefined =>
  end === undefined || end - start > CAP_S * 1_000 ? undefined : (end - start) / 1_000

const deadlineFrom = (start: number): number => start + CAP_S * 1_000

interface Trial {
  readonly seconds: number | undefined
  readonly falseAlarms: number
}

type Run = (subject: LinkSubject, page: Page, proxies: readonly Proxy[]) => Promise<readonly Trial[]>

interface Fault {
  readonly isHolding: boolean
  readonly run: Run
}

interface Stage {
  run(): Promise<FaultRow>
  close(): Promise<void>
}

/** A page per subject, and a wire per client, so that one client's fault is nobody else's. */
const prepare = async ({ isHolding, run }: Fault, subject: LinkSubject, bench: Bench, ports: Ports): Promise<Stage> => {
  const targetPort = ports[subject.server]
  const proxies = await Promise.all(Array.from({ length: TRIALS }, () => createProxy({ targetPort, isHolding })))
  const page = await bench.open(subject.page)
  return {
    async run() {
      const trials = await run(subject, page, proxies)
      return {
        subject: subject.name,
        heartbeat: subject.heartbeat,
        heartbeatMs: subject.heartbeatMs,
        seconds: trials.map(({ seconds }) => seconds),
        falseAlarms: trials.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0),
      }
    },
    async close() {
      await page.context().close()
      await Promise.all(proxies.map((proxy) => proxy.close()))
    },
  }
}

/** Waits until the client has had its link for a while. */
const settled = async (name: string, proxy: Proxy): Promise<void> => {
  const openAt = await until(() => proxy.lines[0]?.openAt, performance.now() + 10_000)
  if (openAt === undefined) throw new Error(`${name} did not connect at all.`)
  await sleep(SETTLE_MS)
}

/** From the moment that the link goes mute to the next handshake that is done. */
const halfOpen: Run = (subject, page, proxies) =>
  Promise.all(
    proxies.map(async (proxy, index) => {
      await connect(page, proxy)
      await settled(subject.name, proxy)
      await sleep(index * PHASE_MS)
      const before = proxy.lines.length
      const mutedAt = performance.now()
      proxy.mute()
      const openAt = await until(() => proxy.lines.slice(before).find((line) => line.openAt)?.openAt, deadlineFrom(mutedAt))
      return { seconds: secondsFrom(mutedAt, openAt), falseAlarms: before - 1 }
    }),
  )

const show = (visibilityState: 'hidden' | 'visible'): void => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibilityState })
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => visibilityState === 'hidden' })
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

/** From the moment that the page is shown again, its socket OPEN and dead, to the next handshake that is asked for. */
const wake: Run = async (subject, page, proxies) => {
  for (const proxy of proxies) {
    await connect(page, proxy)
    await settled(subject.name, proxy)
  }
  await page.evaluate(show, 'hidden' as const)
  await sleep(SETTLE_MS)
  const before = proxies.map((proxy) => proxy.lines.length)
  for (const proxy of proxies) proxy.mute()
  const shownAt = performance.now()
  await page.evaluate(show, 'visible' as const)
  return Promise.all(
    proxies.map(async (proxy, index) => {
      const isNew = () => proxy.lines.slice(before[index]).find((line) => line.upgradeAt)?.upgradeAt
      const upgradeAt = await until(isNew, deadlineFrom(shownAt))
      return { seconds: secondsFrom(shownAt, upgradeAt), falseAlarms: before[index]! - 1 }
    }),
  )
}

/** From the call that starts the client, whose handshake nobody answers, to the request for a second one. */
const upgrade: Run = (subject, page, proxies) =>
  Promise.all(
    proxies.map(async (proxy) => {
      const startedAt = performance.now()
      await connect(page, proxy)
      const upgrades = () => proxy.lines.flatMap(({ upgradeAt }) => upgradeAt ?? [])
      const first = await until(() => upgrades()[0], startedAt + 10_000)
      if (first === undefined) throw new Error(`${subject.name} did not try at all.`)
      const second = await until(() => upgrades()[1], deadlineFrom(startedAt))
      return { seconds: secondsFrom(startedAt, second), falseAlarms: 0 }
    }),
  )

const FAULTS = {
  'half-open': { isHolding: false, run: halfOpen },
  wake: { isHolding: false, run: wake },
  upgrade: { isHolding: true, run: upgrade },
} as const satisfies Record<string, Fault>

/** All subjects of all faults at once, for they only wait; not before every page is there and has come to rest. */
export const runFaults = async (
  names: readonly (keyof typeof FAULTS)[],
  bench: Bench,
  ports: Ports,
): Promise<readonly (readonly FaultRow[])[]> => {
  const stages: Stage[][] = []
  for (const name of names) {
    const row: Stage[] = []
    for (const subject of LINK_SUBJECTS) row.push(await prepare(FAULTS[name], subject, bench, ports))
    stages.push(row)
  }
  await sleep(SETTLE_MS)
  try {
    return await Promise.all(stages.map((row) => Promise.all(row.map((stage) => stage.run()))))
  } finally {
    for (const stage of stages.flat()) await stage.close()
  }
}
