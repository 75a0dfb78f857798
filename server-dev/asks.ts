/** What a client may ask beside messages. Each handler answers at once or names what is wrong. */
import type { ErrorCode } from '../src/protocol/error-codes.ts'
import type { Requests } from '../src/protocol/requests.ts'
import type { Chat } from './chat.ts'
import type { Member } from './hub.ts'
import { ROOM_ASKS } from './rooms/asks.ts'
import { search } from './search.ts'

export interface AskContext {
  readonly chat: Chat
  readonly member: Member
  /** Brings a wish for a page size into what the server allows. */
  pageLimit(asked: number | undefined): number
}

export type Asked<W extends keyof Requests> = (
  ask: Requests[W]['ask'],
  context: AskContext,
) => { readonly ok: true; readonly answer: Requests[W]['answer'] } | { readonly ok: false; readonly code: ErrorCode }

/** Those that this server knows; it tells them in the features of its greeting. */
export const ASKS: { readonly [W in keyof Requests]?: Asked<W> } = { ...ROOM_ASKS, search }
