/** Makes a dialect from what one server has words for. */
import type { Command, Dialect, DialectContext, DialectHeartbeat, Inbound, InboundMessage, WireData } from '../core/dialect.ts'
import { systemClock } from '../core/clock.ts'
import type { ChatUser } from '../core/domain.ts'
import type { Capabilities } from '../core/session-types.ts'
import { checkDefinition } from './define-check.ts'
import { isCount } from '../protocol/shape.ts'
import { NO_CAPABILITIES } from './capabilities.ts'
import { parseFrame, textOf, type JsonObject } from './frames.ts'

type CommandType = Command['type']
type Of<T, K> = Extract<T, { readonly type: K }>

/** Says a command on the wire; nothing where there is no word for it. */
export type CommandWriter<T extends CommandType, Data> = (command: Of<Command, T>, about: DialectContext) => Data | undefined

/** A message as `read` may give it. */
export type ReadMessage = Omit<InboundMessage, 'author' | 'createdAt'> & {
  /** A text is a name, and the name is the person. */
  readonly author: ChatUser | string
  /** Milliseconds since 1970. @default now */
  readonly createdAt?: number
}

/** What a frame meant: as `Inbound`, with less to say. */
export type ReadResult<Data = WireData> =
  | Exclude<Inbound, { readonly type: 'message' | 'presence' | 'reply' }>
  | { readonly type: 'message'; readonly message: ReadMessage }
  | {
      readonly type: 'presence'
      readonly count: number
      readonly room?: string
      /** @default [] */
      readonly joined?: readonly ChatUser[]
      /** Ids. @default [] */
      readonly left?: readonly string[]
    }
  | { readonly type: 'reply'; readonly data: Data }

interface DefinitionBase<Frame, Data> {
  /** For people who look into it. */
  readonly name: string
  /** Offered as WebSocket sub-protocols. @default [] */
  readonly protocols?: readonly string[]
  /** What the server has words for. @default all false */
  readonly capabilities?: Partial<Omit<Capabilities, 'edits' | 'reactions'>>
  /** `open`: connected when the socket is open. `welcome`: connected when `read` gave a `welcome`. @default 'open' */
  readonly ready?: 'open' | 'welcome'
  /** @default pings every 10 s where `write.ping` is there */
  readonly heartbeat?: DialectHeartbeat
  /**
   * How to say each command. `send` is needed, the others are for servers that know them. Edits, deletions and
   * reactions never reach `send`: they fail as `unsupported`.
   */
  readonly write: { readonly [T in Exclude<CommandType, 'send'>]?: CommandWriter<T, Data> } & {
    readonly send: CommandWriter<'send', Data>
  }
  /** What a frame means: one thing, several, or nothing. What it throws makes the frame a bad one. */
  readonly read: (frame: Frame, about: DialectContext) => ReadResult<Data> | readonly ReadResult<Data>[] | undefined | void
}

export interface JsonDialectDefinition<Frame extends object = JsonObject> extends DefinitionBase<Frame, object | string> {
  /** `json`: frames are parsed, objects are written as JSON. What is no JSON object or array is a bad frame. */
  readonly format?: 'json'
}

export interface TextDialectDefinition extends DefinitionBase<string, string> {
  /** `text`: frames are texts; binary ones are read as UTF-8. */
  readonly format: 'text'
}

export interface RawDialectDefinition extends DefinitionBase<unknown, WireData> {
  /** `raw`: frames go through as the transport has them. */
  readonly format: 'raw'
}

export type DialectDefinition<Frame extends object = JsonObject> =
  | JsonDialectDefinition<Frame>
  | TextDialectDefinition
  | RawDialectDefinition

const OTHER_MEANINGS: Readonly<Record<Exclude<Inbound['type'], 'message' | 'presence' | 'reply'>, true>> = {
  welcome: true,
  authenticated: true,
  entered: true,
  ack: true,
  refused: true,
  page: true,
  gap: true,
  tops: true,
  typing: true,
  pong: true,
  denied: true,
  fault: true,
  bye: true,
  marks: true,
  listing: true,
  gone: true,
  answer: true,
  bad: true,
}

