import type { ChatMessage } from '../../core/index.ts'
import type { ChatLocale } from '../../locale/en.ts'
import { isolated } from './formats.ts'

/** What stands in place of a deleted message. @param me id of the person who reads */
export const deletedText = ({ deletedBy }: Pick<ChatMessage, 'deletedBy'>, locale: ChatLocale, me: string | undefined): string => {
  if (!deletedBy) return locale.deletedMessage
  return deletedBy.id === me ? locale.deletedByYou : locale.deletedBy(isolated(deletedBy.name))
}
