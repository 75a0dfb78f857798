import type { NoticeOptions } from './types.ts'
import { useChatNotifications } from './useChatNotifications.ts'
import { useChatSound } from './useChatSound.ts'
import { useTitleBadge } from './useTitleBadge.ts'

const settingsOf = <T extends object>(value: boolean | T | undefined): T | undefined =>
  value === undefined || value === false ? undefined : value === true ? ({} as T) : value

/** What `createChat({ notice })` asks for. Ends with the effect scope. */
export const startNotice = ({ only, open, desktop, title, sound, ports }: NoticeOptions): void => {
  const shared = { only, open, ports }
  const noise = settingsOf(sound)
  const silence = noise && useChatSound({ ...shared, ...noise })
  const badge = settingsOf(title)
  if (badge) useTitleBadge(badge)
  const banner = settingsOf(desktop)
  // One sound is enough.
  if (banner) useChatNotifications({ silent: () => silence?.isReady.value === true && !silence.isSilent.value, ...shared, ...banner })
}
