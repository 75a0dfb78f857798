import { emojiGroups, type Emoji } from './groups.ts'

const regionNames = (tag: string): Intl.DisplayNames | undefined => {
  try {
    return new Intl.DisplayNames([tag], { type: 'region' })
  } catch {
    return undefined
  }
}

/** What an emoji is called in a language. */
export const createLabels = (tag: string): ((emoji: Emoji) => string) => {
  const regions = regionNames(tag)
  const isChinese = tag.toLowerCase().startsWith('zh')
  return ({ name, region, chinese: [first] }) => {
    if (region) return regions?.of(region) ?? region
    return (isChinese && first) || name.replaceAll('_', ' ')
  }
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('_', ' ')

/** 0 is best; 3 does not fit. */
const rankOf = (of: Emoji, names: readonly string[], query: string): number => {
  const name = plain(of.name)
  if (name === query) return 0
  if (name.startsWith(query) || of.chinese.includes(query)) return 1
  const words = [name, ...of.words, ...of.chinese, ...names]
  return words.some((word) => ` ${plain(word)}`.includes(` ${query}`)) || of.chinese.some((word) => word.includes(query)) ? 2 : 3
}

/**
 * Emoji that a word or the beginning of one fits, best first; in English, in Chinese, and flags in the language of `tag`.
 * @param limit how many at most @default 60
 * @param tag BCP 47 tag @default 'en'
 */
export const findEmoji = (query: string, limit = 60, tag = 'en'): readonly Emoji[] => {
  const wanted = plain(query.trim())
  if (wanted === '') return []
  const regions = [...new Set(['en', 'zh', tag])].map(regionNames)
  const ranks: Emoji[][] = [[], [], []]
  for (const { emoji } of emojiGroups) {
    for (const one of emoji) {
      const names = one.region ? regions.map((names) => names?.of(one.region!) ?? '') : []
      ranks[rankOf(one, names, wanted)]?.push(one)
    }
  }
  return ranks.flat().slice(0, limit)
}
