/** Reading what a server sent: used by clients. */
import type { ServerFrame } from './frames.ts'
import { MAX_ID_LENGTH } from './limits.ts'
import { isCount, isFields, isSeq } from './shape.ts'

export type ServerDecodeResult =
  | { readonly ok: true; readonly frame: ServerFrame }
  /** A type of a later server; to be ignored. */
  | { readonly ok: true; readonly frame?: undefined }
  | { readonly ok: false; readonly reason: string }

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isFlag: Check = (value) => typeof value === 'boolean'
const isName: Check = (value) => typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH
const isNumbers: Check = (value) => isFields(value) && Object.values(value).every(isCount)
const list =
  (is: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(is)
const optional =
  (is: Check): Check =>
  (value) =>
    value === undefined || is(value)
const shape =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isFields(value) && Object.keys(fields).every((name) => fields[name]!(value[name]))

const id = isCount
const room = isName
const isUser = shape({ id: isName, name: isText })
const event = {
  room,
  seq: isSeq,
  kind: isText,
  from: isUser,
  clientId: isName,
  ts: isCount,
  body: isText,
  target: optional(isSeq),
  replyTo: optional(isSeq),
}
const events = list(shape(event))
const n = isCount

/** What each frame must have for the client to act on it. Servers may add fields. */
const shapes: Readonly<Record<ServerFrame['type'], Readonly<Record<string, Check>>>> = {
  welcome: {
    version: isCount,
    user: isUser,
    token: optional(isText),
    expiresInMs: optional(isCount),
    heartbeat: shape({ intervalMs: isCount, timeoutMs: isCount }),
    limits: isNumbers,
    rooms: list(shape({ room, title: isText })),
    features: optional(list(isText)),
  },
  authenticated: { expiresInMs: optional(isCount) },
  joined: {
    id,
    room,
    title: isText,
    epoch: isName,
    top: isCount,
    first: isCount,
    recovered: isFlag,
    events,
    members: list(isUser),
    count: isCount,
  },
  left: { id, room },
  event,
  ack: { room, clientId: isName, seq: isSeq, ts: isCount },
  error: { code: isText, message: isText, retry: isFlag, id: optional(id), clientId: optional(isName), afterMs: optional(isCount) },
  page: { id, room, epoch: isName, events, more: isFlag },
  gap: { room, from: isCount, top: isCount },
  presence: { room, count: isCount, joined: optional(list(isUser)), left: optional(list(isName)) },
  typing: { room, user: isUser, on: isFlag },
  ping: { n, tops: optional(isNumbers) },
  pong: { n },
  bye: { code: isCount, reason: isText, afterMs: (value) => list(isCount)(value) && (value as unknown[]).length === 2 },
}

/**
 * Reads one server frame. Never throws; a frame type it does not know is `{ ok: true }` without a frame. Nothing walks
 * deeper into a frame than these shapes, so the depth of what a server adds does not matter.
 */
export const decodeServerFrame = (text: string): ServerDecodeResult => {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'not JSON' }
  }
  if (!isFields(frame) || typeof frame['type'] !== 'string') return { ok: false, reason: 'not an object with a "type"' }
  const { type } = frame
  if (!Object.hasOwn(shapes, type)) return { ok: true }
  return shape(shapes[type as ServerFrame['type']])(frame)
    ? { ok: true, frame: frame as unknown as ServerFrame }
    : { ok: false, reason: `a malformed "${type}" frame` }
}
