import { effectScope, getCurrentInstance, getCurrentScope, onScopeDispose, shallowReadonly, shallowRef, type EffectScope, type ShallowRef } from 'vue'
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
import { closeEvent, isCleanClose, messageEvent, NORMAL } from './socket-events.ts'
import { useChat } from './useChat.ts'
import { fixedUrl, type SocketUrl } from './watched-url.ts'

/** Called with the raw socket first, as in VueUse's `useWebSocket`. */
export interface ChatSocketCallbacks {
  /** The server has accepted us, for the first time or again. */
  readonly onConnected?: (ws: WebSocket) => void
  /** A connection that was up is gone. Called at once; a link that we gave up ourselves has the code 1006. */
  readonly onDisconnected?: (ws: WebSocket, event: CloseEvent) => void
  /** Every failure, except a connection that was up and that the server closed with a code. */
  readonly onError?: (ws: WebSocket | undefined, error: ChatError) => void
  /** Once for each frame, in order; `data` keeps only the latest. */
  readonly onMessage?: (ws: WebSocket, event: MessageEvent) => void
}

export interface UseChatSocketOptions extends ConnectionOptions, ChatSocketCallbacks {
  /** Connects as soon as the component is mounted; at once outside of a component. @default true */
  readonly immediate?: boolean
  /** Connects again when the reactive url changes; not after a `close()`. @default true */
  readonly autoConnect?: boolean
  /** Ends the connection with the effect scope. @default true */
  readonly autoClose?: boolean
}

export interface UseChatSocketReturn<Data = unknown> extends SessionRefs, BrowserHooks {
  /** The latest frame as it came; `null` before the first. */
  readonly data: Readonly<ShallowRef<Data | null>>
  /** The raw socket, while there is one. */
  readonly ws: Readonly<ShallowRef<WebSocket | undefined>>
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
  /** Gives the present socket up as if it were dead, and comes back. */
  terminate(reason?: string): void
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
 * @typeParam Data what a frame is, such as `string`; nothing checks it
 * @throws ChatUsageError for options that can never work, and without a url in an app that has no chat
 */
export function useChatSocket<Data = unknown>(): UseChatSocketReturn<Data>
export function useChatSocket<Data = unknown>(
  url: undefined,
  options?: ChatSocketCallbacks & Pick<UseChatSocketOptions, 'immediate'>,
): UseChatSocketReturn<Data>
export function useChatSocket<Data = unknown>(url: SocketUrl, options?: UseChatSocketOptions): UseChatSocketReturn<Data>
export function useChatSocket<Data>(url?: SocketUrl, options: UseChatSocketOptions = {}): UseChatSocketReturn<Data> {
  return url === undefined ? appSocket<Data>(options) : ownSocket<Data>(url, options)
}

const appSocket = <Data>(options: UseChatSocketOptions): UseChatSocketReturn<Data> => {
  const chat = useChat('useChatSocket()')
  const misplaced = Object.keys(options).find((name) => CONNECTION_OPTION_NAMES.includes(name))
  if (misplaced !== undefined) {
    throw new ChatUsageError(
      `useChatSocket() without a url shares the app's connection, so \`${misplaced}\` belongs into createChat({ ${misplaced} }).`,
    )
  }
  checkOptionNames('useChatSocket() without a url', options, [...CALLBACKS, 'immediate'])
  const scope = getCurrentScope() ?? effectScope(true)
  const socket = scope.run(() => faceOf<Data>(chat, chat, options, scope))!
  if (options.immediate !== false) whenMounted(chat.connect)
  return socket
}

const ownSocket = <Data>(url: SocketUrl, options: UseChatSocketOptions): UseChatSocketReturn<Data> => {
  checkOptionNames('useChatSocket()', options, [...CONNECTION_OPTION_NAMES, ...SWITCHES, ...CALLBACKS])
  const { immediate = true, autoConnect = true, autoClose = true } = options
  const scope = effectScope(true)
  const socket = scope.run(() => {
    const managed = manageSession(url, options, autoConnect)
    const face = faceOf<Data>(managed, useBrowserHooks(managed.session), options, scope)
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

const faceOf = <Data>(
  { session, open, close }: Pick<ManagedSession, 'session' | 'open' | 'close'>,
  hooks: BrowserHooks,
  callbacks: ChatSocketCallbacks,
  scope: EffectScope,
): UseChatSocketReturn<Data> => {
  const { refs, socket } = mirrorSession(session)
  const data = shallowRef<Data | null>(null)

  const on: UseChatSocketReturn<Data>['on'] = (event, listener) => {
    const off = session.on(event, listener)
    if (scope.active) scope.run(() => onScopeDispose(off))
    return off
  }

  const { onConnected, onDisconnected, onError, onMessage } = callbacks
  /** Of the attempt that the event at hand belongs to; the session may be further. */
  let ws = session.socket() as WebSocket | undefined
  let isUp = UP.includes(session.snapshot().state)
  let ours = NORMAL
  on('transition', ({ from, to, cause }) => {
    const was = ws
    if (to === 'connecting') ws = undefined
    ws = (session.socket() as WebSocket | undefined) ?? ws
    isUp = UP.includes(to)
    if (isUp && !UP.includes(from)) {
      ours = NORMAL
      onConnected?.(ws!)
    }
    if (UP.includes(from) && !isUp) onDisconnected?.(was!, closeEvent(cause, ours))
  })
  on('data', (frame) => {
    data.value = frame as Data
    onMessage?.(ws!, messageEvent(frame))
  })
  if (onError) {
    on('error', (error) => {
      if (!isUp || !isCleanClose(error)) onError(ws, error)
    })
  }

  return {
    ...refs,
    online: hooks.online,
    visible: hooks.visible,
    data: shallowReadonly(data),
    ws: shallowReadonly(socket),
    open,
    close(code = NORMAL.code, reason = NORMAL.reason) {
      ours = { code, reason }
      close(code, reason)
    },
    send: (frame, useBuffer) => session.sendRaw(frame, useBuffer),
    reconnect: () => session.reconnect(),
    terminate: (reason) => session.terminate(reason),
    on,
    session,
  }
}
