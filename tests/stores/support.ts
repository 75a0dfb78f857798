import { apply } from '../../src/stores/room-state.ts'
import { EMPTY_CHAT, type ChatState, type ChatStoreEvent } from '../../src/stores/room-types.ts'
import type { ChatUser, ReceivedMessage, RoomSnapshot } from '../../src/core/index.ts'

export const ada: ChatUser = { id: 'u1', name: 'Ada' }
export const bob: ChatUser = { id: 'u2', name: 'Bob' }

export const welcome = (user = ada): ChatStoreEvent => ({
  type: 'welcome',
  payload: { user, rooms: [{ room: 'general', title: 'General' }] },
})

export const entered = (changes: Partial<RoomSnapshot> = {}): ChatStoreEvent => ({
  type: 'entered',
  payload: {
    room: 'general',
    title: 'General',
    epoch: 'e1',
    top: 0,
    first: 1,
    recovered: false,
    members: [ada, bob],
    count: 2,
    ...changes,
  },
})

/** What the server has at this place of the log: odd seqs are Bob's, even ones Ada's. */
export const stored = (seq: number, changes: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
  room: 'general',
  seq,
  clientId: `c${seq}`,
  author: seq % 2 === 0 ? ada : bob,
  body: `message ${seq}`,
  createdAt: 1_000 + seq,
  ...changes,
})

export const message = (seq: number, changes: Partial<ReceivedMessage> = {}): ChatStoreEvent => ({
  type: 'message',
  payload: stored(seq, changes),
})

export const queued = (clientId: string, body = clientId): ChatStoreEvent => ({
  type: 'queued',
  payload: { room: 'general', clientId, body, createdAt: 5 },
})

export const acked = (clientId: string, seq: number): ChatStoreEvent => ({
  type: 'acked',
  payload: { room: 'general', clientId, seq, createdAt: 1_000 + seq },
})

export const history = (seqs: readonly number[], more: boolean, before?: number): ChatStoreEvent => ({
  type: 'history',
  page: { room: 'general', messages: seqs.map((seq) => stored(seq)), more },
  before,
})

export const play = (...events: readonly ChatStoreEvent[]): ChatState => apply(EMPTY_CHAT, events)
export const room = (state: ChatState, name = 'general') => state.rooms.get(name)!
export const seqs = (state: ChatState) => room(state).messages.map((row) => row.seq)
export const keys = (state: ChatState) => room(state).messages.map((row) => row.key)
