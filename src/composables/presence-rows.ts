import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import { systemClock, type ChatUser } from '../core/index.ts'
import type { ChatContext } from './keys.ts'
import type { PresenceRow, UsePresenceRowsOptions } from './usePresenceRows.ts'

/** Rows that are kept. */
const MAX_ROWS = 50

/** For browsers: a server sees nobody come or go. */
export const presenceRows = (chat: ChatContext, name: MaybeRefOrGetter<string>, options: UsePresenceRowsOptions): Readonly<ShallowRef<readonly PresenceRow[]>> => {
  const { enabled = true, maxPeople = 30, settleMs = 5_000, clock = systemClock } = options
  const { session, store: storeOf, visible } = chat
  const rows = shallowRef<readonly PresenceRow[]>([])
  const pending = new Map<string, { readonly user: ChatUser; readonly isHere: boolean; readonly timer: unknown }>()
  const names = new Map<string, ChatUser>()
  let made = 0

  const forgetPending = (): void => {
    for (const { timer } of pending.values()) clock.clearTimeout(timer)
    pending.clear()
  }

  const show = (user: ChatUser, isHere: boolean): void => {
    pending.delete(user.id)
    const after = storeOf().messages(toValue(name)).at(-1)?.key
    const last = rows.value.at(-1)
    const isSamePlace = last !== undefined && last.after === after
    const before = isSamePlace ? last : { key: `presence:${made += 1}`, after, joined: [], left: [] }
    const without = (users: readonly ChatUser[]): readonly ChatUser[] => users.filter(({ id }) => id !== user.id)
    const [joined, left] = [without(before.joined), without(before.left)]
    const isUndone = joined.length + left.length < before.joined.length + before.left.length
    const row: PresenceRow = {
      ...before,
      at: clock.now(),
      joined: isHere && !isUndone ? [...joined, user] : joined,
      left: !isHere && !isUndone ? [...left, user] : left,
    }
    const others = isSamePlace ? rows.value.slice(0, -1) : rows.value
    rows.value = [...others, ...(row.joined.length + row.left.length > 0 ? [row] : [])].slice(-MAX_ROWS)
  }

  const change = (user: ChatUser, isHere: boolean): void => {
    const waiting = pending.get(user.id)
    if (waiting) clock.clearTimeout(waiting.timer)
    pending.delete(user.id)
    if (waiting && waiting.isHere !== isHere) return
    pending.set(user.id, { user, isHere, timer: clock.setTimeout(() => show(user, isHere), settleMs) })
  }

  const off = session.on('presence', ({ room, count, joined, left }) => {
    const store = storeOf()
    if (room !== toValue(name) || !toValue(enabled)) return
    for (const user of [...store.members(room), ...joined]) names.set(user.id, user)
    if (!visible.value || count > toValue(maxPeople)) return forgetPending()
    const isOther = (user: ChatUser | undefined): user is ChatUser => user !== undefined && user.id !== store.me?.id
    for (const user of joined.filter(isOther)) change(user, true)
    for (const user of left.map((id) => names.get(id)).filter(isOther)) change(user, false)
  })
  watch([() => toValue(name), () => toValue(enabled)], () => {
    forgetPending()
    names.clear()
    rows.value = []
  })
  onScopeDispose(() => {
    off()
    forgetPending()
  })
  return rows
}
