import type { ChatUser } from '../../core/index.ts'

export const HUES = 12

/** The same person has the same colour everywhere and always: FNV-1a over the id. */
export const hueOf = (id: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0) % HUES
}

/** Scripts whose names are not written with initials: one character says enough. */
const NO_INITIALS = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** One or two letters that stand for a name; code points, so that marks cannot pile up on them. */
export const initialsOf = ({ name }: ChatUser): string => {
  const words = name.slice(0, 256).split(/[\s._-]+/u).map(firstLetter).filter((letter) => letter !== '')
  const first = words[0] ?? '?'
  const last = words.length > 1 && !NO_INITIALS.test(first) ? words.at(-1)! : ''
  return (first + last).toLocaleUpperCase()
}

const firstLetter = (word: string): string => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.exec(word)?.[0] ?? ''
