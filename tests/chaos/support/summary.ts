/** What many scenarios come to, in words. */
import type { Outcome } from './scenario.ts'
import type { Counts } from './world.ts'

export interface Summary {
  add(outcome: Outcome): void
  readonly failures: readonly Outcome[]
  readonly total: Readonly<Counts & { scenarios: number }>
  text(): string
}

export const createSummary = (): Summary => {
  const total: Counts & { scenarios: number } = { scenarios: 0, sent: 0, acked: 0, kills: 0, restarts: 0, connections: 0, deeds: 0, kept: 0, keptKills: 0, gaps: 0, slow: 0 }
  const failures: Outcome[] = []
  return {
    add({ counts, ...outcome }) {
      total.scenarios += 1
      for (const key of Object.keys(counts) as (keyof Counts)[]) total[key] += counts[key]
      if (outcome.violations.length > 0) failures.push({ counts, ...outcome })
    },
    failures,
    total,
    text: () =>
      `${String(total.scenarios)} scenarios (${String(total.kept)} with a disk), ${String(total.deeds)} deeds, ${String(total.connections)} connections, ` +
      `${String(total.kills)} kill -9s (${String(total.keptKills)} with a disk), ${String(total.restarts)} restarts, ${String(total.gaps)} gaps, ${String(total.slow)} slow readers dropped, ${String(total.sent)} messages, ` +
      `${String(total.acked)} acked: ${String(failures.length)} scenarios broke a promise`,
  }
}

/** How to see it again: the promise, what was done, the command. */
export const describeFailure = ({ seed, path, replayPath, violations, deeds }: Outcome): string =>
  [
    `seed ${String(seed)}:`,
    ...violations.map(({ rule, text }) => `  ${rule}: ${text}`),
    '  after:',
    ...deeds.map((deed) => `    ${deed}`),
    `  again: npm run chaos -- --seed ${String(seed)}${path.includes(':') ? ` --path ${path} --commands ${replayPath}` : ''}`,
  ].join('\n')
