/** Case, width and diacritics make no difference to a search. */
export const foldText = (text: string): string => text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase()

/** Whether each word of the query is in one of these texts; any part of a word will do, for languages without spaces. */
export const matchesText = (query: string, texts: readonly string[]): boolean => {
  const folded = texts.map(foldText)
  return foldText(query).split(/\s+/u).every((word) => folded.some((text) => text.includes(word)))
}
