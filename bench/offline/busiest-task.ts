/** The longest piece of work of a page in its own time: what else the machine does meanwhile is not in it. */
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

/** @returns what `work` resolves with, and the milliseconds of processor time of the longest task of a page meanwhile */
export const withBusiestTask = async <T>(browser: Browser, page: Page, work: () => Promise<T>): Promise<{ readonly result: T; readonly busiestMs: number }> => {
  await browser.startTracing(page, { categories: ['-*', 'toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] })
  const result = await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] }
  const idOf = ({ pid, tid }: TraceEvent): string => `${String(pid)}/${String(tid)}`
  const mains = new Set(traceEvents.flatMap((event) => (event.name === 'thread_name' && event.args?.name === 'CrRendererMain' ? idOf(event) : [])))
  const times = traceEvents.flatMap((event) => (event.ph === 'X' && event.name.endsWith('RunTask') && mains.has(idOf(event)) ? (event.tdur ?? 0) : []))
  if (times.length === 0) throw new Error('The trace holds no task of the page; has Chromium changed their name?')
  return { result, busiestMs: Math.max(...times) / 1_000 }
}
