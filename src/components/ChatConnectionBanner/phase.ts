import type { ConnectionCause, ConnectionState } from '../../core/index.ts'

/** What a person needs to know of a connection; several states are one phase. */
export type ConnectionPhase =
  | 'fine'
  | 'connecting'
  | 'unreachable'
  | 'lost'
  | 'probing'
  | 'offline'
  | 'closed'
  | 'failed'
  | 'takenOver'
  | 'signIn'

/** How far it ever came. */
export type ConnectionPast = 'new' | 'tried' | 'connected'

/** Close code: a newer connection of the same session took over. */
const SUPERSEDED = 4505

const BY_PAST = { new: 'connecting', tried: 'unreachable', connected: 'lost' } as const satisfies Record<
  ConnectionPast,
  ConnectionPhase
>

export const phaseOf = (
  state: ConnectionState,
  cause: ConnectionCause | undefined,
  past: ConnectionPast,
): ConnectionPhase => {
  switch (state) {
    case 'idle':
    case 'connected':
      return 'fine'
    case 'connecting':
    case 'handshaking':
      return BY_PAST[past]
    case 'waiting':
      return BY_PAST[past === 'new' ? 'tried' : past]
    case 'probing':
      return 'probing'
    case 'offline':
      return 'offline'
    case 'closed':
      return 'closed'
    case 'failed':
      if (cause?.kind === 'auth') return 'signIn'
      return cause?.closeCode === SUPERSEDED ? 'takenOver' : 'failed'
  }
}

/** Not worth waiting for: it does not pass by itself within a second. */
export const isLasting = (phase: ConnectionPhase): boolean =>
  ['offline', 'closed', 'failed', 'takenOver', 'signIn'].includes(phase)
