/** The tables of docs/guarantees.md. */
import { table, type Cell } from '../shared/table.ts'
import type { Results } from './results.ts'
import type { DeliveryRow, Way } from './run.ts'
import { FAULTS } from './script.ts'

const whole = (value: number): string => value.toLocaleString('en-US')

const cells = ({ stored, shown, told }: Way): readonly Cell[] => [
  stored.lost, stored.doubled, shown.lost, told, shown.doubled, shown.disordered,
]

const HEAD = ['', 'not in the log', 'twice in the log', 'never shown', 'of these told', 'shown twice', 'out of order']

const wayTable = (rows: readonly DeliveryRow[], way: (row: DeliveryRow) => Way): string =>
  table(HEAD, rows.map((row) => [row.subject, ...cells(way(row))]))

/** Whose loss belongs to which fault; a fault after which nobody lost anything is left out. */
const lossTable = (rows: readonly DeliveryRow[], way: (row: DeliveryRow) => Way): string => {
  const faults = FAULTS.filter((fault) => rows.some((row) => way(row).lostAfter[fault]))
  return table(['', ...faults], rows.map((row) => [row.subject, ...faults.map((fault) => way(row).lostAfter[fault] ?? 0)]))
}

const settingsTable = (rows: readonly DeliveryRow[]): string =>
  table(['', 'client', 'server'], rows.map(({ subject, settings, server }) => [subject, settings, server]))

const restless = (rows: readonly DeliveryRow[]): readonly string[] =>
  rows.filter(({ isSettled }) => !isSettled).map(({ subject }) => `${subject} had not come to rest when it was counted.`)

export const report = ({ environment, seed, rows }: Results): string => {
  const { chromium, node, cores, system, peers } = environment
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`)
  const said = rows[0]?.fromHurt.said ?? 0
  return [
    `Chromium ${chromium}, Node ${node}, ${String(cores)} cores, ${system}; ${versions.join(', ')}. Seed ${String(seed)}.`,
    `Of ${whole(said)} messages **from A, whose link is hurt, to B**:`,
    wayTable(rows, ({ fromHurt }) => fromHurt),
    `Of ${whole(rows[0]?.toHurt.said ?? 0)} messages **from B to A**:`,
    wayTable(rows, ({ toHurt }) => toHurt),
    'Never shown, **from A to B**, by the last fault before it was said:',
    lossTable(rows, ({ fromHurt }) => fromHurt),
    'Never shown, **from B to A**:',
    lossTable(rows, ({ toHurt }) => toHurt),
    ...restless(rows),
    'Settings:',
    settingsTable(rows),
  ].join('\n\n')
}
