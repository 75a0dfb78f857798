/** A tab's own session talks to the leader as it would to a server: these are its wire and its dialect. */
import type { Command, Dialect, Inbound, WireData, WireEvent } from '../core/dialect.ts'
import type { ConnectTransport, TransportHandlers } from '../core/transport.ts'
import type { Welcome } from './messages.ts'

export interface TabLinkPort {
  /** A new connection wants to be opened. */
  wanted(): void
  say(era: string, from: string, command: Command): void
  raw(era: string, data: WireData): void
  /** @param isDeaf the session waited in vain for an answer */
  detached(era: string, from: string, isDeaf: boolean): void
}

export interface TabLink {
  readonly connect: ConnectTransport
  /** The leader has a server. Does nothing when it is known. @param era names the connection to it */
  open(era: string, welcome: Welcome | undefined): void
  /** That connection is gone, or none but `era` is good. @returns whether there was one */
  drop(era?: string): boolean
  /** @param to one connection; all without */
  receive(inbound: readonly Inbound[], to: string | undefined): void
}

interface Wire {
  readonly id: string
  readonly handlers: TransportHandlers
  era: string | undefined
}

/** With this code a session gives a connection up that it holds for dead. */
const GIVEN_UP = 3008
const COMMAND = 'vue-chat-socket:command'

export const createTabLink = (tab: string, port: TabLinkPort): TabLink => {
  let count = 0
  let current: Wire | undefined

  const drop = (era?: string): boolean => {
    const wire = current
    if (wire?.era === undefined || wire.era === era) return false
    current = undefined
    wire.handlers.closed(1006, '')
    return true
  }

  return {
    connect(_url, _protocols, handlers) {
      const mine: Wire = { id: `${tab}:${++count}`, handlers, era: undefined }
      current = mine
      // Never at once: no network opens a socket before its maker has it.
      queueMicrotask(() => {
        if (current === mine) port.wanted()
      })
      return {
        socket: undefined,
        send(data) {
          if (current !== mine || mine.era === undefined) return false
          const { event, args } = data as Partial<WireEvent>
          if (event === COMMAND) port.say(mine.era, mine.id, args![0] as Command)
          else port.raw(mine.era, data)
          return true
        },
        close(code) {
          if (current !== mine) return
          current = undefined
          if (mine.era !== undefined) port.detached(mine.era, mine.id, code === GIVEN_UP)
        },
      }
    },
    open(era, welcome) {
      const wire = current
      if (!wire || wire.era !== undefined) return
      wire.era = era
      wire.handlers.opened()
      if (welcome && current === wire) wire.handlers.received([welcome])
    },
    drop,
    receive(inbound, to) {
      if (current?.era === undefined || (to !== undefined && to !== current.id)) return
      current.handlers.received(inbound)
    },
  }
}

/** What only the connection to the real server needs. */
const NOT_SAID: readonly Command['type'][] = ['hello', 'auth', 'ping']

/** Frames are what they mean. The leader confirms what a server does not, so that nothing is lost with it. */
export const tabDialect = ({ name, capabilities, ready }: Dialect): Dialect => ({
  name,
  protocols: [],
  capabilities: { ...capabilities, acks: true },
  ready,
  write: (command) => (NOT_SAID.includes(command.type) ? undefined : { event: COMMAND, args: [command] }),
  read: (data) => data as readonly Inbound[],
})
