/** Messages of all tabs on their way over the one connection: in order, at the server's pace. */
import type { Command } from '../core/dialect.ts'
import type { Clock } from '../core/index.ts'
import { fullBucket, take, type Bucket } from '../core/pacing.ts'
import type { Welcome } from './messages.ts'

type Limits = NonNullable<Welcome['limits']>
export type SendCommand = Extract<Command, { type: 'send' }>

export interface HubSendsPort {
  readonly clock: Clock
  /** `false`: not now. `undefined`: the dialect has no word for it. */
  transmit(command: SendCommand): boolean | undefined
  /** Handed to the wire. @returns whether the server will answer */
  sent(command: SendCommand): boolean
  unsupported(command: SendCommand): void
  /** Not now; the tab tries again after `afterMs`. */
  postponed(command: SendCommand, afterMs: number): void
}

export interface HubSends {
  ready(limits: Limits | undefined): void
  send(command: SendCommand): void
  /** The server has answered. */
  answered(clientId: string): void
  /**
   * The server takes nothing for a while. What waits here goes back too, because it must not
   * overtake what was refused.
   */
  refused(clientId: string, afterMs: number): void
  /** The connection is gone; the tabs send again. */
  clear(): void
  /** What the server has not answered. */
  inflight(): readonly SendCommand[]
}

export const createHubSends = (port: HubSendsPort): HubSends => {
  const { clock } = port
  let queue: SendCommand[] = []
  const inflight = new Map<string, SendCommand>()
  let limits: Limits | undefined
  let bucket: Bucket | undefined
  let timer: unknown

  const stopTimer = (): void => {
    if (timer !== undefined) clock.clearTimeout(timer)
    timer = undefined
  }

  const pump = (): void => {
    stopTimer()
    while (queue.length > 0 && inflight.size < Math.max(1, limits?.inflight ?? Infinity)) {
      if (limits && bucket) {
        const taken = take(bucket, limits, clock.monotonic())
        bucket = taken.bucket
        if (taken.waitMs > 0) {
          timer = clock.setTimeout(pump, taken.waitMs)
          return
        }
      }
      const [command] = queue as [SendCommand]
      const isTaken = port.transmit(command)
      if (isTaken === false) return
      queue = queue.slice(1)
      if (isTaken === undefined) port.unsupported(command)
      else if (port.sent(command)) inflight.set(command.clientId, command)
    }
  }

  return {
    ready(told) {
      limits = told
      bucket = told && fullBucket(told, clock.monotonic())
      pump()
    },
    send(command) {
      queue.push(command)
      pump()
    },
    answered(clientId) {
      if (inflight.delete(clientId)) pump()
    },
    refused(clientId, afterMs) {
      inflight.delete(clientId)
      const back = queue
      queue = []
      for (const command of back) port.postponed(command, afterMs)
    },
    clear() {
      stopTimer()
      queue = []
      inflight.clear()
    },
    inflight: () => [...inflight.values()],
  }
}
