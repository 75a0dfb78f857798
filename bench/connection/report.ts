/** The tables of docs/bench-connection.md. */
import { table, type Cell } from '../shared/table.ts'
import { CAP_S, type FaultRow } from './faults.ts'
import type { FrameRow } from './frame-time.ts'
import type { HerdRow } from './herd/run.ts'
import type { IdenticalRow } from './identical.ts'
import type { Results } from './results.ts'
import type { SizeRow } from './size.ts'
import { median } from './statistics.ts'

const whole = (value: number): string => Math.round(value).toLocaleString('en-US')

const seconds = (value: number | undefined): string =>
  value === undefined ? `> ${String(CAP_S)}` : value.toFixed(value < 10 ? 2 : 1)

const orNever = (row: FaultRow): readonly number[] => row.seconds.map((value) => value ?? Infinity)

const spread = (row: FaultRow): readonly string[] =>
  [Math.min(...orNever(row)), median(orNever(row)), Math.max(...orNever(row))].map((value) =>
    seconds(Number.isFinite(value) ? value : undefined),
  )

const bound = (row: FaultRow): string => (row.heartbeatMs === undefined ? '–' : `≤ ${String(row.heartbeatMs / 1_000 + 1)}`)

const faultTable = (rows: readonly FaultRow[]): string =>
  table(['', 'best', 'median', 'worst, s'], rows.map((row) => [row.subject, ...spread(row)]))

const halfOpenTable = (rows: readonly FaultRow[]): string => {
  const text = table(
    ['', 'heartbeat', 'best', 'median', 'worst, s', 'timeout + 1 s'],
    rows.map((row) => [row.subject, row.heartbeat, ...spread(row), bound(row)]),
  )
  const nervous = rows.filter((row) => row.falseAlarms > 0)
  const alarms = nervous.map((row) => `${row.subject} gave up ${String(row.falseAlarms)} link(s) before anything was wrong with them.`)
  return [text, ...alarms].join('\n\n')
}

const inSeconds = (ms: number): string => (ms / 1_000).toFixed(2)

/** Who does not look at the close code does the same after each; one row tells it. */
const merged = (rows: readonly HerdRow[]): readonly HerdRow[] => {
  const bySame = new Map<string, HerdRow>()
  for (const row of rows) {
    const same = JSON.stringify({ ...row, loss: '' })
    const other = bySame.get(same)
    bySame.set(same, other ? { ...other, loss: `${other.loss}; or ${row.loss}` } : row)
  }
  return [...bySame.values()]
}

const herdTable = (rows: readonly HerdRow[]): string => {
  const name = (subject: string): string => (subject === 'vue-chat-socket' ? `**${subject}**` : `\`${subject}\``)
  const outages = rows[0]?.outages.map(({ downMs }) => downMs / 1_000) ?? []
  return table(
    [
      '', 'the loss', 'peak tries/s', 'first wait p50, s', 'p99, s',
      ...outages.flatMap((away) => [`away ${String(away)} s: peak/s`, 'tries each', 'back p99, s']),
    ],
    merged(rows).map((row) => [
      name(row.subject), row.loss, whole(row.peakPerSecond), inSeconds(row.firstWaitP50), inSeconds(row.firstWaitP99),
      ...row.outages.flatMap((outage) => [
        whole(outage.peakPerSecond), outage.triesPerClient.toFixed(1), inSeconds(outage.backP99),
      ]),
    ]),
  )
}

const identicalTable = (rows: readonly IdenticalRow[]): string =>
  table(
    ['', 'consumer', 'reached it'],
    rows.map(({ subject, way, sent, delivered }) => [
      subject, way.startsWith('`') ? way : `\`${way}\``, `${String(delivered)} of ${String(sent)}`,
    ]),
  )

const frameTable = (rows: readonly FrameRow[]): string =>
  table(
    ['', 'work', 'µs per frame', 'rounds from – to', 'ratio', 'with the browser, ratio'],
    rows.map((row) => [
      row.subject, row.what, row.handlerUs.toFixed(1), `${row.fastestUs.toFixed(1)} – ${row.slowestUs.toFixed(1)}`,
      row.handlerRatio.toFixed(2), row.wallRatio.toFixed(2),
    ]),
  )

