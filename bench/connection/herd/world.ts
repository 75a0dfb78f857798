/** A server and its network on virtual time: when it is up, it accepts; when it goes, everyone is dropped. */
import type { VirtualTime } from './virtual-time.ts'

export interface Handlers {
  opened(): void
  closed(code: number): void
  received(data: string): void
}

export interface Line {
  send(data: string): void
  close(): void
}

export interface Attempt {
  readonly client: number
  readonly at: number
}

export interface World {
  readonly time: VirtualTime
  /** Tries that started after the loss, in order. */
  readonly attempts: readonly Attempt[]
  /** One try of one client. */
  connect(client: number, handlers: Handlers, answer?: (data: string) => string | undefined): Line
  /** The server goes, and comes back after `downMs`; every open line is told this code. */
  restart(code: number, downMs: number, farewell?: string): void
}

// Loopback figures; they only have to be small against the waits.
const HANDSHAKE_MS = 2
const TRIP_MS = 1

export const createWorld = (time: VirtualTime): World => {
  const attempts: Attempt[] = []
  const open = new Set<Handlers>()
  let downUntil = 0
  let isCounting = false

  return {
    time,
    attempts,
    connect(client, handlers, answer) {
      if (isCounting) attempts.push({ client, at: time.now() })
      let isOver = false
      time.setTimeout(() => {
        if (isOver) return
        if (time.now() < downUntil) {
          isOver = true
          handlers.closed(1006)
          return
        }
        open.add(handlers)
        handlers.opened()
      }, HANDSHAKE_MS)
      return {
        send(data) {
          const reply = answer?.(data)
          if (reply === undefined) return
          time.setTimeout(() => {
            if (open.has(handlers)) handlers.received(reply)
          }, TRIP_MS)
        },
        close() {
          isOver = true
          open.delete(handlers)
        },
      }
    },
    restart(code, downMs, farewell) {
      isCounting = true
      downUntil = time.now() + downMs
      const dropped = [...open]
      open.clear()
      for (const handlers of dropped) {
        if (farewell !== undefined) handlers.received(farewell)
        handlers.closed(code)
      }
    },
  }
}
