/** What a page works in its own time: what else the machine does meanwhile is not in it. */
import type { Browser, Page } from 'playwright-core'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Processor time in microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

export interface Watched<T> {
  readonly result: T
  /** Processor time of the page's longest task meanwhile, and of all of them, milliseconds. */
  readonly busiestMs: number
  readonly totalMs: number
}

export const watchTasks = async <T>(browser: Browser, page: Page, work: () => Promise<T>): Promise<Watched<T>> => {
  await browser.startTracing(page, { categories: ['-*', 'toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] })
  const result = await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] }
  const idOf = ({ pid, tid }: TraceEvent): string => `${String(pid)}/${String(tid)}`
  const mains = new Set(traceEvents.flatMap((event) => (event.name === 'thread_name' && event.args?.name === 'CrRendererMain' ? idOf(event) : [])))
  const times = traceEvents.flatMap((event) => (event.ph === 'X' && event.name.endsWith('RunTask') && mains.has(idOf(event)) ? (event.tdur ?? 0) : []))
  if (times.length === 0) throw new Error('The trace holds no task of the page; has Chromium changed their name?')
  return { result, busiestMs: Math.max(...times) / 1_000, totalMs: times.reduce((sum, time) => sum + time, 0) / 1_000 }
}
