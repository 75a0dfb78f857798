import type { Dialect } from '../core/dialect.ts'
import { systemClock } from '../core/clock.ts'
import { defineDialect } from './define.ts'
import { wordOf } from './frames.ts'
import { createMessages, onlineIn, type MessageMapping, type PeopleOptions } from './messages.ts'

export interface HeartbeatAckDialectOptions extends PeopleOptions, MessageMapping {
  /** Type of the messages that are sent. @default 'message' */
  readonly type?: string
}

/**
 * Servers that answer `{"type":"heartbeat","timestamp": …}` with `{"type":"heartbeat_ack"}`; any other object is a
 * message. The first beat leaves at once, and the server may drop whoever is silent for 40 s.
 */
export const heartbeatAckDialect = (options: HeartbeatAckDialectOptions = {}): Dialect => {
  const { type = 'message', now = () => systemClock.now() } = options
  const messages = createMessages(options)
  return defineDialect({
    name: 'heartbeat-ack',
    capabilities: { presence: true },
    // Twice within the patience of the server, also while hidden.
    heartbeat: { interval: 15_000, hiddenInterval: 30_000, timeout: 5_000, first: 'now' },
    write: {
      ping: () => ({ type: 'heartbeat', timestamp: now() }),
      send(command, about) {
        const frame = messages.toFrame(command, about)
        return frame && { type, ...frame }
      },
    },
    read(frame, about) {
      const told = wordOf(frame['type'])?.toLowerCase()
      if (told === 'heartbeat_ack' || told === 'heartbeat') return [{ type: 'pong' }, ...onlineIn(frame)]
      return messages.fromFrame(frame, about) ?? onlineIn(frame)
    },
  })
}
