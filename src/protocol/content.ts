/** What a person may say: rules that do not depend on the log. Used by servers. */
import type { ErrorCode } from './error-codes.ts'
import type { EventKind } from './entities.ts'
import { MAX_REACTION_LENGTH } from './limits.ts'

export type ContentFault = Extract<ErrorCode, 'body_empty' | 'body_too_long' | 'body_invalid'>

const isLongerThan = (text: string, codePoints: number): boolean =>
  text.length > codePoints && (text.length > codePoints * 2 || [...text].length > codePoints)

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u
// Line breaks and direction marks would reach beyond the small place that a reaction has, stacks of marks above it.
const UNRULY = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\p{Mn}\p{Me}]{4}/u

const reactionFault = (body: string): ContentFault | undefined => {
  if (body.length > MAX_REACTION_LENGTH) return 'body_too_long'
  if (!VISIBLE.test(body)) return 'body_empty'
  return UNRULY.test(body) || body.trim() !== body ? 'body_invalid' : undefined
}

/** Why this body cannot be taken. @param bodyLength in Unicode code points @param hasFiles a message with files needs no text */
export const contentFault = (kind: EventKind, body: string, bodyLength: number, hasFiles = false): ContentFault | undefined => {
  if (kind === 'delete') return undefined
  if (kind === 'react' || kind === 'unreact') return reactionFault(body)
  if (!hasFiles && !/\S/.test(body)) return 'body_empty'
  return isLongerThan(body, bodyLength) ? 'body_too_long' : undefined
}
