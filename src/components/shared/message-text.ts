import type { ChatUser } from '../../core/index.ts'
import { linkify } from './linkify.ts'

export interface MessagePart {
  /** `me`: a mention of the person who reads. */
  readonly kind: 'text' | 'link' | 'code' | 'block' | 'mention' | 'me'
  readonly text: string
  /** Of links. Only `http:`, `https:` and `mailto:`. */
  readonly href?: string
}

/** Who can be mentioned, by name. */
export interface Mentionable {
  /** By name in lower case. */
  readonly names: ReadonlyMap<string, ChatUser>
  /** Of the longest name, in UTF-16 units. */
  readonly longest: number
  readonly me: string | undefined
}

// Without nesting, so that the time stays linear in the text.
const CODE = /```(?:[\w+#.-]{0,32}\n)?([^]+?)\n?```\n?|`([^`\n]+)`/gu

/** Longer names, and more mentions in a piece of text, are shown as they are. */
const MAX_NAME = 64
const MAX_MENTIONS = 100
/** A text in more parts than these goes on as plain text: nobody reads it, and each is an element. */
const MAX_PARTS = 200

/**
 * Cuts a text into what it is shown as.
 * @param mentions ids of those who are spoken to, where the wire tells them; nobody else is a mention then
 */
export const parseMessage = (body: string, people?: Mentionable, mentions?: readonly string[]): readonly MessagePart[] => {
  const parts: MessagePart[] = []
  const plain = (text: string): void => {
    if (parts.length > MAX_PARTS) return void parts.push({ kind: 'text', text })
    for (const { text: piece, href } of linkify(text)) {
      if (parts.length > MAX_PARTS) parts.push({ kind: 'text', text: piece })
      else if (href !== undefined) parts.push({ kind: 'link', text: piece, href })
      else if (people && piece.includes('@')) parts.push(...splitMentions(piece, people, mentions))
      else if (piece !== '') parts.push({ kind: 'text', text: piece })
    }
  }
  let at = 0
  if (body.includes('`')) {
    for (const match of body.matchAll(CODE)) {
      if (parts.length > MAX_PARTS) break
      plain(body.slice(at, match.index))
      parts.push(match[1] === undefined ? { kind: 'code', text: match[2]! } : { kind: 'block', text: match[1] })
      at = match.index + match[0].length
    }
  }
  plain(body.slice(at))
  return parts
}

const splitMentions = (text: string, people: Mentionable, mentions: readonly string[] | undefined): readonly MessagePart[] => {
  const parts: MessagePart[] = []
  let from = 0
  let tries = 0
  for (let at = text.indexOf('@'); at >= 0 && tries < MAX_MENTIONS; at = text.indexOf('@', at + 1), tries++) {
    const user = at >= from && !isWordBefore(text, at) ? userAt(text, at + 1, people, mentions) : undefined
    if (!user) continue
    if (at > from) parts.push({ kind: 'text', text: text.slice(from, at) })
    from = at + 1 + user.name.length
    parts.push({ kind: user.id === people.me ? 'me' : 'mention', text: text.slice(at, from) })
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) })
  return parts
}

/** The longest name that stands here. */
const userAt = (text: string, at: number, people: Mentionable, mentions: readonly string[] | undefined): ChatUser | undefined => {
  for (let length = Math.min(people.longest, MAX_NAME, text.length - at); length > 0; length--) {
    const user = people.names.get(text.slice(at, at + length).toLowerCase())
    if (!user || (mentions && !mentions.includes(user.id))) continue
    if (!isWord(text[at + length - 1]) || !isWord(text[at + length])) return user
  }
  return undefined
}

// Scripts without blanks between words end a name anywhere.
const isWord = (character: string | undefined): boolean => character !== undefined && /\w/.test(character)

const isWordBefore = (text: string, at: number): boolean => at > 0 && /[\w.-]/.test(text[at - 1]!)

/** Everyone who was ever seen, so that a mention does not end when somebody leaves; the same object while nobody is new. */
export const gatherPeople = (people: readonly ChatUser[], me: ChatUser | undefined, before: Mentionable | undefined): Mentionable => {
  let names: Map<string, ChatUser> | undefined
  let longest = before?.longest ?? 0
  for (const user of me ? [...people, me] : people) {
    const name = user.name.toLowerCase()
    // Two of one name: the first one, unless the other is the reader.
    const known = (names ?? before?.names)?.get(name)
    if (name === '' || name.length !== user.name.length || (known && (known.id === user.id || user !== me))) continue
    names ??= new Map(before?.names)
    names.set(name, user)
    longest = Math.max(longest, name.length)
  }
  if (before && !names && before.me === me?.id) return before
  return { names: names ?? before?.names ?? new Map(), longest, me: me?.id }
}

/** The beginning of a text in one line, for names and quotes. Whole code points. */
export const excerptOf = (body: string, length = 120): string => {
  const start = Array.from(body.slice(0, length * 4).replace(/\s+/gu, ' ').trim())
  return start.length > length || body.length > length * 4 ? `${start.slice(0, length).join('')}…` : start.join('')
}
