/** What transport and dialect say to each other. */
import type { WireEvent } from '../core/index.ts'

/** Names that Socket.IO keeps for itself, so no server can send them. */
export const RESERVED = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']

const OWN = RESERVED[0]!

/** Dialect to transport: ask the server for a sign of life. */
export const PING: WireEvent = { event: OWN, args: ['ping'] }

/** Transport to dialect: it gave one. */
export const PONG: WireEvent = { event: OWN, args: ['pong'] }
