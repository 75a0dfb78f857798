import { shallowRef, type ShallowRef } from 'vue'
import { ChatError, type Result, type SessionRequests, type Unsubscribe } from '../core/index.ts'
import { withFeatures } from '../stores/index.ts'
import type { ChatContext } from './keys.ts'

type Listed = Result<{ readonly listing: SessionRequests['create']['answer']['listing'] }>

/** The rooms of an app, as the server lists them: asked for while somebody shows a list, and again on each connection. */
export interface RoomDirectory {
  /** The room that was opened last; a list may hold none. */
  readonly opened: ShallowRef<string | undefined>
  readonly isLoading: ShallowRef<boolean>
  /** Why there is no list. */
  readonly error: ShallowRef<ChatError | undefined>
  canMember(): boolean
  /** Keeps the list up to date. @returns ends it */
  want(): Unsubscribe
  refresh(): Promise<void>
  ask<W extends keyof SessionRequests>(what: W, request: SessionRequests[W]['ask']): Promise<Result<SessionRequests[W]['answer']>>
  /** Asks for something that brings a room, which is on the list then. */
  bring<W extends 'create' | 'direct' | 'enrol' | 'invite' | 'rename'>(what: W, request: SessionRequests[W]['ask']): Promise<Listed>
}

const directories = new WeakMap<ChatContext, RoomDirectory>()

export const roomDirectory = (chat: ChatContext): RoomDirectory => {
  const known = directories.get(chat) ?? createDirectory(chat)
  directories.set(chat, known)
  return known
}

const createDirectory = (chat: ChatContext): RoomDirectory => {
  const { session } = chat
  const opened = shallowRef<string>()
  const isLoading = shallowRef(false)
  const error = shallowRef<ChatError>()
  let wants = 0
  let off: Unsubscribe | undefined
  let connection = 0

  const canMember = (): boolean => withFeatures(session.capabilities, session.snapshot().features).membership

  const ask: RoomDirectory['ask'] = (what, request) =>
    canMember()
      ? session.ask(what, request)
      : Promise.resolve({ ok: false, error: new ChatError('unsupported', 'This server keeps no rooms of one\'s own.') })

  const refresh = async (): Promise<void> => {
    if (!canMember() || !session.snapshot().user) return
    const at = ++connection
    isLoading.value = true
    const result = await session.ask('rooms', {})
    // A later one tells more.
    if (at !== connection) return
    isLoading.value = false
    error.value = result.ok || result.error.code === 'not_connected' ? undefined : result.error
    if (result.ok) chat.store().dispatch({ type: 'listings', rooms: result.value.rooms })
  }

  return {
    opened,
    isLoading,
    error,
    canMember,
    want() {
      if (wants++ === 0) {
        off = session.on('welcome', () => queueMicrotask(() => void refresh()))
        const { state } = session.snapshot()
        if (state === 'connected' || state === 'probing') void refresh()
      }
      return () => {
        if (--wants > 0) return
        off?.()
        connection++
        isLoading.value = false
      }
    },
    refresh,
    ask,
    async bring(what, request) {
      const result = (await ask(what, request)) as Listed
      if (result.ok) chat.store().dispatch({ type: 'listing', payload: result.value.listing })
      return result
    },
  }
}
