/** Several processes that share the seeds between them. */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Outcome, RunOptions } from './scenario.ts'

export interface PoolOptions {
  /** Processes. @default 2 */
  readonly jobs?: number | undefined
  readonly worker?: string | undefined
  /** Asked for the next seed; nothing: enough. */
  next(): RunOptions | undefined
  done(outcome: Outcome): void
}

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** @param worker of another tree, to run what that one holds */
const runOne = (worker: string, next: () => RunOptions | undefined, done: (outcome: Outcome) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const child: ChildProcess = fork(worker, { execArgv: ['--disable-warning=ExperimentalWarning'] })
    let current: RunOptions | undefined
    const give = (): void => {
      current = next()
      child.send(current ?? 'end')
    }
    child.on('message', (outcome: Outcome) => {
      done(outcome)
      give()
    })
    child.on('exit', (code) => {
      if (current) reject(new Error(`The process that ran seed ${String(current.seed)} ended with ${String(code)}.`))
      else resolve()
    })
    give()
  })

/** Resolves when every process has ended. Rejects when one of them broke. */
export const runPool = async ({ jobs = 2, worker = WORKER, next, done }: PoolOptions): Promise<void> => {
  await Promise.all(Array.from({ length: jobs }, () => runOne(worker, next, done)))
}
