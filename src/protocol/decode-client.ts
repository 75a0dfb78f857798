/** Reading what a client sent: used by servers. */
import type { ErrorCode } from './error-codes.ts'
import type { EventKind, Position } from './entities.ts'
import type { ClientFrame } from './frames.ts'
import type { Requests } from './requests.ts'
import { MAX_MENTIONS } from './limits.ts'
import { isCount, isFields, isId, isSeq, parseJson, type Fields } from './shape.ts'

export type ClientDecodeResult =
  | { readonly ok: true; readonly frame: ClientFrame }
  | {
      readonly ok: false
      readonly code: Extract<ErrorCode, 'bad_json' | 'bad_request' | 'unknown_type'>
      readonly message: string
      /** Echoed so that the client can tell which request failed. */
      readonly id?: number
      readonly clientId?: string
    }

/** A text says what is wrong; `unknown` is for what a later version may know. */
type Read = (f: Fields) => ClientFrame | string | { readonly unknown: string }

const KINDS: readonly unknown[] = ['message', 'edit', 'delete', 'react', 'unreact'] satisfies EventKind[]

const isOptional = <T>(value: unknown, is: (v: unknown) => v is T): value is T | undefined =>
  value === undefined || is(value)

const isPosition = (value: unknown): value is Position =>
  isFields(value) && isId(value['epoch']) && isCount(value['seq'])

type Asked<W extends keyof Requests> = Requests[W]['ask'] | string

const isIds = (value: unknown): value is readonly string[] => Array.isArray(value) && value.length <= MAX_MENTIONS && value.every(isId)
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (v: unknown): v is number => Number.isFinite(v)

const NO_ROOM = 'this needs "room", the name of a room'
const NO_USER = 'this needs "user", the id of a user'
const ofRoom = ({ room }: Fields): { readonly room: string } | string => (isId(room) ? { room } : NO_ROOM)
const ofMember = ({ room, user }: Fields): { readonly room: string; readonly user: string } | string =>
  !isId(room) ? NO_ROOM : isId(user) ? { room, user } : NO_USER

/** A text says what is wrong. */
const asks: { readonly [W in keyof Requests]: (f: Fields) => Asked<W> } = {
  rooms: () => ({}),
  create: ({ title, isPrivate, isReadOnly, members }) => {
    if (!isText(title)) return 'create needs "title", a text'
    if (!isOptional(isPrivate, isFlag)) return '"isPrivate" must be true or false'
    if (!isOptional(isReadOnly, isFlag)) return '"isReadOnly" must be true or false'
    if (!isOptional(members, isIds)) return '"members" must be a list of user ids'
    return { title, ...(isPrivate && { isPrivate }), ...(isReadOnly && { isReadOnly }), ...(members && { members }) }
  },
  direct: ({ user }) => (isId(user) ? { user } : NO_USER),
  enrol: ofRoom,
  quit: ofRoom,
  invite: ofMember,
  expel: ofMember,
  rename: ({ room, title }) => (!isId(room) ? NO_ROOM : isText(title) ? { room, title } : 'rename needs "title", a text'),
  members: ({ room, query, limit }) => {
    if (!isId(room)) return NO_ROOM
    if (!isOptional(query, isText)) return '"query" must be a text'
    if (!isOptional(limit, isNumber)) return '"limit" must be a number'
    return { room, ...(query !== undefined && { query }), ...(limit !== undefined && { limit }) }
  },
  people: ({ query, limit }) => {
    if (!isText(query)) return 'people needs "query", a text'
    return isOptional(limit, isNumber) ? { query, ...(limit !== undefined && { limit }) } : '"limit" must be a number'
  },
  search: ({ room, query, before, limit }) => {
    if (!isOptional(room, isId)) return '"room" must be the name of a room'
    if (typeof query !== 'string') return 'a search needs "query", a text'
    if (!isOptional(before, isCount)) return '"before" must be a whole number from 0'
    if (!isOptional(limit, isNumber)) return '"limit" must be a number'
    return { query, ...(room !== undefined && { room }), ...(before !== undefined && { before }), ...(limit !== undefined && { limit }) }
  },
}

const isFiles = (value: unknown): value is readonly { readonly id: string }[] =>
  Array.isArray(value) && value.every((file) => isFields(file) && isId(file['id']))

