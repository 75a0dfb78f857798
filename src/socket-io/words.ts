/** What transport and dialect say to each other. */
import type { WireData, WireEvent } from '../core/dialect.ts'

/** Names that Socket.IO keeps for itself, so no server can send them. */
export const RESERVED: readonly string[] = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']

const OWN = 'connect'

/** Dialect to transport: ask the server for a sign of life. */
export const PING: WireEvent = { event: OWN, args: ['ping'] }

/** Transport to dialect: it gave one. */
export const PONG: WireEvent = { event: OWN, args: ['pong'] }

/** Dialect to transport: an event whose acknowledgement matters. */
export interface AskingEvent extends WireEvent {
  /** Names the answer. */
  readonly answerTo: string
}

/** Transport to dialect: what the server called back with. */
export interface Answer extends WireEvent {
  readonly to: string
}

export const isEvent = (data: unknown): data is WireEvent =>
  typeof data === 'object' && data !== null && 'event' in data && 'args' in data

export const isAsking = (data: WireData): data is AskingEvent => isEvent(data) && 'answerTo' in data

export const answerOf = (to: string, args: readonly unknown[]): Answer => ({ event: OWN, args, to })

export const isAnswer = (data: WireEvent): data is Answer => data.event === OWN && 'to' in data
