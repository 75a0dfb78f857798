/** Who is measured, with which page, server and settings. */
import { fileURLToPath } from 'node:url'
import type { PageConfig } from './pages/contract.ts'

export interface DeliverySubject {
  readonly name: string
  readonly page: string
  /** A script and its arguments. */
  readonly server: readonly string[]
  /** For the table. */
  readonly settings: string
  readonly serverSettings: string
  /** What the page of one person must be told besides the address. @param url `http:` address of the server */
  readonly configure?: (url: string, name: string) => Promise<Partial<PageConfig>>
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const RELAY = [at('./servers/relay.ts')]
const RELAY_SETTINGS = 'stores each message, then passes it on; no replay, because nothing asks for it'

const signIn = async (url: string, name: string): Promise<Partial<PageConfig>> => {
  const response = await fetch(`${url}/chat/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  if (!response.ok) throw new Error(`The sign-in was answered ${String(response.status)}.`)
  const { token, user } = (await response.json()) as Required<Pick<PageConfig, 'token' | 'user'>>
  return { token, user }
}

export const SUBJECTS: readonly DeliverySubject[] = [
  {
    name: '**vue-chat-socket**',
    page: 'ours',
    server: [at('../../server-dev/main.ts'), '--origin', '*', '--quiet'],
    settings: '`createChat` with `storage: indexedDbStorage()`, `useChatRoom`; all else as by default',
    serverSettings: 'ours, as by default',
    configure: signIn,
  },
  {
    name: '`useWebSocket` and an array',
    page: 'use-web-socket',
    server: RELAY,
    settings: '`heartbeat: true`, `autoReconnect: true`; what is said while not `OPEN` waits in an array for `onConnected`',
    serverSettings: RELAY_SETTINGS,
  },
  {
    name: '`partysocket`',
    page: 'partysocket',
    server: RELAY,
    settings: 'defaults, its own unlimited buffer among them',
    serverSettings: RELAY_SETTINGS,
  },
  {
    name: 'Socket.IO, recovery and retries',
    page: 'socket-io',
    server: [at('./servers/socket-io.ts')],
    settings: "`retries: 3`, `ackTimeout: 10000`, `transports: ['websocket']`",
    serverSettings: '`connectionStateRecovery: {}`; stores, emits, answers',
  },
  {
    name: 'Socket.IO, as its tutorial ends',
    page: 'socket-io',
    server: [at('./servers/socket-io.ts'), '--offsets'],
    settings: 'the same; an id per message (a UUID), and the offset of the last message in `auth`',
    serverSettings: 'the same; a unique column for the id, and a replay by offset where recovery failed',
    configure: () => Promise.resolve({ withOffsets: true }),
  },
]
