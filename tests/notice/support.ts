/** A browser with tabs in one process: locks in a line, channels that reach all others later. */
import type { NoticePorts } from '../../src/notice/ports.ts'
import type { News } from '../../src/notice/news.ts'

export interface FakeTabs {
  /** What one more tab has of the browser. */
  tab(): NoticePorts
  /** The page crashes: its locks are free, and it hears and says nothing more. */
  kill(tab: NoticePorts): void
}

export const fakeTabs = (): FakeTabs => {
  const lines = new Map<string, { readonly owner: object; work(): unknown }[]>()
  const channels = new Map<string, Set<{ readonly owner: object; hear(message: unknown): void }>>()
  const dead = new Set<object>()

  const next = (name: string): void => {
    const first = lines.get(name)?.[0]
    if (first) setTimeout(() => lines.get(name)?.[0] === first && first.work())
  }
  const leave = (name: string, entry: object): void => {
    const line = lines.get(name) ?? []
    const wasFirst = line[0] === entry
    lines.set(name, line.filter((one) => one !== entry))
    if (wasFirst) next(name)
  }

  return {
    tab() {
      const owner: NoticePorts = {
        locks: {
          request: (name, { signal }, work) =>
            new Promise((resolve, reject) => {
              const entry = {
                owner,
                work: () =>
                  void Promise.resolve(work()).then((value) => {
                    leave(name, entry)
                    resolve(value)
                  }),
              }
              lines.set(name, [...(lines.get(name) ?? []), entry])
              if (lines.get(name)!.length === 1) next(name)
              signal.addEventListener('abort', () => {
                if (lines.get(name)?.[0] === entry) return
                leave(name, entry)
                reject(new DOMException('The wait is over.', 'AbortError'))
              })
            }),
        },
        openChannel(name, hear) {
          const members = channels.get(name) ?? new Set()
          channels.set(name, members)
          const me = { owner, hear }
          members.add(me)
          return {
            post(message) {
              if (dead.has(owner)) return
              const copy: unknown = structuredClone(message)
              for (const member of members) if (member !== me) setTimeout(() => members.has(member) && !dead.has(member.owner) && member.hear(copy))
            },
            close: () => members.delete(me),
          }
        },
      }
      return owner
    },
    kill(tab) {
      dead.add(tab)
      for (const [name, line] of [...lines]) for (const entry of line.filter(({ owner }) => owner === tab)) leave(name, entry)
    },
  }
}

export const newsOf = (over: Partial<News> = {}): News => ({
  key: `k${(count += 1)}`,
  room: 'general',
  title: 'General',
  author: 'Ada',
  body: 'Hello',
  isMention: false,
  isDirect: false,
  ...over,
})
let count = 0
