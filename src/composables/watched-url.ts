import { onScopeDispose, ReactiveEffect, toValue, type MaybeRefOrGetter } from 'vue'
import { ChatUsageError } from '../core/index.ts'

type Address = string | URL | undefined | null

/**
 * Where to connect. Without an address (`undefined` in a ref, or from a getter) nothing connects until there is one.
 * A function may be async; it is asked on every attempt, and again when something reactive that it reads changes.
 */
export type SocketUrl = MaybeRefOrGetter<Address> | (() => Address | Promise<string | URL>)

export interface WatchedUrl {
  /** For an attempt. Throws when there is no address. */
  ask(): string | Promise<string>
  /** Asks once, notes what the answer depends on, and tells whether there is an address. */
  look(): boolean
  /** Forgets the answer of `look`, in case no attempt used it. */
  forget(): void
}

/**
 * Knows when an address changes without asking more often than there are attempts: an async function may fetch a
 * ticket, so each call of it counts. `changed` runs after the tick; an attempt within it gets the answer at hand.
 */
export const watchUrl = (url: SocketUrl, changed: (isThere: boolean) => void): WatchedUrl => {
  let kept: { readonly answer: Address | Promise<string | URL> } | undefined
  let last: Address | Promise<string | URL>
  let isDue = false
  let isOver = false

  const effect = new ReactiveEffect(() => toValue(url as MaybeRefOrGetter<Address | Promise<string | URL>>))
  effect.scheduler = () => {
    if (isDue) return
    isDue = true
    queueMicrotask(check)
  }
  onScopeDispose(() => {
    isOver = true
    effect.stop()
  }, true)

  const look = (): boolean => {
    last = effect.run()
    // Whoever awaits it hears of a failure; an answer that no attempt needs must not crash the page.
    if (last instanceof Promise) last.catch(() => undefined)
    kept = { answer: last }
    return isAddress(last)
  }

  const check = (): void => {
    isDue = false
    if (isOver || !effect.dirty) return
    const before = last
    const isThere = look()
    if (!isSame(before, last)) changed(isThere)
    kept = undefined
  }

  return {
    look,
    forget() {
      kept = undefined
    },
    ask() {
      if (!kept) look()
      const answer = kept?.answer
      kept = undefined
      if (answer instanceof Promise) return answer.then(String)
      if (isAddress(answer)) return String(answer)
      throw new ChatUsageError('There is no address to connect to; give the `url` a value first.')
    },
  }
}

/** The address, where it is one for good. */
export const fixedUrl = (url: SocketUrl): string | undefined =>
  typeof url === 'string' || url instanceof URL ? String(url) : undefined

const isAddress = (answer: unknown): answer is string | URL | Promise<string | URL> =>
  answer !== undefined && answer !== null && answer !== ''

const isSame = (a: unknown, b: unknown): boolean => {
  if (a instanceof Promise || b instanceof Promise) return false
  return isAddress(a) && isAddress(b) ? String(a) === String(b) : isAddress(a) === isAddress(b)
}
