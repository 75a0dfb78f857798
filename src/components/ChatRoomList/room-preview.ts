import type { ChatLocale } from '../../locale/en.ts'
import { isolated } from '../shared/formats.ts'
import type { ChatRoomListEntry } from '../types.ts'

/** More than a line never shows, and a message may be long. */
const MAX_LENGTH = 200

const cut = (text: string): string => text.slice(0, MAX_LENGTH)

const saidOf = ({ last, kind }: ChatRoomListEntry, locale: ChatLocale): string | undefined => {
  if (!last) return undefined
  const { isDeleted, isOwn, body, author, attachments } = last
  const text = isDeleted ? locale.deletedMessage : cut(body) || locale.roomList.files(attachments?.length ?? 1)
  if (isOwn) return locale.roomList.saidByYou(text)
  return kind === 'direct' ? text : locale.roomList.said(isolated(cut(author.name)), text)
}

const typingOf = ({ typing = [], kind }: ChatRoomListEntry, locale: ChatLocale): string | undefined => {
  if (typing.length === 0) return undefined
  return typing.length > 2 && kind !== 'direct' ? locale.typingMany : locale.typing(typing.slice(0, 2).map(({ name }) => isolated(cut(name))))
}

/** What people wrote of that line, our own words and names aside. */
const wordsOf = ({ last, typing, preview = '' }: ChatRoomListEntry, draft: string | undefined): string => {
  if (draft) return draft
  if (typing?.length) return ''
  return last ? last.body : preview
}

// Of scripts that run from right to left.
const RTL = /^[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Which way that line runs: with its words, whatever the name before them, so that a line which is cut loses its end. */
export const directionOf = (item: ChatRoomListEntry, draft: string | undefined, locale: ChatLocale): 'ltr' | 'rtl' => {
  const letter = /\p{L}/u.exec(cut(wordsOf(item, draft)))?.[0]
  return letter === undefined ? locale.dir : RTL.test(letter) ? 'rtl' : 'ltr'
}

/** The line under a room's title: what is being written, by us or by others, else what was said last. */
export const previewOf = (item: ChatRoomListEntry, draft: string | undefined, locale: ChatLocale): string =>
  (draft ? locale.roomList.draft(cut(draft)) : typingOf(item, locale)) ?? saidOf(item, locale) ?? item.preview ?? ''
