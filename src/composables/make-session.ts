import { ChatUsageError, createSession, type Session, type SessionOptions } from '../core/index.ts'
import { chatV1Dialect } from '../dialects/index.ts'
import type { ChatStorage } from '../storage/types.ts'
import type { TabSharing } from '../tabs/types.ts'
import { inBrowser, pageAddress } from './environment.ts'
import { resolveBeat, type SocketHeartbeatOptions } from './socket-heartbeat.ts'

/** What a connection takes besides its address. */
export interface ConnectionOptions extends Partial<Omit<SessionOptions, 'url' | 'heartbeat'>> {
  /** How the server talks. @default chatV1Dialect(), or rawDialect() when `heartbeat` has a `message` */
  readonly dialect?: SessionOptions['dialect']
  /** What survives a reload, such as `indexedDbStorage()` of `vue-chat-socket/storage`. @default nothing */
  readonly storage?: ChatStorage
  /**
   * `sharedTabs()` of `vue-chat-socket/tabs`: one of the tabs that show this chat to the same person holds the connection,
   * the others talk through it.
   * @default 'independent'
   */
  readonly tabs?: 'independent' | TabSharing
  /** @default true; `rawDialect()` has a ping only when one is asked for here or there */
  readonly heartbeat?: boolean | SocketHeartbeatOptions
}

const NAMES = [
  'base',
  'protocols',
  'token',
  'dialect',
  'user',
  'heartbeat',
  'autoReconnect',
  'connectTimeout',
  'outbox',
  'storage',
  'tabs',
  'signal',
  'transport',
  'clock',
  'random',
  'createId',
] as const satisfies readonly (keyof ConnectionOptions)[]

// A missing name here would make a valid option unknown.
const _all: Exclude<keyof ConnectionOptions, (typeof NAMES)[number]> extends never ? true : never = true

export const CONNECTION_OPTION_NAMES: readonly string[] = _all ? NAMES : []

/** Names that other libraries use for what we have under another name. */
const RENAMED: Readonly<Record<string, string>> = {
  reconnect: 'autoReconnect',
  reconnection: 'autoReconnect',
  timeout: 'connectTimeout',
  auth: 'token',
  codec: 'dialect',
  lazy: 'immediate',
  pongTimeout: 'heartbeat: { timeout }',
  message: 'heartbeat: { message }',
  responseMessage: 'heartbeat: { responseMessage }',
  retries: 'autoReconnect: { retries }',
  delay: 'autoReconnect: { delay }',
}

/** @throws ChatUsageError for an option that does not exist: a typing mistake must not pass unnoticed */
export const checkOptionNames = (where: string, options: object, known: readonly string[]): void => {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    const fix = RENAMED[name] ?? known.find((k) => k.toLowerCase() === name.toLowerCase())
    throw new ChatUsageError(
      fix ? `${where} has no option \`${name}\`; use \`${fix}\`.` : `${where} has no option \`${name}\`; it takes ${known.join(', ')}.`,
    )
  }
}

/** @throws ChatUsageError when an option can never work */
export const makeSession = (url: SessionOptions['url'], options: ConnectionOptions): Session => {
  const given = Object.fromEntries(
    Object.entries(options).filter(([name, value]) => CONNECTION_OPTION_NAMES.includes(name) && value !== undefined),
  ) as ConnectionOptions
  const { dialect = chatV1Dialect(), heartbeat } = resolveBeat(given.dialect, given.heartbeat)
  const { tabs = 'independent', ...rest } = given
  const resolved = { base: pageAddress(), ...rest, dialect, ...(heartbeat !== undefined && { heartbeat }), url }
  if (tabs === 'independent') return createSession(resolved)
  if (typeof tabs !== 'function') {
    throw new ChatUsageError("`tabs` takes `sharedTabs()` of `vue-chat-socket/tabs`, or 'independent'.")
  }
  return (inBrowser() ? tabs(resolved) : undefined) ?? createSession(resolved)
}
