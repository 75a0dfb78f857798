import { getCurrentScope, shallowRef, watch, type ShallowRef } from 'vue'
import { inBrowser } from './environment.ts'

/** Without a network it is tried again, until there is one. */
export const untilLoaded = <Loaded>(load: () => Promise<Loaded>): Promise<Loaded> =>
  load().catch(() => new Promise((resolve) => setTimeout(resolve, 5_000)).then(() => untilLoaded(load)))

export interface Late<Part> {
  /** Once it is there. */
  readonly part: Readonly<ShallowRef<Part | undefined>>
  /** Loads it, if nobody did. Does not end when the scope does so first. */
  load(): Promise<Part>
}

/**
 * What comes as code of its own, made in the effect scope of the caller.
 * @param get loads the code; what it brings then makes the part
 * @param isWanted loads it as soon as this is so
 */
export const useLate = <Part>(get: () => Promise<() => Part>, isWanted?: () => boolean): Late<Part> => {
  const scope = getCurrentScope()
  const part = shallowRef<Part>()
  let loading: Promise<Part> | undefined
  const load = (): Promise<Part> =>
    (loading ??= untilLoaded(get).then((make) => {
      // Whoever wanted it may be gone by now.
      if (!scope?.active) return new Promise<Part>(() => {})
      return (part.value = scope.run(make)!)
    }))
  if (isWanted && inBrowser()) watch(isWanted, (on) => on && void load(), { immediate: true })
  return { part, load }
}
