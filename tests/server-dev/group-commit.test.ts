import { describe, expect, it } from 'vitest'
import { createGroupCommit, type Outcome } from '../../server-dev/group-commit.ts'

const setUp = (overrides: { maxQueue?: number; maxBatch?: number } = {}) => {
  const batches: (readonly string[])[] = []
  const outcomes: [string, Outcome<string>][] = []
  const turns: (() => void)[] = []
  const failures: unknown[] = []
  const state = { now: 0, broken: false }
  const commits = createGroupCommit<string, string>({
    commit(items) {
      if (state.broken) throw new Error('disk full')
      batches.push(items)
      return items.map((item) => item.toUpperCase())
    },
    schedule: (run) => turns.push(run),
    now: () => state.now,
    onFailure: (error) => failures.push(error),
    ...overrides,
  })
  const submit = (item: string) => {
    commits.submit(item, (outcome) => outcomes.push([item, outcome]))
  }
  const turn = () => {
    for (const run of turns.splice(0)) run()
  }
  return { commits, batches, outcomes, turns, failures, state, submit, turn }
}

describe('group commit', () => {
  it('[DB10] commits everything of one turn together, and answers after the commit, in order', () => {
    const t = setUp()
    t.submit('a')
    t.submit('b')
    expect(t.outcomes).toEqual([])
    t.turn()
    expect(t.batches).toEqual([['a', 'b']])
    expect(t.outcomes).toEqual([
      ['a', { ok: true, result: 'A' }],
      ['b', { ok: true, result: 'B' }],
    ])
  })

  it('[DB10] starts the next batch with what arrived meanwhile', () => {
    const t = setUp({ maxBatch: 2 })
    for (const item of 'abc') t.submit(item)
    t.turn()
    t.submit('d')
    t.turn()
    expect(t.batches).toEqual([['a', 'b'], ['c', 'd']])
    expect(t.turns).toEqual([])
  })

  it('[DB11] answers busy at once when the queue is full', () => {
    const t = setUp({ maxQueue: 1 })
    t.submit('a')
    t.submit('b')
    expect(t.outcomes).toEqual([['b', { ok: false, failure: 'busy', afterMs: 500 }]])
  })

  it('[DB12] acks nothing of a batch that failed, and lets the storage rest for a second', () => {
    const t = setUp()
    t.state.broken = true
    t.submit('a')
    t.submit('b')
    t.turn()
    expect(t.outcomes.map(([, outcome]) => outcome)).toEqual(
      Array(2).fill({ ok: false, failure: 'storage_unavailable', afterMs: 1_000 }),
    )
    expect(t.commits.isHealthy()).toBe(false)
    expect(t.failures).toHaveLength(1)

    t.state.now = 999
    t.submit('c')
    expect(t.outcomes.at(-1)).toEqual(['c', { ok: false, failure: 'storage_unavailable', afterMs: 1 }])
    expect(t.turns).toEqual([])

    t.state.now = 1_000
    t.state.broken = false
    t.submit('d')
    t.turn()
    expect(t.outcomes.at(-1)).toEqual(['d', { ok: true, result: 'D' }])
    expect(t.commits.isHealthy()).toBe(true)
  })

  it('[DB12] what waited behind a failed batch is refused, not tried', () => {
    const t = setUp({ maxBatch: 1 })
    t.state.broken = true
    t.submit('a')
    t.submit('b')
    t.turn()
    t.turn()
    expect(t.outcomes.map(([item, outcome]) => [item, outcome.ok])).toEqual([['a', false], ['b', false]])
    expect(t.failures).toHaveLength(1)
  })

  it('[DB13] flush commits what waits; drop forgets it without an answer', () => {
    const t = setUp()
    t.submit('a')
    t.commits.flush()
    expect(t.batches).toEqual([['a']])
    t.submit('b')
    t.commits.drop()
    t.turn()
    expect(t.batches).toEqual([['a']])
    expect(t.outcomes).toHaveLength(1)
  })
})
