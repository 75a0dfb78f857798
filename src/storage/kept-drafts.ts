/** Drafts on disk: one entry of the browser's local storage per person, server and room, which other tabs hear of. */
import type { ChatUser } from '../core/index.ts'

/** What is shown of the message that a draft answers. */
export interface DraftReply {
  readonly seq: number
  readonly author: ChatUser
  /** Its beginning. */
  readonly body: string
}

export interface KeptDraft {
  readonly text: string
  readonly reply?: DraftReply | undefined
  /** Who was picked to be spoken to. */
  readonly mentions?: readonly ChatUser[] | undefined
}

export interface DraftOwner {
  readonly user: string
  /** Tells servers of one page apart. */
  readonly address: string
}

export interface DraftShelf {
  readAll(owner: DraftOwner): ReadonlyMap<string, KeptDraft>
  /** @param draft undefined removes it */
  write(owner: DraftOwner, room: string, draft: KeptDraft | undefined): void
  /** The room that an entry of this person is for. */
  roomOf(owner: DraftOwner, key: string): string | undefined
}

const PREFIX = 'vue-chat-socket:draft:'
/** Before what somebody has read, by person and server, where no server is told. */
export const READS = 'vue-chat-socket:read:'
/** Told in the page where drafts were wiped: storage events reach other pages only. The detail is the user. */
export const WIPED = 'vue-chat-socket:wiped'

/** The oldest ones beyond these go: number of all, and age in milliseconds. */
export const MAX_DRAFTS = 50
export const MAX_AGE_MS = 30 * 86_400_000
/** UTF-16 units of one text that are kept; its rest lives as long as the page. */
export const MAX_LENGTH = 50_000

/** Where the browser refuses its storage (private mode, a sandbox) there is none. */
export const localShelf = (): Storage | undefined => {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

const keyOf = ({ user, address }: DraftOwner, room: string): string =>
  PREFIX + [user, address, room].map(encodeURIComponent).join(':')

/** @param now milliseconds since 1970 */
export const createDraftShelf = (storage: Storage, now: () => number): DraftShelf => {
  const entries = (): readonly { readonly key: string; readonly draft: KeptDraft; readonly at: number }[] =>
    keysOf(storage).flatMap((key) => {
      const value = parse(storage.getItem(key))
      if (value) return [{ key, ...value }]
      storage.removeItem(key)
      return []
    })

  const sweep = (spare: number): void => {
    const byAge = entries().toSorted((a, b) => b.at - a.at)
    byAge.forEach(({ key, at }, index) => {
      if (index >= MAX_DRAFTS - spare || now() - at > MAX_AGE_MS) storage.removeItem(key)
    })
  }

  const roomOf = (owner: DraftOwner, key: string): string | undefined => {
    const start = keyOf(owner, '')
    return key.startsWith(start) ? decodeOr(key.slice(start.length)) : undefined
  }

  return {
    roomOf,
    readAll(owner) {
      const all = new Map<string, KeptDraft>()
      attempt(() => {
        sweep(0)
        for (const { key, draft } of entries()) {
          const room = roomOf(owner, key)
          if (room !== undefined) all.set(room, draft)
        }
      })
      return all
    },
    write(owner, room, draft) {
      const key = keyOf(owner, room)
      attempt(() => {
        if (!draft) return storage.removeItem(key)
        if (storage.getItem(key) === null) sweep(1)
        const value = JSON.stringify({ v: 1, at: now(), ...draft, text: draft.text.slice(0, MAX_LENGTH) })
        // A full disk is mostly full of others; what is ours and old makes room first.
        if (!attempt(() => storage.setItem(key, value))) {
          sweep(MAX_DRAFTS - 5)
          storage.setItem(key, value)
        }
      })
    },
  }
}

/** Forgets the drafts of a user, or of everybody, and what they have read: for signing out. Other tabs forget drafts too. */
export const wipeDrafts = (user?: string): void => {
  const storage = localShelf()
  const whose = user === undefined ? '' : `${encodeURIComponent(user)}:`
  const wipe = (prefix: string): void => keysOf(storage!, prefix + whose).forEach((key) => storage!.removeItem(key))
  if (storage) attempt(() => [PREFIX, READS].forEach(wipe))
  if (typeof window !== 'undefined') window.dispatchEvent(new CustomEvent(WIPED, { detail: user }))
}

const keysOf = (storage: Storage, start = PREFIX): readonly string[] =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) => key.startsWith(start))

/** @returns undefined for what is not a draft of ours */
export const parseDraft = (text: string | null): KeptDraft | undefined => parse(text)?.draft

const parse = (text: string | null): { readonly draft: KeptDraft; readonly at: number } | undefined => {
  try {
    const { v, at, text: body, reply, mentions } = JSON.parse(text ?? '') as Record<string, unknown>
    if (v !== 1 || typeof at !== 'number' || typeof body !== 'string') return undefined
    return {
      at,
      draft: {
        text: body,
        ...(isReply(reply) && { reply }),
        ...(Array.isArray(mentions) && { mentions: mentions.filter(isUser) }),
      },
    }
  } catch {
    return undefined
  }
}

const isUser = (value: unknown): value is ChatUser => {
  const { id, name } = (value ?? {}) as Record<string, unknown>
  return typeof id === 'string' && typeof name === 'string'
}

const isReply = (value: unknown): value is DraftReply => {
  const { seq, author, body } = (value ?? {}) as Record<string, unknown>
  return Number.isSafeInteger(seq) && typeof body === 'string' && isUser(author)
}

const decodeOr = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** @returns whether the storage took it */
const attempt = (work: () => void): boolean => {
  try {
    work()
    return true
  } catch {
    return false
  }
}
