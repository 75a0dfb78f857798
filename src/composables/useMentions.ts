import { toValue, type MaybeRefOrGetter } from 'vue'
import type { ChatUser } from '../core/index.ts'
import type { CompletionOption, CompletionSource } from './useCompletion.ts'

export interface UseMentionsOptions {
  /** Who can be spoken to. */
  readonly people: MaybeRefOrGetter<readonly ChatUser[] | undefined>
  /** Who was picked for the text that is being written. */
  readonly picked: MaybeRefOrGetter<readonly ChatUser[]>
  /** Somebody was picked as well. */
  readonly pick: (picked: readonly ChatUser[]) => void
  /** Names in a list, at most. @default 8 */
  readonly limit?: number
}

export interface UseMentionsReturn {
  /** For `useCompletion`. */
  readonly source: CompletionSource
  /** People whose names fit what is typed, best first. */
  find(query: string): readonly ChatUser[]
  /** Ids of those who are spoken to in a text: picked from the list, or named in full when nobody else has that name. */
  idsIn(body: string): readonly string[]
}

const MARKS = /\p{M}/gu
const plainNames = new WeakMap<ChatUser, string>()

/** Without marks, width and case: `Zoë` is found by `zoe`. */
const plain = (text: string): string => text.slice(0, 200).normalize('NFKD').replace(MARKS, '').toLowerCase()

const plainName = (user: ChatUser): string => {
  const known = plainNames.get(user) ?? plain(user.name)
  plainNames.set(user, known)
  return known
}

/** 0 is best, 3 does not fit. Scripts without blanks are found from any place in the name. */
const rank = (name: string, query: string): number => {
  if (name.startsWith(query)) return 0
  const at = name.indexOf(query)
  if (at < 0) return 3
  return /[\s._-]/.test(name[at - 1]!) ? 1 : 2
}

/** Speaking to people by `@name`. */
export const useMentions = ({ people, picked, pick, limit = 8 }: UseMentionsOptions): UseMentionsReturn => {
  const find = (query: string): readonly ChatUser[] => {
    const wanted = plain(query)
    const ranks: ChatUser[][] = [[], [], []]
    for (const user of toValue(people) ?? []) ranks[rank(plainName(user), wanted)]?.push(user)
    return ranks.flat().slice(0, limit)
  }

  const optionOf = (user: ChatUser): CompletionOption => ({ key: user.id, label: user.name, text: `@${user.name} `, user })

  return {
    find,
    source: {
      trigger: '@',
      query: /^[^@]*$/u,
      // "@ " begins nothing, and is often meant so.
      find: (query) => (query.startsWith(' ') ? [] : find(query).map(optionOf)),
      chosen({ user }) {
        const before = toValue(picked)
        if (user && !before.some(({ id }) => id === user.id)) pick([...before, user])
      },
    },
    idsIn(body) {
      if (!body.includes('@')) return []
      const known = toValue(picked)
      const byName = new Map<string, ChatUser | undefined>()
      for (const user of toValue(people) ?? []) byName.set(user.name, byName.has(user.name) ? undefined : user)
      for (const user of known) byName.set(user.name, undefined)
      const all = [...known, ...[...byName.values()].filter((user) => user !== undefined)]
      return namedIn(body, all).map(({ id }) => id)
    },
  }
}

/** The longest name at each sign: `@Ann Lee` does not speak to Ann. */
const namedIn = (body: string, users: readonly ChatUser[]): readonly ChatUser[] => {
  const longestFirst = users.filter(({ name }) => name !== '').toSorted((a, b) => b.name.length - a.name.length)
  const named = new Map<string, ChatUser>()
  for (let at = body.indexOf('@'); at >= 0; at = body.indexOf('@', at + 1)) {
    if (/[\w.-]/.test(body[at - 1] ?? ' ')) continue
    const fits = longestFirst.filter(({ name }) => body.startsWith(name, at + 1) && !continues(body, at + 1 + name.length))
    for (const user of fits) if (user.name.length === fits[0]!.name.length) named.set(user.id, user)
  }
  return [...named.values()]
}

const continues = (body: string, at: number): boolean => /\w/.test(body[at] ?? ' ') && /\w/.test(body[at - 1]!)
