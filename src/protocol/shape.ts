/** Small checks for values that came from outside. They pick known keys and never copy foreign ones. */
import { MAX_DEPTH, MAX_ID_LENGTH } from './limits.ts'

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A whole number from 0 to 2^53-1. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** The place of an event in its log. */
export const isSeq = (value: unknown): value is number => isCount(value) && value > 0

// Control characters and spaces at the ends make ids that look alike but differ.
// Half a surrogate pair does not survive UTF-8, so two such ids would become one.
const ID = /^[^\p{Cc}\p{Cs}\s](?:[^\p{Cc}\p{Cs}]*[^\p{Cc}\p{Cs}\s])?$/u

/** A non-empty text of at most {@link MAX_ID_LENGTH} characters without control characters. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_ID_LENGTH && ID.test(value)

export const isUser = (value: unknown): value is { readonly id: string; readonly name: string } =>
  isFields(value) && isId(value['id']) && typeof value['name'] === 'string'

/**
 * Whether JSON text nests deeper than {@link MAX_DEPTH}. Works on the text, because a value of
 * 30,000 levels parses but overflows the stack of whoever walks it.
 */
export const isTooDeep = (text: string): boolean => {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === 92) i++
      else if (c === 34) inString = false
    } else if (c === 34) inString = true
    else if (c === 123 || c === 91) {
      if (++depth > MAX_DEPTH) return true
    } else if (c === 125 || c === 93) depth--
  }
  return false
}

export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: 'bad_json' | 'bad_request' }

export const parseJson = (text: string): Parsed => {
  if (isTooDeep(text)) return { ok: false, reason: 'bad_request' }
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch {
    return { ok: false, reason: 'bad_json' }
  }
}
