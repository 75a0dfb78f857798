/** What the inspector says of a session. Pure: asked when somebody looks. */
import type { ConnectionState, RoomSnapshot } from '../core/index.ts'
import { maskText, maskUrl } from './frame-text.ts'
import type { DevtoolsSubject } from './subject.ts'

export interface InspectedSession {
  readonly id: string
  readonly subject: DevtoolsSubject
  /** What the server told of the rooms since the tools were opened. */
  readonly entered: ReadonlyMap<string, Pick<RoomSnapshot, 'epoch' | 'top'>>
}

type Severity = 'good' | 'busy' | 'bad' | 'off'

const SEVERITY: Readonly<Record<ConnectionState, Severity>> = {
  idle: 'off',
  connecting: 'busy',
  handshaking: 'busy',
  connected: 'good',
  probing: 'busy',
  waiting: 'busy',
  offline: 'bad',
  closed: 'off',
  failed: 'bad',
}

const COLOURS: Readonly<Record<Severity, readonly [text: number, background: number]>> = {
  good: [0x0b3d20, 0x9be7b4],
  busy: [0x4a3500, 0xffd57a],
  bad: [0x5c0011, 0xffa8b0],
  off: [0x333333, 0xdddddd],
}

export const severityOf = (state: ConnectionState): Severity => SEVERITY[state]

/** `undefined` while it is not known; a socket knows better than the option did. */
export const addressOf = ({ session, url }: DevtoolsSubject): string | undefined => {
  const socket = session.socket() as { readonly url?: unknown } | undefined
  const address = typeof socket?.url === 'string' ? socket.url : url
  return address === undefined ? undefined : maskUrl(address)
}

const shortAddressOf = (subject: DevtoolsSubject): string | undefined =>
  addressOf(subject)?.replace(/^\w+:\/\//, '').replace(/\?.*/, '')

export const nodeOf = ({ id, subject }: InspectedSession) => {
  const { state } = subject.session.snapshot()
  const [textColor, backgroundColor] = COLOURS[SEVERITY[state]]
  return {
    id,
    label: [subject.name, shortAddressOf(subject)].filter(Boolean).join(' '),
    tags: [{ label: state, textColor, backgroundColor }],
  }
}

const timeOf = (at: number | undefined): string => (at === undefined ? 'none' : new Date(at).toISOString())
const msOf = (ms: number | undefined): string => (ms === undefined ? 'unknown' : `${ms} ms`)

/** In groups, each a list of `{ key, value }`. */
export const stateOf = ({ subject, entered }: InspectedSession) => {
  const { session } = subject
  const { state, cause, attempt, retryAt, error, latencyMs, lastReceivedAt, pendingCount, heartbeat, user, rooms, badFrames } =
    session.snapshot()
  const store = subject.store?.()
  const known = store?.state.rooms
  const names = new Set([...rooms.map(({ room }) => room), ...entered.keys(), ...(known?.keys() ?? [])])
  return {
    connection: entries({
      state,
      cause: cause ? { ...cause, ...(cause.reason !== undefined && { reason: maskText(cause.reason) }) } : 'none',
      attempt,
      retryAt: timeOf(retryAt),
      error: error ? { code: error.code, message: maskText(error.message) } : 'none',
      address: addressOf(subject) ?? 'unknown',
    }),
    health: entries({ heartbeat, latency: msOf(latencyMs), lastReceivedAt: timeOf(lastReceivedAt), pendingCount, badFrames }),
    identity: entries({ user: user ?? 'unknown', capabilities: session.capabilities }),
    rooms: [...names].map((room) => {
      const inStore = known?.get(room)
      const told = entered.get(room)
      const seq = inStore?.isKnown ? inStore.top : told?.top
      return {
        key: room,
        value: { seq: seq ?? 'unknown', epoch: inStore?.epoch ?? told?.epoch ?? 'unknown', ...(inStore && { messages: inStore.messages.length }) },
      }
    }),
    ...(known && {
      store: entries({ rooms: known.size, messages: [...known.values()].reduce((sum, { messages }) => sum + messages.length, 0) }),
    }),
  }
}

const entries = (values: Readonly<Record<string, unknown>>) => Object.entries(values).map(([key, value]) => ({ key, value }))
