/** Scenarios out of a seed: which deeds, how many, in which order. */
import * as fc from 'fast-check'
import { isPossible, note, perform, type Deed, type Model } from './commands.ts'
import type { Direction } from './proxy.ts'
import type { World } from './world.ts'

const tab = fc.nat({ max: 5 })
const room = fc.constantFrom(0, 0, 0, 1)
const direction = fc.constantFrom<Direction>('up', 'down')
const directions = fc.constantFrom<readonly Direction[]>(['up'], ['down'], ['up', 'down'])

const deed = <K extends Deed['do']>(kind: K, fields: object): fc.Arbitrary<Deed> =>
  fc.record({ do: fc.constant(kind), ...fields }) as unknown as fc.Arbitrary<Deed>

const few = fc.integer({ min: 1, max: 6 })
const size = fc.constantFrom(0, 0, 0, 40, 300)

const deeds = fc.oneof(
  { weight: 22, arbitrary: deed('send', { tab, room, count: few, size }) },
  { weight: 8, arbitrary: deed('send', { tab, room, count: fc.integer({ min: 10, max: 60 }), size }) },
  { weight: 1, arbitrary: deed('send', { tab, room, count: fc.integer({ min: 80, max: 180 }), size: fc.constantFrom(0, 3_900) }) },
  { weight: 4, arbitrary: deed('flood', { tab, rate: fc.integer({ min: 10_000, max: 300_000 }), rounds: fc.integer({ min: 1, max: 2 }), ms: fc.integer({ min: 150, max: 800 }) }) },
  { weight: 8, arbitrary: deed('change', { tab, room, kind: fc.constantFrom('edit', 'edit', 'delete', 'react', 'react', 'unreact'), back: fc.nat({ max: 4 }), emoji: fc.nat({ max: 2 }) }) },
  { weight: 2, arbitrary: deed('answer', { tab, room, back: fc.nat({ max: 4 }) }) },
  { weight: 24, arbitrary: deed('let', { tab, ms: fc.integer({ min: 1, max: 120 }), acks: fc.nat({ max: 8 }) }) },
  { weight: 6, arbitrary: deed('drop', { tab, how: fc.constantFrom('fin', 'rst', 'half') }) },
  { weight: 6, arbitrary: deed('cut', { tab, bytes: fc.integer({ min: 1, max: 6_000 }), direction }) },
  { weight: 5, arbitrary: deed('swallow', { tab, directions }) },
  { weight: 5, arbitrary: deed('hold', { tab, directions }) },
  { weight: 3, arbitrary: deed('slow', { tab, rate: fc.integer({ min: 1_000, max: 60_000 }), direction }) },
  { weight: 3, arbitrary: deed('delay', { tab, ms: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 2, arbitrary: deed('refuse', { tab }) },
  { weight: 4, arbitrary: deed('double', { tab }) },
  { weight: 12, arbitrary: deed('lift', { tab }) },
  { weight: 4, arbitrary: deed('reconnect', { tab }) },
  { weight: 2, arbitrary: deed('pauseSession', { tab }) },
  { weight: 5, arbitrary: deed('reload', { tab }) },
  { weight: 3, arbitrary: deed('openTab', { user: fc.nat({ max: 3 }) }) },
  { weight: 3, arbitrary: deed('closeTab', { tab }) },
  { weight: 3, arbitrary: deed('hint', { tab, hint: fc.constantFrom('online', 'offline', 'hidden', 'visible', 'frozen') }) },
  { weight: 3, arbitrary: deed('leave', { tab, room }) },
  { weight: 2, arbitrary: deed('older', { tab, room }) },
  { weight: 3, arbitrary: deed('kill', { downMs: fc.integer({ min: 0, max: 150 }) }) },
  { weight: 1, arbitrary: deed('restart', {}) },
  { weight: 2, arbitrary: deed('freeze', { ms: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 2, arbitrary: deed('fillDisk', { bytes: fc.integer({ min: 0, max: 30_000 }), ms: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 2, arbitrary: deed('clock', { tab, ms: fc.integer({ min: -7_200_000, max: 60_000 }), whose: fc.constantFrom('server', 'client') }) },
)

/** A deed as fast-check wants it; its text is what a report shows. */
export const commandOf = (what: Deed): fc.AsyncCommand<Model, World> => ({
  check: (model) => isPossible(what, model),
  async run(model, world) {
    note(what, model)
    await perform(what, world)
  },
  toString: () => JSON.stringify(what),
})

const MAX_DEEDS = 40

export const scenarios = (replayPath?: string): fc.Arbitrary<Iterable<fc.AsyncCommand<Model, World>>> =>
  fc.commands([deeds.map(commandOf)], { maxCommands: MAX_DEEDS, size: 'max', ...(replayPath !== undefined && replayPath !== '' && { replayPath }) })
