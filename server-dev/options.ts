/** What `attachChat` takes, and what it makes of it. */
import type { RoomInfo, UserRef } from '../src/protocol/entities.ts'
import { DEFAULT_LIMITS, type Limits } from '../src/protocol/limits.ts'
import { isId } from '../src/protocol/shape.ts'
import { OWN_PREFIX } from './rooms/tables.ts'
import { resolveFiles, type FileOptions, type FileSettings } from './files/file-options.ts'

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error'
  readonly event: string
  readonly [field: string]: unknown
}

/** Who a token stands for. `expiresAt` in milliseconds since 1970 ends the connection then (4401). */
export interface Authenticated extends UserRef {
  readonly expiresAt?: number
}

export interface ConnectionLimits {
  /** All connections of this server; more are answered 503. @default 10000 */
  readonly total?: number
  /** Connections from one network address; more are answered 429. @default 500 */
  readonly perAddress?: number
  /** Connections of one user; the one that has been silent longest is closed (4505). @default 20 */
  readonly perUser?: number
}

/** A room that is there from the start, for everyone. */
export interface RoomOptions extends RoomInfo {
  /** Only its owners write; everyone reads and reacts. @default false */
  readonly readOnly?: boolean
  /** Ids of users who write where others may not, and delete messages of others. At each start these, and nobody else. @default [] */
  readonly owners?: readonly string[]
}

export interface ChatOptions {
  /** Where the WebSocket and the HTTP endpoints live. @default '/chat' */
  readonly path?: string
  /** SQLite file, or `':memory:'`. @default './data/chat.db' */
  readonly database?: string
  /** Origins that may connect, as `scheme://host[:port]`, matched exactly; `'*'` for all. @default the host that was asked */
  readonly origins?: '*' | readonly string[]
  /** Signs and checks tokens (HS256); at least 32 bytes. @default a random one, kept beside the database */
  readonly secret?: string
  /** Checks tokens of your own: the user, or nothing when refused. @default JWTs signed with `secret` */
  readonly authenticate?: (token: string) => Promise<Authenticated | undefined | null>
  /** Answers `POST <path>/sign-in`: anybody gets a token for any name. @default false */
  readonly signIn?: boolean
  /** Lets in who brings no token, under a guest name. @default false */
  readonly guests?: boolean
  /** Rooms that exist from the start and are listed in `welcome`. @default [{ room: 'general', title: 'General' }] */
  readonly rooms?: readonly RoomOptions[]
  /** Joining an unknown room makes it; otherwise it is `not_found`. @default true */
  readonly openRooms?: boolean
  /** Told to clients, in milliseconds; a socket silent for twice the time-out is dropped. @default { intervalMs: 10000, timeoutMs: 15000 } */
  readonly heartbeat?: { readonly intervalMs: number; readonly timeoutMs: number }
  /** Told to clients. @default DEFAULT_LIMITS */
  readonly limits?: Partial<Omit<Limits, 'fileBytes' | 'attachments'>>
  /** Takes files that people send, at `<path>/files`; `false` takes none. @default true, see FileOptions */
  readonly files?: FileOptions | boolean
  readonly connections?: ConnectionLimits
  /** Also takes Socket.IO clients, at `<path>/socket.io`; needs the package `socket.io`. @default false */
  readonly socketIo?: boolean
  /** Answers `POST <path>/faults`, for development only. @default false */
  readonly faults?: boolean
  /** Gets one entry per thing worth knowing; never a token or a body. @default nothing */
  readonly log?: (entry: LogEntry) => void
}

export interface Settings {
  readonly path: string
  readonly database: string
  readonly origins: '*' | readonly string[] | undefined
  readonly secret: string | undefined
  readonly authenticate: ChatOptions['authenticate']
  readonly signIn: boolean
  readonly guests: boolean
  readonly rooms: readonly RoomOptions[]
  readonly openRooms: boolean
  readonly heartbeat: { readonly intervalMs: number; readonly timeoutMs: number }
  readonly limits: Limits
  readonly files: FileSettings | undefined
  readonly connections: Required<ConnectionLimits>
  readonly socketIo: boolean
  readonly faults: boolean
  readonly log: (entry: LogEntry) => void
}

const demand = (condition: boolean, sentence: string): void => {
  if (!condition) throw new TypeError(`attachChat: ${sentence}`)
}

const isOrigin = (value: string): boolean => URL.canParse(value) && new URL(value).origin === value

const isMilliseconds = (value: number): boolean => Number.isFinite(value) && value >= 1 && value < 2 ** 30

/** Fills in the defaults. Throws a TypeError with the fix for a value that can never work. */
export const resolveOptions = (options: ChatOptions): Settings => {
  const { path = '/chat', database = './data/chat.db', origins, secret } = options
  const heartbeat = options.heartbeat ?? { intervalMs: 10_000, timeoutMs: 15_000 }
  const rooms = options.rooms ?? [{ room: 'general', title: 'General' }]
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  demand(/^\/[^?#\s]*[^?#\s/]$/.test(path), `path must look like "/chat", not "${path}".`)
  demand(database.length > 0, 'database must be a file name or ":memory:".')
  if (Array.isArray(origins)) {
    for (const origin of origins as readonly string[]) {
      demand(isOrigin(origin), `origins take "scheme://host[:port]" without a path, not "${origin}".`)
    }
  } else demand(origins === undefined || origins === '*', 'origins must be a list of origins or "*".')
  demand(
    secret === undefined || Buffer.byteLength(secret) >= 32,
    'secret must have at least 32 bytes; make one with "openssl rand -base64 32".',
  )
  demand(
    isMilliseconds(heartbeat.intervalMs) && isMilliseconds(heartbeat.timeoutMs) && heartbeat.timeoutMs > heartbeat.intervalMs,
    'heartbeat.timeoutMs must be longer than heartbeat.intervalMs, both in milliseconds.',
  )
  for (const { room } of rooms) demand(isId(room) && !room.startsWith(OWN_PREFIX), `"${room}" cannot be a room name.`)
  for (const [name, value] of Object.entries(limits)) {
    demand(Number.isFinite(value) && value > 0, `limits.${name} must be a number above 0.`)
  }
  return {
    path,
    database,
    origins,
    secret,
    authenticate: options.authenticate,
    signIn: options.signIn ?? false,
    guests: options.guests ?? false,
    rooms,
    openRooms: options.openRooms ?? true,
    heartbeat,
    limits,
    files: resolveFiles(options.files),
    connections: { total: 10_000, perAddress: 500, perUser: 20, ...options.connections },
    socketIo: options.socketIo ?? false,
    faults: options.faults ?? false,
    log: options.log ?? (() => undefined),
  }
}
