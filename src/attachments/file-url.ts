/** Addresses of files, as somebody else wrote them. */

/** The chat's address as a folder on the web, which addresses of files are relative to. */
export const fileBase = (url: string): string => {
  const base = new URL(url.replace(/^ws/, 'http'))
  base.search = base.hash = ''
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  return base.href
}

/** The address to load, where it is one of the web; undefined for all that could run, and while a relative one has no base. */
export const safeFileUrl = (url: string, base: string | undefined): string | undefined => {
  try {
    const parsed = new URL(url, base)
    const isWeb = parsed.protocol === 'https:' || parsed.protocol === 'http:'
    return url !== '' && isWeb && parsed.username === '' && parsed.password === '' ? parsed.href : undefined
  } catch {
    return undefined
  }
}

/** Without the origin where it is the page's: a server that renders the page does not know under which name it is reached. */
export const onPage = (url: string | undefined, page: string): string | undefined => {
  const origin = new URL(page).origin
  const path = url?.startsWith(`${origin}/`) ? url.slice(origin.length) : undefined
  // `//name` would be another host.
  return path === undefined || path.startsWith('//') ? url : path
}
