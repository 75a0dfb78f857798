import { effectScope, getCurrentInstance, getCurrentScope, onScopeDispose, shallowReadonly, shallowRef, type EffectScope, type Ref, type ShallowRef } from 'vue'
import {
  ChatUsageError,
  type ChatError,
  type Session,
  type SessionEvent,
  type SessionEventMap,
  type Unsubscribe,
} from '../core/index.ts'
import { showInDevtools } from '../devtools/show.ts'
import { useBrowserHooks, type BrowserHooks } from './browser-hooks.ts'
import { whenMounted } from './environment.ts'
import { checkOptionNames, CONNECTION_OPTION_NAMES, type ConnectionOptions } from './make-session.ts'
import { manageSession, type ManagedSession } from './managed-session.ts'
import { mirrorSession, type SessionRefs } from './session-refs.ts'
import { useChat } from './useChat.ts'
import { fixedUrl, type SocketUrl } from './watched-url.ts'

/** Called with the raw socket first, as in VueUse's `useWebSocket`. */
export interface ChatSocketCallbacks {
  /** The server has accepted us, for the first time or again. */
  readonly onConnected?: (ws: WebSocket) => void
  /** A connection that was up is gone. */
  readonly onDisconnected?: (ws: WebSocket, event: { readonly code: number | undefined; readonly reason: string }) => void
  readonly onError?: (ws: WebSocket, error: ChatError) => void
  /** Once for each frame, in order; `data` keeps only the latest. */
  readonly onMessage?: (ws: WebSocket, event: { readonly data: unknown }) => void
}

export interface UseChatSocketOptions extends ConnectionOptions, ChatSocketCallbacks {
  /** Connects as soon as the component is mounted; at once outside of a component. @default true */
  readonly immediate?: boolean
  /** Connects again when the reactive url changes; not after a `close()`. @default true */
  readonly autoConnect?: boolean
  /** Ends the connection with the effect scope. @default true */
  readonly autoClose?: boolean
}

export interface UseChatSocketReturn extends SessionRefs, BrowserHooks {
  /** The latest frame as it came; `null` before the first. */
  readonly data: Readonly<ShallowRef<unknown>>
  /** The raw socket. */
  readonly ws: Readonly<Ref<WebSocket | undefined>>
  /** Connects; replaces a present socket. Undoes a `close()`. */
  open(): void
  /** Disconnects and stays so until `open()` or `reconnect()`. @param code 1000 or 3000-4999 @default 1000 */
  close(code?: number, reason?: string): void
  /**
   * Hands raw data to the wire, past the outbox; people's messages go through `useChatRoom().send`.
   * @param useBuffer keeps it for the next connection when there is none @default true
   * @returns whether an open socket took it
   */
  send(data: string | ArrayBuffer | Blob, useBuffer?: boolean): boolean
  /** Tries at once; a person's "Retry now". */
  reconnect(): void
  /** Listens until the effect scope ends, or the returned function is called. */
  on<E extends SessionEvent>(event: E, listener: (payload: SessionEventMap[E]) => void): Unsubscribe
  readonly session: Session
}

const CALLBACKS = ['onConnected', 'onDisconnected', 'onError', 'onMessage'] as const
const SWITCHES = ['immediate', 'autoConnect', 'autoClose'] as const

/**
 * A connection as refs and commands. Names follow VueUse's `useWebSocket` where the meaning is the same.
 * With a url it is a connection of its own that ends with the effect scope; it needs no plugin and no Pinia.
 * Without, it is the app's. Never connects outside of a browser.
 * @throws ChatUsageError for options that can never work, and without a url in an app that has no chat
 */
export function useChatSocket(): UseChatSocketReturn
export function useChatSocket(url: undefined, options?: ChatSocketCallbacks & Pick<UseChatSocketOptions, 'immediate'>): UseChatSocketReturn
export function useChatSocket(url: SocketUrl, options?: UseChatSocketOptions): UseChatSocketReturn
export function useChatSocket(url?: SocketUrl, options: UseChatSocketOptions = {}): UseChatSocketReturn {
  return url === undefined ? appSocket(options) : ownSocket(url, options)
}

const appSocket = (options: UseChatSocketOptions): UseChatSocketReturn => {
  const chat = useChat('useChatSocket()')
  const misplaced = Object.keys(options).find((name) => CONNECTION_OPTION_NAMES.includes(name))
  if (misplaced !== undefined) {
    throw new ChatUsageError(
      `useChatSocket() without a url shares the app's connection, so \`${misplaced}\` belongs into createChat({ ${misplaced} }).`,
    )
  }
  checkOptionNames('useChatSocket() without a url', options, [...CALLBACKS, 'immediate'])
  const scope = getCurrentScope() ?? effectScope(true)
  const socket = scope.run(() => faceOf(chat, chat, options, scope))!
  if (options.immediate !== false) whenMounted(chat.connect)
  return socket
}

const ownSocket = (url: SocketUrl, options: UseChatSocketOptions): UseChatSocketReturn => {
  checkOptionNames('useChatSocket()', options, [...CONNECTION_OPTION_NAMES, ...SWITCHES, ...CALLBACKS])
  const { immediate = true, autoConnect = true, autoClose = true } = options
  const scope = effectScope(true)
  const socket = scope.run(() => {
    const managed = manageSession(url, options, autoConnect)
    const face = faceOf(managed, useBrowserHooks(managed.session), options, scope)
    if (process.env.NODE_ENV !== 'production') {
      const { session, close } = managed
      showInDevtools(getCurrentInstance()?.appContext.app, { name: 'useChatSocket', session, url: fixedUrl(url), close })
    }
    managed.prepare()
    if (immediate) whenMounted(() => scope.active && managed.open())
    return face
  })!
  if (autoClose && getCurrentScope()) onScopeDispose(() => scope.stop())
  return socket
}

const UP = ['connected', 'probing']

const faceOf = (
  { session, open, close }: Pick<ManagedSession, 'session' | 'open' | 'close'>,
  hooks: BrowserHooks,
  callbacks: ChatSocketCallbacks,
  scope: EffectScope,
): UseChatSocketReturn => {
  const { refs, socket } = mirrorSession(session)
  const data = shallowRef<unknown>(null)

  const on: UseChatSocketReturn['on'] = (event, listener) => {
    const off = session.on(event, listener)
    if (scope.active) scope.run(() => onScopeDispose(off))
    return off
  }

  const raw = (): WebSocket => (session.socket() ?? socket.value) as WebSocket
  const { onConnected, onDisconnected, onError, onMessage } = callbacks
  on('data', (frame) => {
    data.value = frame
    onMessage?.(raw(), { data: frame })
  })
  if (onError) on('error', (error) => onError(raw(), error))
  let last: WebSocket | undefined
  on('transition', ({ from, to, cause }) => {
    if (UP.includes(to) && !UP.includes(from)) {
      last = raw()
      onConnected?.(last)
    }
    if (UP.includes(from) && !UP.includes(to)) {
      onDisconnected?.(last ?? raw(), { code: cause?.closeCode, reason: cause?.reason ?? '' })
    }
  })

  return {
    ...refs,
    online: hooks.online,
    visible: hooks.visible,
    data: shallowReadonly(data),
    ws: shallowReadonly(socket),
    open,
    close,
    send: (frame, useBuffer) => session.sendRaw(frame, useBuffer),
    reconnect: () => session.reconnect(),
    on,
    session,
  }
}
