/** What the driver of a connection does, and what it asks of those above it. */
import type { Command, Inbound, WireData } from './dialect.ts'
import type { Loss } from './losses.ts'
import type { Hint } from './session-types.ts'

export type Welcome = Extract<Inbound, { type: 'welcome' }>

export interface ConnectionHooks {
  /** The server has accepted us. */
  ready(welcome: Welcome | undefined): void
  /** No longer connected. */
  lost?(): void
  received?(inbound: Inbound): void
  /** The first entered room. */
  room?(): string
  /** What we know better about a loss than its cause tells. */
  revise?(loss: Loss): Loss
  /** The proof of a guest, for who has no token. */
  guestToken?(): string | undefined
}

export interface Driver {
  isReady(): boolean
  socket(): unknown
  connect(): void
  /** @param code 1000 without */
  disconnect(code?: number, reason?: string): void
  terminate(reason?: string): void
  hint(hint: Hint): void
  /** Looks whether the link lives, before something is sent. @returns whether it may be used */
  ensure(): boolean
  transmit(data: WireData): boolean
  /** Writes a command and hands it to the wire. @returns whether the wire took it */
  say(command: Command): boolean
  /** Writes a command. */
  write(command: Command): WireData | undefined
}
