export interface TextPart {
  readonly text: string
  /** It is what was looked for. */
  readonly isHit: boolean
}

/** Text before the first hit, in characters; results are one or two lines. */
const LEAD = 32
const MAX_LENGTH = 240

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Where words have spaces between them, what is found is the start of one. */
const patternOf = (word: string): string =>
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{S}]/u.test(word) ? escaped(word) : `(?<![\\p{L}\\p{N}\\p{M}])${escaped(word)}`

/** The part of a text around the first hit, cut where hits begin and end. */
export const snippetOf = (text: string, query: string): readonly TextPart[] => {
  const words = query.normalize('NFKC').split(/[^\p{L}\p{N}\p{M}\p{S}]+/u).filter((word) => word !== '')
  // Longer words first: one may be the start of another.
  const pattern = words.sort((a, b) => b.length - a.length).map(patternOf).join('|')
  const line = text.replace(/\s+/gu, ' ').trim()
  const hits = pattern === '' ? [] : [...line.matchAll(new RegExp(pattern, 'giu'))]
  const first = hits[0]?.index ?? 0
  const start = first <= LEAD * 1.5 ? 0 : wholeFrom(line, first - LEAD)
  const end = wholeFrom(line, Math.min(line.length, start + MAX_LENGTH))
  const parts: TextPart[] = []
  let at = start
  const add = (to: number, isHit: boolean): void => {
    if (to > at) parts.push({ text: line.slice(at, to), isHit })
    at = Math.max(at, to)
  }
  if (start > 0) parts.push({ text: '…', isHit: false })
  for (const { index, 0: hit } of hits) {
    if (index < at) continue
    if (index + hit.length > end) break
    add(index, false)
    add(index + hit.length, true)
  }
  add(end, false)
  if (end < line.length) parts.push({ text: '…', isHit: false })
  return parts
}

/** Never inside a pair of surrogates. */
const wholeFrom = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at)
