import { computed, hasInjectionContext, inject, shallowReactive, toValue, type ComputedRef, type MaybeRefOrGetter, type WritableComputedRef } from 'vue'
import type { ChatUser } from '../core/index.ts'
import type { DraftReply, KeptDraft } from '../storage/kept-drafts.ts'
import type { Draft, Drafts } from './drafts.ts'
import { whenMounted } from './environment.ts'
import { chatKey } from './keys.ts'

export type { Draft, Drafts } from './drafts.ts'
export type { DraftReply, KeptDraft } from '../storage/kept-drafts.ts'

export interface UseDraftReturn {
  /** What is written for the room. Setting it fills the room's field. */
  readonly text: WritableComputedRef<string>
  /** What the next message answers. */
  readonly reply: ComputedRef<DraftReply | undefined>
  /** Who was picked to be spoken to. */
  readonly mentions: ComputedRef<readonly ChatUser[]>
  /** Forgets all of it. */
  clear(): void
}

export interface UseDraftsReturn {
  /**
   * What is written for a room, for lists: it follows the field within a third of a second, so that a key press renders no
   * list. `undefined` without any.
   */
  draftOf(room: string): KeptDraft | undefined
  /** Forgets the drafts of the person, in all tabs: for signing out where no `storage.wipe()` does. */
  wipe(): void
}

/** What is written where there is no chat: seen by nobody else, and gone with the field. */
export const passingDrafts = (): Drafts => {
  const live = shallowReactive(new Map<string, Draft>())
  const get = (room: string): Draft => live.get(room) ?? { text: '' }
  const nothing = (): void => undefined
  return {
    get,
    settled: (room) => (get(room).text === '' ? undefined : get(room)),
    patch: (room, change) => void live.set(room, { ...get(room), ...change }),
    hold: () => nothing,
    setUser: nothing,
    start: nothing,
    wipe: () => live.clear(),
    dispose: nothing,
  }
}

/** The app's drafts; without a chat some that nobody else sees. */
export const draftsHere = (): Drafts => {
  const drafts = hasInjectionContext() ? inject(chatKey, undefined)?.drafts : undefined
  if (drafts) whenMounted(drafts.start)
  return drafts ?? passingDrafts()
}

const NOBODY: readonly ChatUser[] = []

/**
 * What is being written in a room. It stays over room switches and, by person, over reloads, is the same in all tabs,
 * and goes with `storage.wipe()` or `useDrafts().wipe()`. At most 50 are kept, for 30 days. Where the browser keeps
 * nothing, and for people without an id, it lives as long as the page.
 */
export const useDraft = (room: MaybeRefOrGetter<string>): UseDraftReturn => {
  const drafts = draftsHere()
  const here = computed<Draft>(() => drafts.get(toValue(room)))
  return {
    text: computed({ get: () => here.value.text, set: (text) => drafts.patch(toValue(room), { text }) }),
    reply: computed(() => here.value.reply),
    mentions: computed(() => here.value.mentions ?? NOBODY),
    clear: () => drafts.patch(toValue(room), { text: '', reply: undefined, mentions: undefined }),
  }
}

/** The drafts of all rooms. */
export const useDrafts = (): UseDraftsReturn => {
  const drafts = draftsHere()
  return { draftOf: (room) => drafts.settled(room), wipe: () => drafts.wipe() }
}
