/** The leader's dialect: what concerns the connection goes to its session, what concerns conversations to the tabs. */
import type { Command, Dialect, DialectContext, Inbound, WireData } from '../core/dialect.ts'

export interface Tap {
  readonly dialect: Dialect
  /** Writes what a tab wants said. */
  write(command: Command): WireData | undefined
}

/** What only concerns the connection; whatever else there is and will be is for the conversations. */
const isForSession = (inbound: Inbound): boolean => {
  switch (inbound.type) {
    case 'welcome':
    case 'authenticated':
    case 'pong':
    case 'reply':
    case 'denied':
    case 'fault':
    case 'bye':
    case 'bad':
      return true
    case 'refused':
      return inbound.id === undefined && inbound.clientId === undefined
    default:
      return false
  }
}

/** @param room the first one that a tab entered, `''` without any */
export const tapDialect = (
  dialect: Dialect,
  room: () => string,
  heard: (inbound: readonly Inbound[], welcome: Extract<Inbound, { type: 'welcome' }> | undefined) => void,
): Tap => {
  let about: DialectContext = { user: undefined, token: undefined, room: '' }
  const note = (now: DialectContext): DialectContext => (about = { ...now, room: room() })
  return {
    dialect: {
      ...dialect,
      write: (command, now) => dialect.write(command, note(now)),
      read(data, now) {
        const all = dialect.read(data, note(now))
        heard(
          all.filter((inbound) => !isForSession(inbound)),
          all.find((inbound) => inbound.type === 'welcome'),
        )
        // Beats that tell the tops of rooms are for both; without them their sender would look like a talker.
        return all.filter((inbound) => isForSession(inbound) || inbound.type === 'tops')
      },
    },
    write: (command) => dialect.write(command, { ...about, room: room() }),
  }
}