const sizeTable = (rows: readonly SizeRow[]): string =>
  table(
    ['', 'import', 'minified', 'gzip, bytes'],
    rows.map(({ subject, what, minified, gzip }) => [
      subject === 'vue-chat-socket' ? `**${subject}**` : `\`${subject}\``, what, whole(minified), whole(gzip),
    ]),
  )

const verdict = (isMet: boolean): string => (isMet ? 'yes' : '**no**')

/** The figures that the project has set itself, against this run. */
const promises = (results: Results): string | undefined => {
  const rows: Cell[][] = []
  const worst = (row: FaultRow): number => Math.max(...orNever(row))
  const fault = (what: string, list: readonly FaultRow[] | undefined, limitOf: (row: FaultRow) => number): void => {
    for (const row of list?.filter(({ heartbeatMs }) => heartbeatMs !== undefined) ?? []) {
      rows.push([`${what}: ${row.subject}`, `≤ ${String(limitOf(row))} s`, `${seconds(worst(row))} s`, verdict(worst(row) <= limitOf(row))])
    }
  }
  fault('half-open to open', results['half-open'], (row) => row.heartbeatMs! / 1_000 + 1)
  fault('wake', results.wake, () => 3)
  fault('upgrade without an answer', results.upgrade, () => 10)
  for (const row of results.herd?.filter(({ subject }) => subject === 'vue-chat-socket') ?? []) {
    const { worstPeakPerSecond: peak, firstWaitP50: p50 } = row
    rows.push([`herd, ${row.loss}, over at once: peak`, '≤ 2,200 per s', `${whole(peak)} per s`, verdict(peak <= 2_200)])
    // A window that the server names replaces ours.
    if (!row.loss.includes('bye')) rows.push([`herd, ${row.loss}, over at once: first wait p50`, '≤ 2.5 s', `${(p50 / 1_000).toFixed(3)} s`, verdict(p50 <= 2_500)])
  }
  for (const { subject, way, sent, delivered } of results.identical ?? []) {
    if (!subject.includes('vue-chat-socket') || way.startsWith('watch')) continue
    rows.push([`identical frames: ${way.replaceAll('`', '')}`, `${String(sent)} of ${String(sent)}`, `${String(delivered)} of ${String(sent)}`, verdict(delivered === sent)])
  }
  for (const { what, gzip } of results.size ?? []) {
    const limit = what.includes('createConnection') ? 5_000 : what.includes('outbox and resume') ? 7_000 : undefined
    if (limit !== undefined) rows.push([`size: ${what}`, `≤ ${whole(limit)} bytes`, `${whole(gzip)} bytes`, verdict(gzip <= limit)])
  }
  return rows.length === 0 ? undefined : table(['promise', 'bound', 'this run', 'met'], rows)
}

/** @returns markdown; parts that were not run are left out */
export const report = (results: Results): string => {
  const { environment } = results
  const peers = Object.entries(environment.peers).map(([name, version]) => `${name} ${version}`)
  const where = [
    ...(environment.chromium === undefined ? [] : [`Chromium ${environment.chromium}`]),
    `Node ${environment.node}`, `${String(environment.cores)} cores`, environment.system,
  ]
  const sections: readonly (readonly [title: string, text: string | undefined])[] = [
    ['Half-open link to a new open socket', results['half-open'] && halfOpenTable(results['half-open'])],
    ['Wake with a dead socket that says OPEN', results.wake && faultTable(results.wake)],
    ['An upgrade that nobody answers', results.upgrade && faultTable(results.upgrade)],
    ['A herd of 10,000', results.herd && herdTable(results.herd)],
    ['200 identical frames', results.identical && identicalTable(results.identical)],
    ['Time per frame', results['frame-time'] && frameTable(results['frame-time'])],
    ['Size', results.size && sizeTable(results.size)],
    ['Promises', promises(results)],
  ]
  return [
    `${where.join(', ')}; ${peers.join(', ')}.`,
    ...sections.flatMap(([title, text]) => (text === undefined ? [] : [`### ${title}`, text])),
  ].join('\n\n')
}
