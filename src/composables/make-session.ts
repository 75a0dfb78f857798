import { ChatUsageError, createSession, type Session, type SessionOptions } from '../core/index.ts'
import { chatV1Dialect } from '../dialects/index.ts'
import type { ChatStorage } from '../storage/types.ts'
import { browserTabPorts, sharedSession } from '../tabs/index.ts'
import { inBrowser, pageAddress } from './environment.ts'
import { resolveBeat, type SocketHeartbeatOptions } from './socket-heartbeat.ts'

/** What a connection takes besides its address. */
export interface ConnectionOptions extends Partial<Omit<SessionOptions, 'url' | 'heartbeat'>> {
  /** How the server talks. @default chatV1Dialect(), or rawDialect() when `heartbeat` has a `message` */
  readonly dialect?: SessionOptions['dialect']
  /** What survives a reload, such as `indexedDbStorage()` of `vue-chat-socket/storage`. @default nothing */
  readonly storage?: ChatStorage
  /**
   * `shared`: one of the tabs that show this chat to the same person holds the connection, the others talk through it.
   * Give a name of your own when the address is not a fixed text; tabs with the same name share. Without Web Locks or
   * BroadcastChannel every tab has its own.
   * @default 'independent'
   */
  readonly tabs?: 'independent' | 'shared' | { readonly name: string }
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
  const name = tabs === 'independent' ? undefined : nameOf(tabs, resolved)
  const ports = name === undefined || !inBrowser() ? undefined : browserTabPorts()
  return name !== undefined && ports ? sharedSession({ ...resolved, name, ports }) : createSession(resolved)
}

/** Tabs of different people, or at different servers, must not meet. */
const nameOf = (tabs: Exclude<ConnectionOptions['tabs'], 'independent' | undefined>, options: SessionOptions): string => {
  const { url, base, user, token, dialect } = options
  if (token !== undefined && user === undefined) {
    throw new ChatUsageError('`tabs` shares a connection between tabs of one person: pass `user` too, so that two people with a token each are told apart.')
  }
  if (tabs === 'shared' && typeof url === 'function') {
    throw new ChatUsageError("`tabs: 'shared'` tells servers apart by their address, which here may change: pass `tabs: { name: 'my-chat' }`.")
  }
  const where = tabs === 'shared' ? new URL(String(url), base).href : tabs.name
  return `vue-chat-socket:${TABS_VERSION}:${JSON.stringify([where, dialect.name, user?.id ?? null])}`
}

/** Tabs that speak another language, as before and after an update of the app, do not meet either. */
const TABS_VERSION = 1
