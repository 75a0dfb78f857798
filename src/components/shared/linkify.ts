export interface TextPart {
  readonly text: string
  /** Absent for plain text. Only `http:`, `https:` and `mailto:`. */
  readonly href?: string
}

// Bounded and without nesting, so that the time stays linear in the text.
// Links end at blanks, quotes, angle brackets, full-width punctuation and invisible direction marks.
const CANDIDATE =
  /(?:https?:\/\/|mailto:)[^\s<>"'`\u200e\u200f\u202a-\u202e\u2066-\u2069\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+/giu

const TRAILING = /[.,:;!?…*_~]+$/u
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }
/** Longer ones are no links that a person follows, and would take long to trim. */
const MAX_LENGTH = 2_048

/** Cuts a text into plain parts and links. The parts put together are the text. */
export const linkify = (text: string): readonly TextPart[] => {
  const parts: TextPart[] = []
  let at = 0
  for (const match of text.matchAll(CANDIDATE)) {
    if (match[0].length > MAX_LENGTH) continue
    const shown = trimEnd(match[0])
    const href = hrefOf(shown)
    if (href === undefined || isInsideWord(text, match.index)) continue
    if (match.index > at) parts.push({ text: text.slice(at, match.index) })
    parts.push({ text: shown, href })
    at = match.index + shown.length
  }
  if (at < text.length || parts.length === 0) parts.push({ text: text.slice(at) })
  return parts
}

const isInsideWord = (text: string, at: number): boolean => at > 0 && /[a-z0-9]/i.test(text[at - 1]!)

/** What ends a sentence, and brackets that were opened before the link, are not part of it. */
const trimEnd = (candidate: string): string => {
  let link = candidate.replace(TRAILING, '')
  for (;;) {
    const last = link.at(-1) ?? ''
    const opening = PAIRS[last]
    if (opening === undefined || countOf(link, opening) >= countOf(link, last)) return link
    link = link.slice(0, -1).replace(TRAILING, '')
  }
}

const countOf = (text: string, character: string): number => text.split(character).length - 1

const hrefOf = (shown: string): string | undefined => {
  if (!URL.canParse(shown)) return undefined
  const url = new URL(shown)
  if (url.protocol === 'mailto:') return url.pathname.includes('@') ? url.href : undefined
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  // `https://bank.example@evil.example` shows one host and opens another.
  return isWeb && url.username === '' && url.password === '' ? url.href : undefined
}
