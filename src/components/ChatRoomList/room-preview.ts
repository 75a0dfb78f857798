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

/** Whether the line under a title is of our words, which have a direction of their own, and not somebody's alone. */
export const isSentence = ({ last, kind, typing }: ChatRoomListEntry, draft: string | undefined): boolean =>
  !!draft || !!typing?.length || (!!last && (last.isOwn || last.isDeleted || kind !== 'direct'))

/** The line under a room's title: what is being written, by us or by others, else what was said last. */
export const previewOf = (item: ChatRoomListEntry, draft: string | undefined, locale: ChatLocale): string =>
  (draft ? locale.roomList.draft(cut(draft)) : typingOf(item, locale)) ?? saidOf(item, locale) ?? item.preview ?? ''
