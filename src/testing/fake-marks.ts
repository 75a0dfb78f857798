/** How far people have got in a room of the fake server. */
import type { Mark, UserRef } from '../protocol/index.ts'

export interface FakeMarks {
  /** Takes what goes further, within the log. @returns the mark when it moved */
  take(user: UserRef, said: { readonly read?: number | undefined; readonly received?: number | undefined }, top: number): Mark | undefined
  all(): readonly Mark[]
  clear(): void
}

export const createFakeMarks = (): FakeMarks => {
  const marks = new Map<string, Mark>()
  return {
    take(user, said, top) {
      const before = marks.get(user.id)
      const read = Math.max(before?.read ?? 0, Math.min(said.read ?? 0, top))
      const received = Math.max(before?.received ?? 0, Math.min(said.received ?? 0, top), read)
      if (before?.read === read && before.received === received) return undefined
      const mark = { user, read, received }
      marks.set(user.id, mark)
      return mark
    },
    all: () => [...marks.values()],
    clear: () => marks.clear(),
  }
}