const readers: Readonly<Record<ClientFrame['type'], Read>> = {
  hello: (f) => {
    if (!isCount(f['version'])) return 'hello needs "version", a whole number'
    if (!isOptional(f['token'], (v) => typeof v === 'string')) return '"token" must be a text'
    return {
      type: 'hello',
      version: f['version'],
      ...(typeof f['token'] === 'string' && { token: f['token'] }),
    }
  },
  auth: (f) => (typeof f['token'] === 'string' ? { type: 'auth', token: f['token'] } : 'auth needs "token", a text'),
  join: (f) => {
    const { id, room, since, limit } = f
    if (!isCount(id)) return 'join needs "id", a whole number'
    if (!isId(room)) return 'join needs "room"'
    if (!isOptional(since, isPosition)) return '"since" must be {epoch, seq} with a whole seq from 0'
    if (!isOptional(limit, isNumber)) return '"limit" must be a number'
    return {
      type: 'join',
      id,
      room,
      ...(since && { since: { epoch: since.epoch, seq: since.seq } }),
      ...(limit !== undefined && { limit }),
    }
  },
  leave: (f) => {
    if (!isCount(f['id'])) return 'leave needs "id", a whole number'
    if (!isId(f['room'])) return 'leave needs "room"'
    return { type: 'leave', id: f['id'], room: f['room'] }
  },
  send: (f) => {
    if (!isId(f['room'])) return 'send needs "room"'
    if (!isId(f['clientId'])) return 'send needs "clientId", 1 to 128 printable characters'
    const { room, clientId, body, kind = 'message', target, replyTo, mentions, attachments } = f
    if (typeof body !== 'string') return 'send needs "body", a text'
    if (typeof kind !== 'string') return '"kind" must be a text'
    if (!KINDS.includes(kind)) return { unknown: 'the server does not know this kind of event' }
    if (!isOptional(mentions, isIds)) return `"mentions" must be a list of at most ${MAX_MENTIONS} user ids`
    if (!isOptional(attachments, isFiles)) return '"attachments" must be a list of {id}'
    const spoken = mentions !== undefined && { mentions }
    if (kind === 'message') {
      if (target !== undefined) return 'a message has no "target"; answers have "replyTo"'
      if (!isOptional(replyTo, isSeq)) return '"replyTo" must be the seq of a message, a whole number from 1'
      const files = attachments && { attachments: attachments.map(({ id }) => ({ id })) }
      return { type: 'send', room, clientId, body, ...(replyTo !== undefined && { replyTo }), ...spoken, ...files }
    }
    if (attachments !== undefined) return 'only messages have "attachments"'
    if (!isSeq(target)) return 'send of this kind needs "target", the seq of a message, a whole number from 1'
    if (replyTo !== undefined) return 'only messages have "replyTo"'
    if (kind === 'delete' && body !== '') return 'the "body" of a deletion is empty'
    return { type: 'send', room, clientId, body, kind: kind as EventKind, target, ...spoken }
  },
  history: (f) => {
    const { id, room, before, after, around, limit } = f
    if (!isCount(id)) return 'history needs "id", a whole number'
    if (!isId(room)) return 'history needs "room"'
    if (!isOptional(before, isCount)) return '"before" must be a whole number from 0'
    if (!isOptional(after, isCount)) return '"after" must be a whole number from 0'
    if (!isOptional(around, isCount)) return '"around" must be a whole number from 0'
    if ([before, after, around].filter((seq) => seq !== undefined).length > 1) return 'history takes one of "before", "after" and "around"'
    if (!isOptional(limit, isNumber)) return '"limit" must be a number'
    return {
      type: 'history',
      id,
      room,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      ...(around !== undefined && { around }),
      ...(limit !== undefined && { limit }),
    }
  },
  typing: (f) => {
    if (!isId(f['room'])) return 'typing needs "room"'
    if (typeof f['on'] !== 'boolean') return 'typing needs "on", true or false'
    return { type: 'typing', room: f['room'], on: f['on'] }
  },
  mark: ({ room, read, received }) => {
    if (!isId(room)) return 'mark needs "room"'
    if (!isOptional(read, isCount)) return '"read" must be a whole number from 0'
    if (!isOptional(received, isCount)) return '"received" must be a whole number from 0'
    return { type: 'mark', room, ...(read !== undefined && { read }), ...(received !== undefined && { received }) }
  },
  ask: (f) => {
    const { id, what } = f
    if (!isCount(id)) return 'ask needs "id", a whole number'
    if (typeof what !== 'string') return 'ask needs "what", a text'
    if (!Object.hasOwn(asks, what)) return { unknown: 'the server does not know what this asks for' }
    const fields = asks[what as keyof Requests](f)
    return typeof fields === 'string' ? fields : ({ ...fields, type: 'ask', id, what } as ClientFrame)
  },
  ping: (f) => (isCount(f['n']) ? { type: 'ping', n: f['n'] } : 'ping needs "n", a whole number'),
  pong: (f) => (isCount(f['n']) ? { type: 'pong', n: f['n'] } : 'pong needs "n", a whole number'),
}

/** Reads one client frame. Never throws; unknown fields are dropped, known ones are checked. */
export const decodeClientFrame = (text: string): ClientDecodeResult => {
  const parsed = parseJson(text)
  if (!parsed.ok) {
    const message = parsed.reason === 'bad_json' ? 'the frame is not JSON' : 'the frame is nested too deeply'
    return { ok: false, code: parsed.reason, message }
  }
  const f = parsed.value
  if (!isFields(f)) return { ok: false, code: 'bad_request', message: 'a frame is one JSON object' }
  const echo = {
    ...(isCount(f['id']) && { id: f['id'] }),
    ...(isId(f['clientId']) && { clientId: f['clientId'] }),
  }
  const type = f['type']
  if (typeof type !== 'string') return { ok: false, code: 'bad_request', message: 'a frame needs "type"', ...echo }
  if (!Object.hasOwn(readers, type)) {
    return { ok: false, code: 'unknown_type', message: 'the server does not know this frame type', ...echo }
  }
  const frame = readers[type as ClientFrame['type']](f)
  if (typeof frame === 'string') return { ok: false, code: 'bad_request', message: frame, ...echo }
  return 'unknown' in frame ? { ok: false, code: 'unknown_type', message: frame.unknown, ...echo } : { ok: true, frame }
}
