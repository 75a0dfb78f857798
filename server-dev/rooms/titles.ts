/** What a room may be called, and how names are compared. Pure. */
import { MAX_TITLE_LENGTH } from '../../src/protocol/limits.ts'

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u
// Line breaks and direction marks would reach beyond the line of a title, stacks of marks above it.
const UNRULY = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\p{Mn}\p{Me}]{4}/u

/** The title as it is kept, or undefined when it cannot be one. */
export const cleanTitle = (title: string): string | undefined => {
  // Before anything that takes time by its length.
  if (title.length > MAX_TITLE_LENGTH * 4) return undefined
  const clean = title.trim().normalize('NFC')
  return VISIBLE.test(clean) && !UNRULY.test(clean) && [...clean].length <= MAX_TITLE_LENGTH ? clean : undefined
}

/** Texts that fold to the same are taken for the same by a search: case, width and diacritics aside. */
export const fold = (text: string): string =>
  text.slice(0, 256).normalize('NFKD').replace(/\p{Mn}/gu, '').toLocaleLowerCase('en')
