/** Takes the heartbeat in the words of VueUse's `useWebSocket`. */
import { toValue, type MaybeRefOrGetter } from 'vue'
import { ChatUsageError, type Dialect, type HeartbeatOptions } from '../core/index.ts'
import { rawDialect, type RawBeat, type RawDialect } from '../dialects/raw.ts'

/** With `message` or `responseMessage` the server is taken for one of any kind: see `rawDialect`. */
export interface SocketHeartbeatOptions extends HeartbeatOptions {
  /** What a ping looks like, for `rawDialect`; makes it the dialect when there is no other. @default 'ping' */
  readonly message?: MaybeRefOrGetter<string | ArrayBuffer | Blob>
  /** What its answer looks like; such frames are no data. @default the same as `message` */
  readonly responseMessage?: MaybeRefOrGetter<string | ArrayBuffer | Blob>
  /** `timeout` under its name in `useWebSocket`; for `rawDialect`. @default none */
  readonly pongTimeout?: number
}

export interface Beating {
  readonly dialect: Dialect | undefined
  readonly heartbeat: boolean | HeartbeatOptions | undefined
}

const NAMES = [
  'interval',
  'timeout',
  'hiddenInterval',
  'silence',
  'first',
  'pause',
  'message',
  'responseMessage',
  'pongTimeout',
] as const satisfies readonly (keyof SocketHeartbeatOptions)[]

// A missing name here would make a valid option unknown.
const _all: Exclude<keyof SocketHeartbeatOptions, (typeof NAMES)[number]> extends never ? true : never = true

const known: readonly string[] = _all ? NAMES : []

/**
 * A heartbeat that is asked for is beaten: a raw dialect that has no word for ping says `'ping'`.
 * @throws ChatUsageError, in development, for words that mean nothing to the dialect
 */
export const resolveBeat = (dialect: Dialect | undefined, heartbeat: boolean | SocketHeartbeatOptions | undefined): Beating => {
  if (heartbeat === undefined || heartbeat === false) return { dialect, heartbeat }
  if (heartbeat === true) return { dialect: dialect && withWord(dialect, {}), heartbeat }
  const { message, responseMessage, pongTimeout, ...rest } = heartbeat
  const answer = responseMessage ?? message
  const spoken = {
    ...(message !== undefined && { message: beatOf(message) }),
    ...(answer !== undefined && { responseMessage: readAhead(beatOf(answer)) }),
  }
  const isSpoken = answer !== undefined
  const chosen = dialect ?? (isSpoken ? rawDialect() : undefined)
  if (process.env.NODE_ENV !== 'production') check(chosen, heartbeat, isSpoken)
  return {
    dialect: chosen && withWord(chosen, spoken),
    heartbeat: { ...rest, ...(pongTimeout !== undefined && { timeout: pongTimeout }) },
  }
}

const check = (dialect: Dialect | undefined, heartbeat: SocketHeartbeatOptions, isSpoken: boolean): void => {
  for (const [name, value] of Object.entries(heartbeat)) {
    if (value !== undefined && !known.includes(name)) throw new ChatUsageError(unknownName(name))
  }
  const { pongTimeout, timeout } = heartbeat
  const name = dialect?.name ?? 'chat.v1'
  if (dialect && isRawDialect(dialect)) {
    if (isSpoken && (dialect.options.message ?? dialect.options.responseMessage) !== undefined) {
      throw new ChatUsageError('The ping is given twice, in `heartbeat` and in `rawDialect()`; leave one of them out.')
    }
    if (pongTimeout !== undefined && timeout !== undefined) {
      throw new ChatUsageError('`heartbeat.pongTimeout` and `heartbeat.timeout` are the same; leave one of them out.')
    }
  } else if (isSpoken) {
    throw new ChatUsageError(
      `\`heartbeat.message\` is for rawDialect(); "${name}" has a ping of its own. Leave it out, or pass \`dialect: rawDialect()\`.`,
    )
  } else if (pongTimeout !== undefined) {
    throw new ChatUsageError(
      `\`heartbeat.pongTimeout\` is for rawDialect(); with "${name}" it is called \`timeout\`. For a server of any kind pass \`dialect: rawDialect()\`.`,
    )
  }
}

const isRawDialect = (dialect: Dialect): dialect is RawDialect => dialect.name === 'raw' && 'options' in dialect

const withWord = (dialect: Dialect, spoken: { readonly message?: RawBeat; readonly responseMessage?: RawBeat }): Dialect =>
  isRawDialect(dialect) && dialect.options.message === undefined
    ? rawDialect({ message: 'ping', ...dialect.options, ...spoken })
    : dialect

const beatOf = (source: NonNullable<SocketHeartbeatOptions['message']>): RawBeat =>
  typeof source === 'string' || source instanceof ArrayBuffer || source instanceof Blob ? source : () => toValue(source)

/** A Blob cannot be read at the moment when a frame is compared with it. */
const readAhead = (beat: RawBeat): RawBeat => {
  if (!(beat instanceof Blob)) return beat
  let known: ArrayBuffer | Blob = beat
  beat.arrayBuffer().then(
    (bytes) => (known = bytes),
    () => undefined,
  )
  return () => known
}

const unknownName = (name: string): string =>
  name === 'scheduler'
    ? '`heartbeat.scheduler` is not taken, because the heartbeat compares the clock with one deadline; say how often with `interval`.'
    : `There is no \`heartbeat.${name}\`; it takes ${NAMES.join(', ')}.`
