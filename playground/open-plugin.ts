/** `--open` is for people in front of a desktop; elsewhere it would only print a stack. */
import type { Plugin } from 'vite'

/** Linux says whether there is a desktop; the others have one. WSL opens the browser of Windows. */
export const hasDesktop = (platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): boolean =>
  platform !== 'linux' || ['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME', 'BROWSER'].some((name) => Boolean(env[name]))

export const openWhereThereIsADesktop = (): Plugin => ({
  name: 'open-where-there-is-a-desktop',
  config: () => (hasDesktop(process.platform, process.env) ? {} : { server: { open: false } }),
})
