import type { ChatLocale } from '../locale/en.ts'
import { activities } from './lists/activities.ts'
import { flags } from './lists/flags.ts'
import { food } from './lists/food.ts'
import { nature } from './lists/nature.ts'
import { objects } from './lists/objects.ts'
import { people } from './lists/people.ts'
import { smileys } from './lists/smileys.ts'
import { symbols } from './lists/symbols.ts'
import { travel } from './lists/travel.ts'

export interface Emoji {
  readonly emoji: string
  /** Its short name, such as `thumbsup`; of flags the code of the region. */
  readonly name: string
  /** Other words that find it. */
  readonly words: readonly string[]
  readonly chinese: readonly string[]
  /** Of flags: the code of the region, whose name each language has. */
  readonly region?: string
}

export interface EmojiGroup {
  readonly id: keyof ChatLocale['emojiPicker']['groups']
  readonly icon: string
  readonly emoji: readonly Emoji[]
}

const parse = (lines: string): readonly Emoji[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [before = '', chinese = ''] = line.split('|')
      const [emoji = '', name = '', ...words] = before.split(' ')
      return { emoji, name, words, chinese: chinese.split(' ') }
    })

const flagOf = (region: string): string => String.fromCodePoint(...Array.from(region, (letter) => 0x1f1a5 + letter.charCodeAt(0)))

const parseFlags = (codes: string): readonly Emoji[] =>
  codes
    .trim()
    .split(/\s+/)
    .map((region) => ({ emoji: flagOf(region), name: `flag_${region.toLowerCase()}`, words: [], chinese: [], region }))

export const emojiGroups: readonly EmojiGroup[] = [
  { id: 'smileys', icon: '😀', emoji: parse(smileys) },
  { id: 'people', icon: '👋', emoji: parse(people) },
  { id: 'nature', icon: '🐻', emoji: parse(nature) },
  { id: 'food', icon: '🍎', emoji: parse(food) },
  { id: 'activities', icon: '⚽', emoji: parse(activities) },
  { id: 'travel', icon: '🚗', emoji: parse(travel) },
  { id: 'objects', icon: '💡', emoji: parse(objects) },
  { id: 'symbols', icon: '✅', emoji: parse(symbols) },
  { id: 'flags', icon: '🏁', emoji: parseFlags(flags) },
]
