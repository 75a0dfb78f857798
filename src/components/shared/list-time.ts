import type { ChatLocale } from '../../locale/en.ts'
import { formatOf, isDate, timeOfDay } from './formats.ts'

/** For lists: the time when it is today, else the date, with the year where it is not this one. */
export const listTime = (at: number, now: number, locale: ChatLocale): string => {
  if (!isDate(at) || at <= 0) return ''
  const [date, today] = [new Date(at), new Date(now)]
  if (date.toDateString() === today.toDateString()) return timeOfDay(at, locale)
  const isThisYear = date.getFullYear() === today.getFullYear()
  return formatOf(locale.tag, isThisYear ? { day: 'numeric', month: 'short' } : { dateStyle: 'short' }).format(at)
}
