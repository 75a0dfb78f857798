/** Runs the checker over copies of the tree in which a safeguard is missing. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MUTATIONS, type Mutation, type Patch } from '../mutations.ts'
import { runPool } from './pool.ts'
import type { Outcome, RunOptions } from './scenario.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const WORKER = 'tests/chaos/support/worker.ts'

const apply = (root: string, { file, find, replace }: Patch): void => {
  const path = join(root, file)
  const before = readFileSync(path, 'utf8')
  if (before.split(find).length !== 2) throw new Error(`${file} does not hold exactly once: ${find}`)
  writeFileSync(path, before.replace(find, () => replace))
}

/** @returns the folder of a copy with these patches; to be removed by whoever asked */
export const copyTree = (patches: readonly Patch[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-mutation-'))
  for (const part of ['src', 'server-dev', 'tests/chaos', 'package.json']) cpSync(join(ROOT, part), join(folder, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const patch of patches) apply(folder, patch)
  return folder
}

export interface MutationResult {
  readonly scenarios: number
  readonly found: Outcome | undefined
}

/** Runs seeds from `from` on until one finds it, or all have been tried. */
export const huntMutation = async ({ patches, deeds }: Mutation, from: number, runs: number, jobs: number): Promise<MutationResult> => {
  const folder = copyTree(patches)
  let given = 0
  let scenarios = 0
  let found: Outcome | undefined
  const next = (): RunOptions | undefined => (given < runs && !found ? { seed: from + given++, deeds } : undefined)
  try {
    await runPool({
      jobs,
      worker: join(folder, WORKER),
      next,
      done(outcome) {
        scenarios += 1
        if (outcome.violations.length > 0) found ??= outcome
      },
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { scenarios, found }
}

/** @returns whether the checker found each mutation, and nothing where nothing is missing */
export const runMutations = async ({ from = 1, runs, jobs }: { readonly from?: number; readonly runs: number; readonly jobs: number }): Promise<boolean> => {
  let isGood = true
  for (const mutation of MUTATIONS) {
    const { scenarios, found } = await huntMutation(mutation, from, runs, jobs)
    const isExpected = (found === undefined) === (mutation.isControl ?? false)
    isGood &&= isExpected
    const what = found ? `seed ${String(found.seed)}: ${found.violations[0]!.rule}: ${found.violations[0]!.text.slice(0, 160)}` : 'nothing found'
    console.log(`${isExpected ? 'as expected' : 'NOT AS EXPECTED'} | ${mutation.name} | ${String(scenarios)} scenarios | ${what}`)
  }
  return isGood
}
