/** Asked when needed, never at import, so that a test or a server may decide later. */
export const inBrowser = (): boolean => typeof window !== 'undefined' && typeof document !== 'undefined'

/** What relative addresses are resolved against. A server never connects, so any base does there. */
export const pageAddress = (): string => (inBrowser() ? window.location.href : 'http://localhost/')
