/**
 * Cuts texts and queries into what is indexed: words, and one by one the characters of scripts that write without
 * spaces, and symbols. So two characters of Chinese are found wherever they stand, as the phrase that they are.
 */

const SPACELESS = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
const PIECE = new RegExp(`[${SPACELESS}]|(?:(?![${SPACELESS}])[\\p{L}\\p{N}\\p{M}])+|\\p{S}`, 'gu')
const ENDS_IN_WORD = new RegExp(`(?![${SPACELESS}])[\\p{L}\\p{N}\\p{M}]$`, 'u')

/** Longer queries find nothing that shorter ones do not; what is beyond this is not looked at, in characters. */
const MAX_QUERY = 200
const MAX_TERMS = 12

const piecesOf = (text: string): readonly string[] => text.normalize('NFKC').match(PIECE) ?? []

/** What the index is given of a text. */
export const indexText = (text: string): string => piecesOf(text).join(' ')

/**
 * A query in the language of FTS5, of quoted pieces only: nothing that somebody types has a meaning there. Each word has
 * to be in the message, or the start of it; pieces that were written together stand together.
 * @returns undefined when nothing in it can be looked for
 */
export const matchOf = (query: string): string | undefined => {
  const phrases = query
    .slice(0, MAX_QUERY)
    .split(/\s+/u)
    .map(piecesOf)
    .filter(({ length }) => length > 0)
    .slice(0, MAX_TERMS)
  if (phrases.length === 0) return undefined
  return phrases.map((pieces) => `"${pieces.join(' ')}"${ENDS_IN_WORD.test(pieces.at(-1)!) ? '*' : ''}`).join(' ')
}
