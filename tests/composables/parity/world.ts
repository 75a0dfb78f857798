import { useWebSocket } from '@vueuse/core'
import { afterEach, beforeEach, vi } from 'vitest'
import { shallowRef, type Ref, type ShallowRef } from 'vue'
import { rawDialect, useChatSocket } from '../../../src/index.ts'
import { mount } from '../support.ts'
import { FakeWebSocket } from './fake-web-socket.ts'

type Handler = (...args: never[]) => void

/** What both take. */
export interface CommonOptions {
  readonly onConnected?: (ws: WebSocket) => void
  readonly onDisconnected?: (ws: WebSocket, event: CloseEvent) => void
  readonly onMessage?: (ws: WebSocket, event: MessageEvent) => void
  readonly onError?: Handler
  readonly heartbeat?: boolean | object
  readonly autoReconnect?:
    | boolean
    | { readonly retries?: number | ((retried: number) => boolean); readonly delay?: number | ((retries: number) => number); readonly onFailed?: () => void }
  readonly immediate?: boolean
  readonly autoConnect?: boolean
  readonly autoClose?: boolean
  readonly protocols?: string[]
}

/** What both return. */
export interface CommonReturn {
  readonly data: Readonly<Ref<unknown>>
  readonly status: Readonly<Ref<string>>
  readonly ws: Readonly<Ref<WebSocket | undefined>>
  open(): void
  close(code?: number, reason?: string): void
  send(data: string | ArrayBuffer | Blob, useBuffer?: boolean): boolean
}

type Url = string | Readonly<ShallowRef<string | undefined>>

export interface Peer {
  readonly name: 'useWebSocket' | 'useChatSocket'
  use(url: Url, options: CommonOptions): CommonReturn
}

export const PEERS: readonly [Peer, Peer] = [
  { name: 'useWebSocket', use: (url, options) => useWebSocket(url, options as never) },
  { name: 'useChatSocket', use: (url, options) => useChatSocket(url, { dialect: rawDialect(), random: () => 0.5, ...(options as object) }) },
]

/** A page that uses one of them. */
export interface World {
  readonly socket: CommonReturn
  readonly url: ShallowRef<string | undefined>
  /** What the handlers were told, in order. */
  readonly told: readonly string[]
  /** The sockets that were made, by address. */
  urls(): readonly string[]
  /** Number of a socket, from 0. */
  numberOf(ws: unknown): number
  wait(ms: number): Promise<void>
  unmount(): void
}

const nameOf = (event: MessageEvent | CloseEvent): string =>
  event instanceof CloseEvent
    ? [event.code, event.reason, event.wasClean && 'clean'].filter(Boolean).join(' ')
    : String(event.data)

export const openWorld = (peer: Peer, options: CommonOptions = {}, address: string | undefined = 'ws://test/'): World => {
  const told: string[] = []
  const url = shallowRef(address)
  const numberOf = (ws: unknown): number => FakeWebSocket.made.indexOf(ws as FakeWebSocket)
  const { result: socket, unmount } = mount(() =>
    peer.use(url, {
      onConnected: (ws) => told.push(`connected ${numberOf(ws)}`),
      onDisconnected: (ws, event) => told.push(`disconnected ${numberOf(ws)} ${nameOf(event)}`),
      onMessage: (ws, event) => told.push(`message ${numberOf(ws)} ${nameOf(event)}`),
      onError: (ws: WebSocket) => told.push(`error ${numberOf(ws)}`),
      ...options,
    }),
  )
  return {
    socket,
    url,
    told,
    urls: () => FakeWebSocket.made.map((made) => made.url),
    numberOf,
    wait: async (ms) => {
      await vi.advanceTimersByTimeAsync(ms)
    },
    unmount,
  }
}

/** What somebody does with one of the two, and what they see. */
export type Play = (peer: Peer) => Promise<unknown>

export const run = async (peer: Peer, play: Play): Promise<unknown> => {
  FakeWebSocket.made = []
  return play(peer)
}

export const connected = async (peer: Peer, options?: CommonOptions): Promise<World> => {
  const world = openWorld(peer, options)
  FakeWebSocket.last.accept()
  await world.wait(0)
  return world
}

/** Answers each ping until the time is over. */
export const beat = async (world: World, ms: number, answer: (ping: unknown) => unknown): Promise<void> => {
  let heard = 0
  for (let passed = 0; passed < ms; passed += 100) {
    await world.wait(100)
    for (const ping of FakeWebSocket.last.sent.slice(heard)) FakeWebSocket.last.say(answer(ping))
    heard = FakeWebSocket.last.sent.length
  }
}
/** What both show, in `seen`. */
export type Scenario = readonly [title: string, play: Play, seen: unknown]

/** Time and sockets are ours for every test of the file. */
export const useFakeSockets = (): void => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('WebSocket', FakeWebSocket)
    FakeWebSocket.made = []
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })
}
