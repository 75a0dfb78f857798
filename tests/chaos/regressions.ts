/** Scenarios that once broke a promise, as short as they could be made. They run before all others. */
import type { Deed } from './support/commands.ts'

export interface Regression {
  /** What the user saw. */
  readonly name: string
  readonly deeds: readonly Deed[]
  /** What was not sent is kept on disk. @default false */
  readonly isStored?: boolean
}

export const REGRESSIONS: readonly Regression[] = [
  {
    name: 'an own message that was confirmed amid what the list had missed was nobody\'s, and the hole around it had no marker',
    deeds: [
      { do: 'send', tab: 0, room: 0, count: 177, size: 3_900 },
      { do: 'send', tab: 5, room: 0, count: 6, size: 0 },
      { do: 'hold', tab: 1, directions: ['up'] },
    ],
  },
  {
    name: 'on a slow link later messages passed those that a full disk had refused',
    deeds: [
      { do: 'send', tab: 2, room: 1, count: 30, size: 40 },
      { do: 'send', tab: 5, room: 1, count: 146, size: 3_900 },
      { do: 'let', tab: 2, ms: 60, acks: 1 },
      { do: 'delay', tab: 2, ms: 20 },
      { do: 'slow', tab: 1, rate: 20_821, direction: 'up' },
      { do: 'fillDisk', bytes: 24_569, ms: 169 },
      { do: 'let', tab: 3, ms: 45, acks: 7 },
    ],
  },
  {
    name: 'in a room that was empty when it was entered, a confirmed message stood above those before it',
    deeds: [
      { do: 'send', tab: 2, room: 0, count: 6, size: 300 },
      { do: 'send', tab: 1, room: 0, count: 5, size: 40 },
      { do: 'cut', tab: 1, bytes: 802, direction: 'up' },
      { do: 'send', tab: 2, room: 0, count: 21, size: 0 },
      { do: 'swallow', tab: 0, directions: ['up', 'down'] },
      { do: 'flood', tab: 0, rate: 117_142, rounds: 1, ms: 222 },
      { do: 'fillDisk', bytes: 22_035, ms: 23 },
      { do: 'let', tab: 1, ms: 50, acks: 5 },
      { do: 'fillDisk', bytes: 16_233, ms: 172 },
    ],
  },
  {
    name: 'what an earlier page had left stood below what was written later, while both were ahead of the log',
    isStored: true,
    deeds: [
      { do: 'flood', tab: 0, rate: 177_579, rounds: 2, ms: 268 },
      { do: 'fillDisk', bytes: 7_245, ms: 18 },
      { do: 'reload', tab: 5 },
      { do: 'send', tab: 1, room: 0, count: 4, size: 0 },
      { do: 'send', tab: 3, room: 0, count: 5, size: 0 },
    ],
  },
  {
    name: 'what was typed in the first moment of a page, before its disk was there, was lost with the page',
    isStored: true,
    deeds: [
      { do: 'send', tab: 0, room: 0, count: 5, size: 0 },
      { do: 'reload', tab: 0 },
      { do: 'send', tab: 1, room: 0, count: 5, size: 0 },
      { do: 'closeTab', tab: 1 },
    ],
  },
  {
    name: 'what a closed tab had left, and another one had stored already, was shown twice after a reload',
    isStored: true,
    deeds: [
      { do: 'let', tab: 1, ms: 99, acks: 0 },
      { do: 'send', tab: 0, room: 1, count: 1, size: 0 },
      { do: 'closeTab', tab: 0 },
      { do: 'let', tab: 4, ms: 57, acks: 1 },
      { do: 'reload', tab: 5 },
      { do: 'drop', tab: 1, how: 'half' },
    ],
  },
  {
    name: 'events were left out for a slow reader, who then got them all',
    deeds: [
      { do: 'let', tab: 0, ms: 100, acks: 0 },
      { do: 'flood', tab: 1, rate: 20_000, rounds: 2, ms: 300 },
      { do: 'send', tab: 0, room: 0, count: 3, size: 0 },
    ],
  },
]

/** @throws Error when nothing of this name ever broke */
export const deedsOf = (name: string): readonly Deed[] => {
  const found = REGRESSIONS.find((regression) => regression.name === name)
  if (!found) throw new Error(`No regression is called "${name}".`)
  return found.deeds
}
