/** Timers, dates and chance of a whole process, so that the peers' own code runs through minutes in seconds. */
import { seededRandom } from '../statistics.ts'

interface Task {
  readonly id: number
  readonly dueAt: number
  readonly everyMs: number | undefined
  readonly work: () => void
}

export interface VirtualTime {
  /** Milliseconds since the start. */
  now(): number
  random: () => number
  setTimeout(work: () => void, ms?: number): number
  clearTimeout(id: unknown): void
  /** Runs everything that is due until then, and what it leads to. */
  run(untilMs: number): Promise<void>
}

// Captured before anything is replaced.
const settle = setImmediate

/** Replaces this process's timers, dates and chance for good. */
export const installVirtualTime = (seed: number): VirtualTime => {
  const heap: Task[] = []
  const live = new Map<number, Task>()
  const random = seededRandom(seed)
  let now = 0
  let lastId = 0

  const isBefore = (a: Task, b: Task): boolean => a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.id < b.id)

  const push = (task: Task): void => {
    let at = heap.push(task) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (isBefore(heap[parent]!, task)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = task
  }

  const pop = (): Task => {
    const first = heap[0]!
    const last = heap.pop()!
    if (heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
      if (isBefore(last, heap[child]!)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return first
  }

  const add = (work: () => void, ms: number, everyMs?: number, id = ++lastId): number => {
    const task: Task = { id, dueAt: now + Math.max(0, ms), everyMs, work }
    live.set(id, task)
    push(task)
    return id
  }

  const time: VirtualTime = {
    now: () => now,
    random,
    setTimeout: (work, ms = 0) => add(work, Number(ms) || 0),
    clearTimeout(id) {
      live.delete(Number(id))
    },
    async run(untilMs) {
      while (heap.length > 0 && heap[0]!.dueAt <= untilMs) {
        now = Math.max(now, heap[0]!.dueAt)
        const instant = now
        // Everything of one instant first: the clients are strangers to each other, so their order means nothing.
        while (heap.length > 0 && heap[0]!.dueAt <= instant) {
          const task = pop()
          if (live.get(task.id) !== task) continue
          live.delete(task.id)
          task.work()
          if (task.everyMs !== undefined) add(task.work, task.everyMs, task.everyMs, task.id)
        }
        await new Promise((resolve) => settle(resolve))
      }
      now = Math.max(now, untilMs)
    },
  }

  const withArguments = (work: (...args: unknown[]) => void, args: unknown[]) => () => {
    work(...args)
  }
  class VirtualDate extends Date {
    constructor(...args: [] | [number | string]) {
      super(args.length === 0 ? now : args[0])
    }
    static override now(): number {
      return now
    }
  }
  Object.assign(globalThis, {
    Date: VirtualDate,
    setTimeout: (work: () => void, ms?: number, ...args: unknown[]) => add(withArguments(work, args), Number(ms) || 0),
    setInterval: (work: () => void, ms?: number, ...args: unknown[]) =>
      add(withArguments(work, args), Number(ms) || 0, Math.max(1, Number(ms) || 0)),
    clearTimeout: time.clearTimeout,
    clearInterval: time.clearTimeout,
  })
  Math.random = random
  performance.now = () => now
  return time
}
