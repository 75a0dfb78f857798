/** Reading what a server sent: used by clients. */
import type { ServerFrame } from './frames.ts'
import type { Requests } from './requests.ts'
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
  mentions: optional(list(isText)),
  deletedBy: optional(isUser),
  attachments: optional(list(shape({ id: isText, name: isText, type: isText, size: isCount, url: isText, width: optional(isCount), height: optional(isCount) }))),
}
const events = list(shape(event))
const marks = list(shape({ user: isUser, read: isCount, received: isCount }))
const isPermissions = shape({ send: isFlag, react: isFlag, attach: isFlag, invite: isFlag, manage: isFlag, moderate: optional(isFlag) })
const isListing = shape({
  room,
  title: isText,
  kind: isText,
  isMember: isFlag,
  isPrivate: isFlag,
  members: optional(list(isUser)),
  memberCount: isCount,
  top: isCount,
  last: optional(shape(event)),
  unread: isCount,
  mentioned: optional(isFlag),
  activeAt: optional(isCount),
  online: optional(list(isName)),
  can: isPermissions,
})
const person = { id: isName, name: isText, online: isFlag }
const listing = shape({ listing: isListing })
/** What must be in an answer, by what was asked. */
const answers: Readonly<Record<keyof Requests, Check>> = {
  rooms: shape({ rooms: list(isListing) }),
  create: listing,
  direct: listing,
  enrol: listing,
  quit: shape({}),
  invite: listing,
  expel: shape({}),
  rename: listing,
  members: shape({ members: list(shape({ ...person, role: isText })), count: isCount }),
  people: shape({ people: list(shape(person)) }),
  search: shape({ events, more: isFlag, next: optional(isCount) }),
}
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
    marks: optional(marks),
    can: optional(isPermissions),
  },
  left: { id, room },
  event,
  ack: { room, clientId: isName, seq: isSeq, ts: isCount },
  error: { code: isText, message: isText, retry: isFlag, id: optional(id), clientId: optional(isName), afterMs: optional(isCount) },
  page: { id, room, epoch: isName, events, more: isFlag, newer: optional(isFlag) },
  gap: { room, from: isCount, top: isCount },
  presence: { room, count: isCount, joined: optional(list(isUser)), left: optional(list(isName)) },
  typing: { room, user: isUser, on: isFlag },
  marks: { room, marks },
  listing: { listing: isListing },
  gone: { room, reason: isText },
  answer: { id, what: isText },
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
  const isGood = shape(shapes[type as ServerFrame['type']])(frame)
  return isGood && (type !== 'answer' || answers[frame['what'] as keyof Requests]?.(frame))
    ? { ok: true, frame: frame as unknown as ServerFrame }
    : { ok: false, reason: `a malformed "${type}" frame` }
}
