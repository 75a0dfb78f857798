import { getCurrentInstance, onMounted } from 'vue'

/** Asked when needed, never at import, so that a test or a server may decide later. */
export const inBrowser = (): boolean => typeof window !== 'undefined' && typeof document !== 'undefined'

/** What relative addresses are resolved against. A server never connects, so any base does there. */
export const pageAddress = (): string => (inBrowser() ? window.location.href : 'http://localhost/')

/** Now, or when the component that is being set up is mounted: what a server rendered must still be true then. */
export const whenMounted = (work: () => void): void => {
  const instance = getCurrentInstance()
  if (instance && !instance.isMounted) onMounted(work)
  else work()
}
