import type { ChatUser } from '../../core/index.ts'
import type { ChatLocale } from '../../locale/en.ts'
import { listOf } from './formats.ts'

/** More names than these are counted. */
const NAMES = 2

/** "Read by Ada, Bob, and 3 others". One more than the names is named too: "and 1 other" says less at the same length. */
export const readersText = (readers: readonly ChatUser[], locale: ChatLocale): string => {
  const shown = readers.length <= NAMES + 1 ? readers : readers.slice(0, NAMES)
  const rest = readers.length - shown.length
  const names = shown.map(({ name }) => name)
  return locale.readBy(listOf(rest > 0 ? [...names, locale.andOthers(rest)] : names, locale))
}
