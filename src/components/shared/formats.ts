import type { ChatUser } from '../../core/index.ts'
import type { ChatLocale } from '../../locale/en.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one costs far more than using one, and a list needs thousands. */
export const formatOf = (tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = tag + JSON.stringify(options)
  const format = formats.get(key) ?? new Intl.DateTimeFormat(tag, options)
  formats.set(key, format)
  return format
}

/** Clocks of servers can be anything; a broken one must not take the list with it. */
export const isDate = (at: number): boolean => Math.abs(at) <= 8.64e15

export const timeOfDay = (at: number, { tag }: ChatLocale): string =>
  isDate(at) ? formatOf(tag, { hour: 'numeric', minute: '2-digit' }).format(at) : ''

export const fullTime = (at: number, { tag }: ChatLocale): string =>
  isDate(at) ? formatOf(tag, { dateStyle: 'full', timeStyle: 'medium' }).format(at) : ''

export const isoTime = (at: number): string => (isDate(at) ? new Date(at).toISOString() : '')

/** "Today", "Yesterday", or the date; with the year where it is not this one. */
export const dayLabel = (day: number, now: number, locale: ChatLocale): string => {
  if (!isDate(day)) return ''
  const date = new Date(day)
  const today = new Date(now)
  const daysAgo = Math.round((today.setHours(0, 0, 0, 0) - date.setHours(0, 0, 0, 0)) / 86_400_000)
  if (daysAgo === 0) return locale.today
  if (daysAgo === 1) return locale.yesterday
  const isThisYear = date.getFullYear() === today.getFullYear()
  return formatOf(locale.tag, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(day)
}

/** Keeps a name's own direction out of the sentence around it. */
export const isolated = (name: string): string => `\u2068${name}\u2069`

/** "Ada, Lin and Jonas", the language's own way. */
export const listOf = (names: readonly string[], { tag }: ChatLocale): string =>
  new Intl.ListFormat(tag, { type: 'conjunction' }).format(names)

/** More names than these are counted. */
const READERS = 2

/** "Read by Ada, Bob, and 3 others". One more than the names is named too: "and 1 other" says less at the same length. */
export const readersText = (readers: readonly ChatUser[], locale: ChatLocale): string => {
  const shown = readers.length <= READERS + 1 ? readers : readers.slice(0, READERS)
  const rest = readers.length - shown.length
  const names = shown.map(({ name }) => name)
  return locale.readBy(listOf(rest > 0 ? [...names, locale.andOthers(rest)] : names, locale))
}
