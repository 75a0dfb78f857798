import type { Dialect } from '../core/dialect.ts'
import { defineDialect } from './define.ts'
import { createMessages, type MappedMessage, type OutgoingMessage, type PeopleOptions } from './messages.ts'

export interface TextPingDialectOptions extends PeopleOptions {
  /** The text of a ping. @default 'ping' */
  readonly ping?: string
  /** The text of its answer. @default 'pong' */
  readonly pong?: string
  /** A message as a text. @default its body */
  readonly toText?: (message: OutgoingMessage) => string
  /** A text as a message; nothing for texts that are none. @default the text is the body */
  readonly fromText?: (text: string) => MappedMessage | undefined
}

// Zero-width space: not seen, and not trimmed away by servers that compare loosely.
const MARK = '\u200b'

/**
 * Servers that talk plain text: `ping` is answered with `pong`, and any other text is a message to everybody else.
 *
 * The wire tells nobody's name, so all messages of others are from `peerName`. A message that reads like a beat goes
 * out with an invisible character behind it; a server that strips it keeps the message for itself.
 */
export const textPingDialect = (options: TextPingDialectOptions = {}): Dialect => {
  const { ping = 'ping', pong = 'pong', toText = ({ body }) => body, fromText = (text) => ({ body: text }) } = options
  const messages = createMessages(options)
  const isBeat = (text: string): boolean => text === ping || text === pong
  return defineDialect({
    name: 'text-ping',
    format: 'text',
    // Nothing for 20 s is a dead link.
    heartbeat: { interval: 10_000, timeout: 10_000 },
    write: {
      ping: () => ping,
      send(command, about) {
        const text = toText(messages.outgoing(command, about))
        return isBeat(text.trim()) ? text + MARK : text
      },
    },
    read(text, about) {
      if (text.trim() === pong) return { type: 'pong' }
      // A ping that the server relays; to answer it would set off as many answers as there are clients.
      if (text.trim() === ping) return undefined
      const isMarked = text.endsWith(MARK) && isBeat(text.slice(0, -1).trim())
      return messages.incoming(fromText(isMarked ? text.slice(0, -1) : text), about)
    },
  })
}