/**
 * A dialect for a server of your own. `docs/dialects.md` has a complete one.
 * @throws ChatUsageError with the fix, for what can never work
 */
export const defineDialect = <Frame extends object = JsonObject>(definition: DialectDefinition<Frame>): Dialect => {
  checkDefinition(definition)
  const { name, protocols = [], capabilities, ready = 'open', heartbeat, format = 'json' } = definition
  const read = definition.read as (frame: unknown, about: DialectContext) => unknown
  const write = definition.write as { readonly [T in CommandType]?: (command: Command, about: DialectContext) => unknown }
  const toWire = (data: unknown): WireData | undefined =>
    format !== 'raw' && isPlain(data) ? JSON.stringify(data) : ((data ?? undefined) as WireData | undefined)

  const frameOf = (data: unknown): { readonly ok: true; readonly frame: unknown } | { readonly ok: false; readonly reason: string } => {
    if (format === 'raw') return { ok: true, frame: data }
    if (format === 'json') return parseFrame(data)
    const text = textOf(data)
    return text === undefined ? { ok: false, reason: 'a binary frame' } : { ok: true, frame: text }
  }

  const meaningsOf = (data: unknown, about: DialectContext): Inbound[] => {
    const parsed = frameOf(data)
    if (!parsed.ok) return [{ type: 'bad', reason: parsed.reason }]
    try {
      const meant = read(parsed.frame, about)
      const list = Array.isArray(meant) ? (meant as unknown[]) : meant === undefined || meant === null ? [] : [meant]
      return list.map((one) => complete(one as ReadResult<unknown>, toWire))
    } catch (thrown) {
      return [threw('read', thrown)]
    }
  }

  const threw = (what: string, thrown: unknown): Inbound => ({ type: 'bad', reason: `\`${what}\` of ${name} threw ${String(thrown)}` })
  // Writing has no way to tell, so the next frame does.
  let untold: Inbound[] = []

  return {
    name,
    protocols,
    capabilities: { ...NO_CAPABILITIES, ...capabilities },
    ready,
    ...(heartbeat && { heartbeat }),
    ...(format !== 'raw' && { binaryType: 'arraybuffer' as const }),
    write(command, about) {
      // Sent by a writer that knows messages only, an edit or a reaction would be one message more.
      if (command.type === 'send' && (command.kind ?? 'message') !== 'message') return undefined
      try {
        return toWire(write[command.type]?.(command, about))
      } catch (thrown) {
        // A command that cannot be said is one that there is no word for.
        untold = [threw(`write.${command.type}`, thrown)]
        return undefined
      }
    },
    read(data, about) {
      const told = untold
      untold = []
      return [...told, ...meaningsOf(data, about)]
    },
  }
}

const isPlain = (data: unknown): data is object =>
  typeof data === 'object' && data !== null && !(data instanceof Blob) && !(data instanceof ArrayBuffer)

const complete = (meant: ReadResult<unknown>, toWire: (data: unknown) => WireData | undefined): Inbound => {
  switch (meant.type) {
    case 'message': {
      const { message } = meant as { readonly message?: Partial<ReadMessage> }
      const author = typeof message?.author === 'string' ? { id: message.author, name: message.author } : message?.author
      if (typeof message?.body !== 'string' || typeof author?.id !== 'string' || typeof author.name !== 'string') {
        return bad('a message without a body or an author')
      }
      return { type: 'message', message: { ...message, body: message.body, author, createdAt: message.createdAt ?? systemClock.now() } }
    }
    case 'presence':
      if (!isCount(meant.count)) return bad('a presence without a count')
      return { ...meant, joined: meant.joined ?? [], left: meant.left ?? [] }
    case 'reply': {
      const data = toWire(meant.data)
      return data === undefined ? bad('a reply without data') : { type: 'reply', data }
    }
    default:
      return Object.hasOwn(OTHER_MEANINGS, meant.type) ? meant : bad(`\`${String(meant.type)}\`, which is no meaning`)
  }
}

const bad = (what: string): Inbound => ({ type: 'bad', reason: `\`read\` gave ${what}` })
