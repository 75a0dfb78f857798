/** 10,000 clients whose server restarts: how hard they come back, and how long each waits. */
import { Worker } from 'node:worker_threads'
import { median, peakWithin, quantile } from '../statistics.ts'
import type { PopulationName } from './populations.ts'
import type { HerdInput, HerdOutput } from './worker.ts'

export interface Outage {
  readonly downMs: number
  readonly triesPerClient: number
  /** Most tries within any second, those that failed included. */
  readonly peakPerSecond: number
  /** From the server's return to the last but one percent of the clients, in milliseconds. */
  readonly backP99: number
}

export interface HerdRow {
  readonly subject: string
  readonly loss: string
  /** Most tries within any second, the server being back at once. Median of the seeds, and the worst. */
  readonly peakPerSecond: number
  readonly worstPeakPerSecond: number
  /** From the loss to a client's first try, in milliseconds, over all seeds. */
  readonly firstWaitP50: number
  readonly firstWaitP99: number
  readonly outages: readonly Outage[]
}

const CLIENTS = 10_000
const OUTAGES_MS = [3_000, 60_000]
/** Every client has come back by then, whatever its policy. */
const WATCH_MS = 35_000
const THREADS = 2

const BYE = JSON.stringify({ type: 'bye', code: 4001, reason: 'the server shuts down', afterMs: [0, 10_000] })

interface Case {
  readonly subject: string
  readonly population: PopulationName
  readonly seeds: readonly number[]
  readonly loss: string
  readonly closeCode: number
  readonly farewell?: string
}

const ours = { subject: 'vue-chat-socket', population: 'ours', seeds: [1, 2, 3, 4, 5] } as const

const peer = (name: Exclude<PopulationName, 'ours'>): readonly Case[] => {
  const base = { subject: name, population: name, seeds: [1, 2] }
  return [
    { ...base, loss: 'restart, close 1012', closeCode: 1012 },
    { ...base, loss: 'killed, 1006', closeCode: 1006 },
  ]
}

const CASES: readonly Case[] = [
  { ...ours, loss: 'restart, close 1012', closeCode: 1012 },
  { ...ours, loss: 'killed, 1006', closeCode: 1006 },
  { ...ours, loss: '`bye` with 0–10 s, close 4001', closeCode: 4001, farewell: BYE },
  ...peer('useWebSocket'),
  ...peer('reconnecting-websocket'),
  ...peer('partysocket'),
  ...peer('socket.io-client'),
]

const simulate = (input: HerdInput): Promise<HerdOutput> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: input })
    worker.on('message', resolve)
    worker.on('error', reject)
    worker.on('exit', () => {
      reject(new Error(`The herd of ${input.population} ended without a word.`))
    })
  })

const timesOf = ({ attempts }: HerdOutput): readonly number[] => attempts.map(({ at }) => at)

const firstWaits = ({ attempts }: HerdOutput): readonly number[] => {
  const first = new Map<number, number>()
  for (const { client, at } of attempts) if (!first.has(client)) first.set(client, at)
  return [...first.values()]
}

const afterOutage = (output: HerdOutput, downMs: number): Outage => {
  const back = new Map<number, number>()
  for (const { client, at } of output.attempts) if (at >= downMs && !back.has(client)) back.set(client, at - downMs)
  return {
    downMs,
    triesPerClient: output.attempts.length / CLIENTS,
    peakPerSecond: peakWithin(timesOf(output), 1_000),
    backP99: quantile([...back.values()], 0.99),
  }
}

const runCase = async ({ subject, population, seeds, loss, closeCode, farewell }: Case, library: string): Promise<HerdRow> => {
  const base = { population, count: CLIENTS, closeCode, farewell, watchMs: WATCH_MS, library }
  const restarts: HerdOutput[] = []
  for (const seed of seeds) restarts.push(await simulate({ ...base, seed, downMs: 0 }))
  const silent = Math.max(...restarts.map((output) => output.silent))
  if (silent > 0) throw new Error(`${String(silent)} clients of ${subject} never came back after "${loss}".`)
  const outages: Outage[] = []
  for (const downMs of OUTAGES_MS) outages.push(afterOutage(await simulate({ ...base, seed: seeds[0]!, downMs }), downMs))
  const peaks = restarts.map((output) => peakWithin(timesOf(output), 1_000))
  const waits = restarts.flatMap(firstWaits)
  return {
    subject,
    loss,
    peakPerSecond: median(peaks),
    worstPeakPerSecond: Math.max(...peaks),
    firstWaitP50: quantile(waits, 0.5),
    firstWaitP99: quantile(waits, 0.99),
    outages,
  }
}

/** @param library folder of the built library */
export const runHerd = async (library: string): Promise<readonly HerdRow[]> => {
  const rows: HerdRow[] = []
  const todo = [...CASES.entries()]
  const work = async (): Promise<void> => {
    for (let next = todo.shift(); next; next = todo.shift()) rows[next[0]] = await runCase(next[1], library)
  }
  await Promise.all(Array.from({ length: THREADS }, work))
  return rows
}
