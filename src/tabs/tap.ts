/** The leader's dialect: what concerns the connection goes to its session, what concerns conversations to the tabs. */
import type { Command, Dialect, DialectContext, Inbound, WireData } from '../core/dialect.ts'

export interface Tap {
  readonly dialect: Dialect
  /** Writes what a tab wants said. */
  write(command: Command): WireData | undefined
}

const isForTabs = (inbound: Inbound): boolean => {
  switch (inbound.type) {
    case 'entered':
    case 'page':
    case 'message':
    case 'ack':
    case 'gap':
    case 'tops':
    case 'presence':
    case 'typing':
      return true
    case 'refused':
      return inbound.id !== undefined || inbound.clientId !== undefined
    default:
      return false
  }
}

// Server-led beats that tell the tops of rooms are also a sign of life.
const isForSession = (inbound: Inbound): boolean => inbound.type === 'tops' || !isForTabs(inbound)

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
        heard(all.filter(isForTabs), all.find((inbound) => inbound.type === 'welcome'))
        return all.filter(isForSession)
      },
    },
    write: (command) => dialect.write(command, { ...about, room: room() }),
  }
}
