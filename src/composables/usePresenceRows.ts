import { shallowRef, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import type { ChatUser, Clock } from '../core/index.ts'
import { inBrowser } from './environment.ts'
import { presenceRows } from './presence-rows.ts'
import { useChat } from './useChat.ts'

/** Who came and went between two messages. */
export interface PresenceRow {
  readonly key: string
  /** Key of the message above it; undefined in an empty room. */
  readonly after: string | undefined
  /** Of the last change, milliseconds since 1970. */
  readonly at: number
  readonly joined: readonly ChatUser[]
  readonly left: readonly ChatUser[]
}

export interface UsePresenceRowsOptions {
  /** @default true */
  readonly enabled?: MaybeRefOrGetter<boolean>
  /** With more people in the room nobody wants to know. @default 30 */
  readonly maxPeople?: MaybeRefOrGetter<number>
  /** Whoever is back within this time was not away, in milliseconds; a reload, a tunnel. @default 5000 */
  readonly settleMs?: number
  /** @default the system's clock */
  readonly clock?: Clock
}

/**
 * Who comes and goes while the page watches, in rows between the messages. Nothing of it is stored; whoever leaves and comes
 * back, or comes and leaves, between two messages is in none.
 */
export const usePresenceRows = (name: MaybeRefOrGetter<string>, options: UsePresenceRowsOptions = {}): Readonly<ShallowRef<readonly PresenceRow[]>> => {
  const chat = useChat('usePresenceRows()')
  return inBrowser() ? presenceRows(chat, name, options) : shallowRef([])
}
