/** The states of a connection and what leads from one to another. An empty cell means: ignored. */
import type { ConnectionState } from './session-types.ts'

/**
 * - `connect`: someone wants a connection now.
 * - `opened`: the socket is open.
 * - `welcomed`: the server has accepted us.
 * - `probe`, `answered`: we ask whether the link lives; it does.
 * - `lost`: the link is gone, try again. `fatal`: gone, and trying again is useless.
 * - `due`: the wait is over. `suspect`: the browser says that we are offline.
 * - `rest`: the page is put to sleep; nothing is tried until it wakes.
 * - `disconnect`: someone wants no connection.
 */
export type MachineEvent =
  | 'connect'
  | 'opened'
  | 'welcomed'
  | 'probe'
  | 'answered'
  | 'lost'
  | 'fatal'
  | 'due'
  | 'suspect'
  | 'rest'
  | 'disconnect'

/** Nothing happens by itself. */
const STILL = { connect: 'connecting', disconnect: 'closed' } as const

/** While there is a socket. */
const UP = { ...STILL, lost: 'waiting', fatal: 'failed', rest: 'waiting' } as const

/** Between two tries. */
const DOWN = { ...STILL, due: 'connecting', rest: 'waiting' } as const

export const TABLE = {
  idle: STILL,
  connecting: { ...UP, opened: 'handshaking' },
  handshaking: { ...UP, welcomed: 'connected' },
  connected: { ...UP, probe: 'probing' },
  probing: { ...UP, answered: 'connected' },
  waiting: { ...DOWN, suspect: 'offline' },
  offline: DOWN,
  closed: { connect: 'connecting' },
  failed: STILL,
} as const satisfies Record<ConnectionState, Partial<Record<MachineEvent, ConnectionState>>>

/** @returns the state that follows, nothing when the event means nothing in this state */
export const step = (state: ConnectionState, event: MachineEvent): ConnectionState | undefined => {
  const row: Partial<Record<MachineEvent, ConnectionState>> = TABLE[state]
  return row[event]
}

/** Whether messages may be handed to the socket. */
export const isReady = (state: ConnectionState): boolean => state === 'connected' || state === 'probing'
