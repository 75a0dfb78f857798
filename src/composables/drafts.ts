/** What is being written, by room: in memory at once, on the shelf of its author a moment later, and so in other tabs. */
import { shallowReactive } from 'vue'
import type { ChatMessage } from '../core/index.ts'
import { createDraftShelf, localShelf, parseDraft, WIPED, type DraftOwner, type KeptDraft } from '../storage/kept-drafts.ts'
import { inBrowser } from './environment.ts'

export interface Draft extends KeptDraft {
  /** An own message whose text is being changed, and its text so far. Lives as long as the page. */
  readonly edit?: { readonly message: ChatMessage; readonly text: string } | undefined
}

export interface Drafts {
  /** As it is this moment; reactive by room. */
  get(room: string): Draft
  /** As it was kept last; for lists, which a key press must not render. */
  settled(room: string): KeptDraft | undefined
  patch(room: string, change: Partial<Draft>): void
  /** Somebody writes in this room's field: what other tabs say waits. @returns ends it */
  hold(room: string): () => void
  /** Whose drafts these are. Until it is known they are in memory alone. */
  setUser(user: string | undefined): void
  /** Reads what was kept; once the page is shown as the server rendered it. */
  start(): void
  /** Forgets the drafts of the person, in all tabs. */
  wipe(): void
  dispose(): void
}

export interface DraftsOptions {
  /** @default '' */
  readonly address?: string | undefined
  readonly user?: string | undefined
  /** One person may have one id after another, and is the same all the same. */
  readonly isGuest?: boolean
  /** @default true */
  readonly isKept?: boolean | undefined
}

const NOTHING: Draft = { text: '' }
const KEEP_AFTER_MS = 300

const isEmpty = ({ text, reply }: KeptDraft): boolean => text === '' && !reply

const kept = ({ text, reply, mentions }: Draft): KeptDraft => ({ text, ...(reply && { reply }), ...(mentions?.length && { mentions }) })

export const createDrafts = ({ address = '', user: firstUser, isGuest = false, isKept = true }: DraftsOptions = {}): Drafts => {
  const live = shallowReactive(new Map<string, Draft>())
  const settled = shallowReactive(new Map<string, KeptDraft>())
  const held = new Map<string, number>()
  const unkept = new Set<string>()
  const storage = isKept && inBrowser() ? localShelf() : undefined
  const shelf = storage && createDraftShelf(storage, Date.now)
  let user = firstUser
  let isStarted = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const owner = (): DraftOwner | undefined => (user === undefined || !isStarted ? undefined : { user, address })

  const put = (room: string, draft: Draft): void => {
    if (isEmpty(draft) && !draft.edit) live.delete(room)
    else live.set(room, draft)
  }
  const settle = (room: string): void => {
    const draft = kept(live.get(room) ?? NOTHING)
    if (isEmpty(draft)) settled.delete(room)
    else settled.set(room, draft)
  }

  const keep = (): void => {
    clearTimeout(timer)
    timer = undefined
    const of = owner()
    for (const room of unkept) {
      settle(room)
      if (of) shelf?.write(of, room, settled.get(room))
    }
    if (of || !shelf) unkept.clear()
  }
  const keepSoon = (room: string): void => {
    unkept.add(room)
    timer ??= inBrowser() ? setTimeout(keep, KEEP_AFTER_MS) : undefined
  }

  /** What was written before the person was known is newer than what was kept. */
  const load = (): void => {
    const of = owner()
    if (!of || !shelf) return
    for (const [room, draft] of shelf.readAll(of)) {
      if (unkept.has(room)) continue
      put(room, { ...live.get(room), ...draft })
      settle(room)
    }
    keep()
  }

  const forget = (): void => {
    for (const room of [...live.keys()]) put(room, NOTHING)
    settled.clear()
    unkept.clear()
  }

  const onStorage = ({ key, oldValue, newValue }: StorageEvent): void => {
    const of = owner()
    const room = of && key !== null ? shelf?.roomOf(of, key) : undefined
    if (room === undefined) {
      if (key === null) forget()
      return
    }
    const here = live.get(room) ?? NOTHING
    const isOurs = here.text !== (parseDraft(oldValue)?.text ?? '')
    // What is written here stays; what is only shown here follows.
    if (held.has(room) && document.hasFocus() && (isOurs || newValue !== null)) return
    unkept.delete(room)
    put(room, { ...(here.edit && { edit: here.edit }), ...(parseDraft(newValue) ?? NOTHING) })
    settle(room)
  }
  const onWiped = (event: Event): void => {
    const { detail } = event as CustomEvent<string | undefined>
    if (detail === undefined || detail === user) forget()
  }

  const listen = (change: 'addEventListener' | 'removeEventListener'): void => {
    if (!inBrowser()) return
    window[change]('storage', onStorage as EventListener)
    window[change](WIPED, onWiped)
    window[change]('pagehide', keep)
    document[change]('visibilitychange', keep)
  }

  return {
    get: (room) => live.get(room) ?? NOTHING,
    settled: (room) => settled.get(room),
    patch(room, change) {
      put(room, { ...(live.get(room) ?? NOTHING), ...change })
      // An edit alone is nothing to keep.
      if ('text' in change || 'reply' in change || 'mentions' in change) keepSoon(room)
      if (change.text === '' || 'reply' in change) keep()
    },
    hold(room) {
      held.set(room, (held.get(room) ?? 0) + 1)
      return () => {
        const count = (held.get(room) ?? 1) - 1
        if (count > 0) held.set(room, count)
        else held.delete(room)
        keep()
      }
    },
    setUser(next) {
      if (next === user || next === undefined) return
      const before = user
      keep()
      if (before !== undefined && isGuest) {
        for (const room of live.keys()) {
          shelf?.write({ user: before, address }, room, undefined)
          unkept.add(room)
        }
      } else if (before !== undefined) forget()
      user = next
      load()
    },
    start() {
      if (isStarted) return
      isStarted = true
      listen('addEventListener')
      load()
    },
    wipe() {
      for (const room of [...live.keys(), ...settled.keys()]) {
        const of = owner()
        if (of) shelf?.write(of, room, undefined)
      }
      forget()
    },
    dispose() {
      keep()
      if (isStarted) listen('removeEventListener')
    },
  }
}
