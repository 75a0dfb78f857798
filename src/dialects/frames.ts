/** What a frame of somebody else's server may hold. Nothing here throws, and nothing is believed to have a type. */
import { isFields, parseJson, type Fields } from '../protocol/shape.ts'

/** A parsed frame. What is in it came from outside. */
export type JsonObject = Fields

/**
 * A frame as text. Bytes are read as UTF-8: a server that relays what `ws` gave it sends texts as binary frames.
 * @returns undefined for what is no text
 */
export const textOf = (data: unknown): string | undefined => {
  if (typeof data === 'string') return data
  if (!(data instanceof ArrayBuffer || ArrayBuffer.isView(data))) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data)
  } catch {
    return undefined
  }
}

export type ParsedFrame = { readonly ok: true; readonly frame: JsonObject } | { readonly ok: false; readonly reason: string }

/** A frame as an object or an array. */
export const parseFrame = (data: unknown): ParsedFrame => {
  const text = textOf(data)
  if (text === undefined) return { ok: false, reason: 'a binary frame' }
  const parsed = parseJson(text)
  if (!parsed.ok) return { ok: false, reason: parsed.reason === 'bad_json' ? 'not JSON' : 'nested too deeply' }
  const { value } = parsed
  if (typeof value !== 'object' || value === null) return { ok: false, reason: 'JSON, but no object' }
  return { ok: true, frame: value as JsonObject }
}

/** A text, where there is one; numbers count as texts, emptiness does not. */
export const wordOf = (value: unknown): string | undefined => {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  return typeof text === 'string' && text.trim() !== '' ? text : undefined
}

const firstWord = (sources: readonly JsonObject[], keys: readonly string[]): string | undefined => {
  for (const source of sources) {
    for (const key of keys) {
      const word = Object.hasOwn(source, key) ? wordOf(source[key]) : undefined
      if (word !== undefined) return word
    }
  }
  return undefined
}

const WRAPPERS = ['data', 'payload', 'state', 'message', 'msg', 'content', 'body']

/** The frame, and the objects that servers like to wrap things into. */
const sourcesOf = (frame: JsonObject): readonly JsonObject[] => [frame, ...WRAPPERS.map((key) => frame[key]).filter(isFields)]

const BODIES = ['message', 'msg', 'content', 'text', 'body', 'data', 'value']

/** What is said, under one of the names that servers use for it. */
export const bodyOf = (frame: JsonObject): string | undefined => firstWord(sourcesOf(frame), BODIES)

const NAMES = ['name', 'userName', 'username', 'user_name', 'nickName', 'nickname', 'nick', 'author', 'from', 'sender', 'user', 'fromName']
const IDS = ['userId', 'userid', 'user_id', 'uid', 'authorId', 'senderId', 'fromId', 'from', 'sender']
const PEOPLE = ['user', 'author', 'from', 'sender']
/** Characters of a name or an id that are kept. */
export const LONGEST_NAME = 256

export interface WirePerson {
  readonly id: string | undefined
  readonly name: string | undefined
}

/** Who says it, as far as the frame tells. */
export const personOf = (frame: JsonObject): WirePerson => {
  const sources = sourcesOf(frame)
  const people = sources.flatMap((source) => PEOPLE.map((key) => source[key]).filter(isFields))
  const name = firstWord(people, NAMES) ?? firstWord(sources, NAMES)
  const id = firstWord(people, ['id', ...IDS]) ?? firstWord(sources, IDS)
  return { id: id?.slice(0, LONGEST_NAME), name: name?.slice(0, LONGEST_NAME) }
}

/** The name of the room, where a frame tells one. */
export const roomOf = (frame: JsonObject): string | undefined => firstWord(sourcesOf(frame), ['room'])

export const clientIdOf = (frame: JsonObject): string | undefined => firstWord(sourcesOf(frame), ['clientId'])

const COUNTS = ['count', 'num', 'online', 'onlineCount']

/** How many people are there, where a frame tells it. */
export const countOf = (frame: JsonObject): number | undefined => {
  for (const source of sourcesOf(frame)) {
    for (const key of COUNTS) {
      const value = source[key]
      if (Array.isArray(value)) return value.length
      const word = wordOf(value)
      if (word !== undefined && /^\s*\d{1,9}\s*$/.test(word)) return Number(word)
    }
  }
  return undefined
}

const TIMES = ['createdAt', 'created_at', 'timestamp', 'time', 'ts', 'date', 'sentAt']
/** A time in seconds is below this one, in milliseconds: 1973. */
const FIRST_MS = 1e11
/** The year 2200; what lies beyond is no time, and no calendar could show it. */
const LAST_MS = 7.26e12

/** When it was said, in milliseconds since 1970, where the frame tells it in a way that leaves no doubt. */
export const timeOf = (frame: JsonObject): number | undefined => {
  const word = firstWord(sourcesOf(frame), TIMES)
  if (word === undefined) return undefined
  const ms = /^\d+(\.\d+)?$/.test(word) ? inMilliseconds(Number(word)) : parseDate(word)
  return ms > 0 && ms < LAST_MS ? Math.floor(ms) : undefined
}

const inMilliseconds = (time: number): number => (time < 1e9 ? 0 : time < FIRST_MS ? time * 1_000 : time)

// Without a zone the same text means another time on every machine.
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/

// Asks no clock, which is what the rule is about.
// eslint-disable-next-line no-restricted-globals
const parseDate = (text: string): number => (ISO.test(text) ? Date.parse(text) : NaN)
