/** The states of a connection and what leads from one to another. An empty cell means: ignored. */
import type { ConnectionState } from './session-types.ts'

/**
 * - `connect`: someone wants a connection now.
 * - `opened`: the socket is open.
 * - `welcomed`: the server has accepted us.
 * - `probe`, `answered`: we ask whether the link lives; it does.
 * - `lost`: the link is gone, try again. `fatal`: gone, and trying again is useless.
 * - `due`: the wait is over. `suspect`: the browser says that we are offline.
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
  | 'disconnect'

export const TABLE = {
  idle: { connect: 'connecting', disconnect: 'closed' },
  connecting: { connect: 'connecting', opened: 'handshaking', lost: 'waiting', fatal: 'failed', disconnect: 'closed' },
  handshaking: { connect: 'connecting', welcomed: 'connected', lost: 'waiting', fatal: 'failed', disconnect: 'closed' },
  connected: { connect: 'connecting', probe: 'probing', lost: 'waiting', fatal: 'failed', disconnect: 'closed' },
  probing: { connect: 'connecting', answered: 'connected', lost: 'waiting', fatal: 'failed', disconnect: 'closed' },
  waiting: { connect: 'connecting', due: 'connecting', suspect: 'offline', disconnect: 'closed' },
  offline: { connect: 'connecting', due: 'connecting', disconnect: 'closed' },
  closed: { connect: 'connecting' },
  failed: { connect: 'connecting', disconnect: 'closed' },
} as const satisfies Record<ConnectionState, Partial<Record<MachineEvent, ConnectionState>>>

/** @returns the state that follows, nothing when the event means nothing in this state */
export const step = (state: ConnectionState, event: MachineEvent): ConnectionState | undefined => {
  const row: Partial<Record<MachineEvent, ConnectionState>> = TABLE[state]
  return row[event]
}

/** Whether messages may be handed to the socket. */
export const isReady = (state: ConnectionState): boolean => state === 'connected' || state === 'probing'
