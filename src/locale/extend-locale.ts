import type { ChatLocale } from './chat-locale.ts'

/** Some texts of a language; those of a group may be some as well. */
export type LocaleChanges<T = ChatLocale> = {
  readonly [K in keyof T]?: T[K] extends (...args: never[]) => unknown ? T[K] : T[K] extends readonly unknown[] ? T[K] : T[K] extends object ? LocaleChanges<T[K]> : T[K]
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A language with some texts replaced; `base` stays as it is. */
export const extendLocale = <T extends object = ChatLocale>(base: T, changes: LocaleChanges<T>): T => {
  const merged = { ...base } as Record<string, unknown>
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue
    const before = merged[name]
    merged[name] = isGroup(before) && isGroup(value) ? extendLocale(before, value) : value
  }
  return merged as T
}
