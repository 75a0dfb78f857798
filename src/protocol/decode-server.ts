/** Reading what a server sent: used by clients. */
import type { RoomEvent, ServerFrame } from './frames.ts'
import { isCount, isFields, isId, isUser, parseJson, type Fields } from './shape.ts'

export type ServerDecodeResult =
  | { readonly ok: true; readonly frame: ServerFrame }
  /** A type of a later server; to be ignored. */
  | { readonly ok: true; readonly frame?: undefined }
  | { readonly ok: false; readonly reason: string }

const isEvent = (f: unknown): f is RoomEvent =>
  isFields(f) &&
  isId(f['room']) &&
  isCount(f['seq']) &&
  f['seq'] > 0 &&
  typeof f['kind'] === 'string' &&
  isUser(f['from']) &&
  isId(f['clientId']) &&
  isCount(f['ts']) &&
  typeof f['body'] === 'string'

const isList = <T>(value: unknown, is: (v: unknown) => v is T): value is T[] => Array.isArray(value) && value.every(is)

const isAbsentOr = (value: unknown, is: (v: unknown) => boolean): boolean => value === undefined || is(value)

const isString = (value: unknown): value is string => typeof value === 'string'

const isNumbers = (value: unknown): boolean => isFields(value) && Object.values(value).every(isCount)

/** What each frame must have for the client to act on it. Servers may add fields. */
const shapes: Readonly<Record<ServerFrame['type'], (f: Fields) => boolean>> = {
  welcome: (f) =>
    isCount(f['version']) &&
    isUser(f['user']) &&
    isAbsentOr(f['token'], isString) &&
    isAbsentOr(f['expiresInMs'], isCount) &&
    isFields(f['heartbeat']) &&
    isCount(f['heartbeat']['intervalMs']) &&
    isCount(f['heartbeat']['timeoutMs']) &&
    isNumbers(f['limits']) &&
    isList(f['rooms'], (r): r is Fields => isFields(r) && isId(r['room']) && isString(r['title'])),
  authenticated: (f) => isAbsentOr(f['expiresInMs'], isCount),
  joined: (f) =>
    isCount(f['id']) &&
    isId(f['room']) &&
    isString(f['title']) &&
    isId(f['epoch']) &&
    isCount(f['top']) &&
    isCount(f['first']) &&
    typeof f['recovered'] === 'boolean' &&
    isList(f['events'], isEvent) &&
    isList(f['members'], isUser) &&
    isCount(f['count']),
  left: (f) => isCount(f['id']) && isId(f['room']),
  event: isEvent,
  ack: (f) => isId(f['room']) && isId(f['clientId']) && isCount(f['seq']) && f['seq'] > 0 && isCount(f['ts']),
  error: (f) =>
    isString(f['code']) &&
    isString(f['message']) &&
    typeof f['retry'] === 'boolean' &&
    isAbsentOr(f['id'], isCount) &&
    isAbsentOr(f['clientId'], isId) &&
    isAbsentOr(f['afterMs'], isCount),
  page: (f) =>
    isCount(f['id']) &&
    isId(f['room']) &&
    isId(f['epoch']) &&
    isList(f['events'], isEvent) &&
    typeof f['more'] === 'boolean',
  gap: (f) => isId(f['room']) && isCount(f['from']) && isCount(f['top']),
  presence: (f) =>
    isId(f['room']) &&
    isCount(f['count']) &&
    isAbsentOr(f['joined'], (v) => isList(v, isUser)) &&
    isAbsentOr(f['left'], (v) => isList(v, isId)),
  typing: (f) => isId(f['room']) && isUser(f['user']) && typeof f['on'] === 'boolean',
  ping: (f) => isCount(f['n']) && isAbsentOr(f['tops'], isNumbers),
  pong: (f) => isCount(f['n']),
  bye: (f) => isCount(f['code']) && isString(f['reason']) && isList(f['afterMs'], isCount) && f['afterMs'].length === 2,
}

/** Reads one server frame. Never throws; a frame type it does not know is `{ ok: true }` without a frame. */
export const decodeServerFrame = (text: string): ServerDecodeResult => {
  const parsed = parseJson(text)
  if (!parsed.ok) return { ok: false, reason: parsed.reason === 'bad_json' ? 'not JSON' : 'nested too deeply' }
  const f = parsed.value
  if (!isFields(f) || !isString(f['type'])) return { ok: false, reason: 'not an object with a "type"' }
  if (!Object.hasOwn(shapes, f['type'])) return { ok: true }
  const type = f['type'] as ServerFrame['type']
  return shapes[type](f) ? { ok: true, frame: f as unknown as ServerFrame } : { ok: false, reason: `a malformed "${type}" frame` }
}
