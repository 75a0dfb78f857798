/** What an accepted client may ask, and the answers. */
import { contentFault } from '../src/protocol/content.ts'
import { encode } from '../src/protocol/encode.ts'
import { ERROR_CODES, type ErrorCode } from '../src/protocol/error-codes.ts'
import type { EventKind, RoomEvent } from '../src/protocol/entities.ts'
import type { ClientFrame, FrameOf, ServerFrame } from '../src/protocol/frames.ts'
import type { Requests } from '../src/protocol/requests.ts'
import { MAX_REACTION_LENGTH } from '../src/protocol/limits.ts'
import { ASKS, type Asked } from './asks.ts'
import type { Chat } from './chat.ts'
import type { Member } from './hub.ts'
import { decideResume, mergeEvents } from './log-position.ts'
import { mayEnter, maySend, permissionsOf } from './rooms/access.ts'
import { OWN_PREFIX } from './rooms/tables.ts'
import { createBucket, createSendGate, createStrikes } from './rate-limit.ts'
import type { Seat } from './room.ts'
import type { NewMessage, StoredRoom } from './store.ts'

/** Requests beside messages: a reconnect enters all its rooms at once. */
const REQUEST_RATE = { perSecond: 20, burst: 300 }
const TYPING_RATE = { perSecond: 2, burst: 6 }
const PENALTY_MS = 1_000
const INFLIGHT_PENALTY_MS = 250
const FLOOD = { refusals: 300, windowMs: 10_000 }
const MAX_ROOMS = 10_000
const MAX_MEMBERS_TOLD = 1_000

export interface Commands {
  handle(frame: Exclude<ClientFrame, { type: 'hello' | 'auth' }>): void
  fail(code: ErrorCode, details?: { id?: number | undefined; clientId?: string | undefined; afterMs?: number; message?: string }): void
}

// SQLite stores UTF-8: half a surrogate pair would come back as another text than was sent.
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd')

/** @param onFlood called when a client keeps sending what is refused */
export const createCommands = (chat: Chat, member: Member, onFlood: () => void): Commands => {
  const { hub, settings } = chat
  const { limits } = settings
  const monotonic = (): number => performance.now()
  const start = monotonic()
  const sends = createSendGate({ perSecond: limits.messagesPerSecond, burst: limits.burst }, PENALTY_MS, start)
  const requests = createBucket(REQUEST_RATE, start)
  const typing = createBucket(TYPING_RATE, start)
  const isFlood = createStrikes(FLOOD.refusals, FLOOD.windowMs)
  let inflight = 0

  const send = (frame: ServerFrame): void => {
    member.write(encode(frame))
  }

  const fail: Commands['fail'] = (code, { id, clientId, afterMs, message } = {}) => {
    const { retry, text } = ERROR_CODES[code]
    send({
      type: 'error',
      ...(id !== undefined && { id }),
      ...(clientId !== undefined && { clientId }),
      code,
      message: message ?? text,
      retry,
      ...(retry && { afterMs: afterMs ?? PENALTY_MS }),
    })
    if (code === 'rate_limited' && isFlood(monotonic())) onFlood()
  }

  const mayRequest = (id: number): boolean => {
    const afterMs = requests.take(monotonic())
    if (afterMs > 0) fail('rate_limited', { id, afterMs })
    return afterMs === 0
  }

  const pageLimit = (asked: number | undefined): number =>
    Math.min(Math.max(Math.floor(asked ?? limits.pageSize), 1), limits.pageSize)

  /** Runs what touches the storage; a failure is answered, not thrown. */
  const withStorage = (id: number, run: () => void): void => {
    try {
      run()
    } catch (error) {
      settings.log({ level: 'error', event: 'storage_failed', error: String(error) })
      fail('storage_unavailable', { id })
    }
  }

  const findRoom = (name: string): StoredRoom | undefined => {
    const store = chat.store()
    const known = store.room(name)
    if (known) return mayEnter(chat.directory.standing(member.user, name)!) ? known : undefined
    if (!settings.openRooms || name.startsWith(OWN_PREFIX) || store.roomCount() >= MAX_ROOMS) return undefined
    return store.saveRoom({ room: name, title: name })
  }

  const readSince = (info: StoredRoom, frame: FrameOf<ClientFrame, 'join'>): { recovered: boolean; events: readonly RoomEvent[] } => {
    const { since } = frame
    if (since && decideResume(info, since, limits.pageSize) === 'all') {
      const { events, more } = chat.store().page(info.room, { after: since.seq, limit: limits.pageSize })
      if (!more) return { recovered: true, events }
    } else if (since && since.epoch === info.epoch && since.seq > info.top) {
      settings.log({ level: 'warn', event: 'position_ahead', room: info.room, seq: since.seq, top: info.top })
    }
    return { recovered: false, events: chat.store().page(info.room, { limit: pageLimit(frame.limit) }).events }
  }

  // The order closes the window between reading the log and hearing live events: take a buffering seat,
  // read, merge what arrived meanwhile, then go live. With synchronous reads nothing can arrive in between,
  // but the order does not depend on it.
  const join = (frame: FrameOf<ClientFrame, 'join'>): void => {
    const { id, room: name } = frame
    if (!mayRequest(id)) return
    if (!member.rooms.has(name) && member.rooms.size >= limits.rooms) {
      fail('room_limit', { id })
      return
    }
    withStorage(id, () => {
      if (!findRoom(name)) {
        fail('not_found', { id })
        return
      }
      const wasIn = member.rooms.has(name)
      const { seat, room, userJoined } = hub.enter(member, name)
      try {
        const info = chat.store().room(name)!
        const standing = chat.directory.standing(member.user, name)!
        const answer = readSince(info, frame)
        const events = mergeEvents(answer.events, seat.buffer, info.top)
        goLive(seat, room.top = Math.max(room.top, events.at(-1)?.seq ?? info.top))
        const members = room.members()
        send({
          type: 'joined',
          id,
          room: name,
          title: chat.directory.title(standing),
          epoch: info.epoch,
          top: seat.given,
          first: info.first,
          recovered: answer.recovered,
          events,
          members: members.slice(0, MAX_MEMBERS_TOLD),
          count: members.length,
          marks: chat.receipts.told(name, member.user),
          can: permissionsOf(standing),
        })
        if (userJoined) hub.announce(member, name)
      } catch (error) {
        if (!wasIn) hub.leave(member, name)
        throw error
      }
    })
  }

  const goLive = (seat: Seat, top: number): void => {
    seat.phase = 'live'
    seat.buffer.length = 0
    seat.given = top
    seat.told = top
  }

  const post = (frame: FrameOf<ClientFrame, 'send'>): void => {
    const { room, clientId, kind = 'message', body, target, replyTo } = frame
    const files = chat.files && [...new Set(frame.attachments?.map(({ id }) => id))]
    const isReaction = kind === 'react' || kind === 'unreact'
    const maxLength = isReaction ? MAX_REACTION_LENGTH : limits.bodyLength
    const fault = contentFault(kind, body, maxLength, !!files?.length)
    const now = monotonic()
    const afterMs = sends.take(now, clientId)
    if (afterMs > 0) {
      fail('rate_limited', { clientId, afterMs })
    } else if (!member.rooms.has(room)) {
      fail('forbidden', { clientId })
    } else if (!isAllowed(room, kind)) {
      fail('forbidden', { clientId, message: 'You may only read here.' })
    } else if (fault) {
      fail(fault, { clientId, ...(fault === 'body_too_long' && { message: `It is longer than ${String(maxLength)} characters.` }) })
    } else if (files && files.length > chat.files!.settings.perMessage) {
      fail('attachment_limit', { clientId })
    } else if (inflight >= limits.inflight) {
      fail('busy', { clientId, afterMs: sends.penalise(now, INFLIGHT_PENALTY_MS, clientId) })
    } else {
      inflight++
      const message: NewMessage = {
        room,
        from: member.user,
        clientId,
        body: wellFormed(body),
        kind,
        ...(target !== undefined && { target }),
        ...(replyTo !== undefined && { replyTo }),
        mentions: frame.mentions?.length ? { ids: frame.mentions, here: new Set(hub.room(room)?.members().map(({ id }) => id)) } : undefined,
        attachments: files,
      }
      chat.send(message, (outcome) => {
        inflight--
        if (!outcome.ok) {
          // Later sends must not pass the one that has to come again.
          const isComingAgain = ERROR_CODES[outcome.code].retry
          const afterMs = isComingAgain ? sends.penalise(monotonic(), outcome.afterMs ?? PENALTY_MS, clientId) : undefined
          fail(outcome.code, {
            clientId,
            ...(afterMs !== undefined && { afterMs }),
            ...(outcome.code === 'forbidden' && { message: kind === 'delete' ? 'Only the author and the owners of a room may delete a message.' : 'Only the author may change a message.' }),
          })
          return
        }
        const { seq, ts } = outcome.event
        send({ type: 'ack', room, clientId, seq, ts, ...(outcome.duplicate && { duplicate: true }) })
      })
    }
  }

  const isAllowed = (room: string, kind: EventKind): boolean => {
    try {
      return maySend(permissionsOf(chat.directory.standing(member.user, room)!), kind)
    } catch {
      // The storage is away: that is what the sender has to be told, and is when the message is to be stored.
      return true
    }
  }

  const history = ({ id, room, before, after, around, limit }: FrameOf<ClientFrame, 'history'>): void => {
    if (!mayRequest(id)) return
    if (!member.rooms.has(room)) {
      fail('forbidden', { id })
      return
    }
    withStorage(id, () => {
      const info = chat.store().room(room)!
      const page = chat.store().page(room, {
        ...(before !== undefined && { before }),
        ...(after !== undefined && { after }),
        ...(around !== undefined && { around }),
        limit: pageLimit(limit),
      })
      send({ type: 'page', id, room, epoch: info.epoch, ...page })
    })
  }

  const mark = ({ room, read, received }: FrameOf<ClientFrame, 'mark'>): void => {
    try {
      chat.receipts.mark(member, room, { ...(read !== undefined && { read }), ...(received !== undefined && { received }) })
    } catch (error) {
      // The client says it again after the next reconnect.
      settings.log({ level: 'error', event: 'marks_failed', error: String(error) })
    }
  }

  const answer = (frame: FrameOf<ClientFrame, 'ask'>): void => {
    const { id, what } = frame
    if (!mayRequest(id)) return
    const ask = ASKS[what] as Asked<keyof Requests> | undefined
    if (!ask) {
      fail('unknown_type', { id })
      return
    }
    withStorage(id, () => {
      const result = ask(frame, { chat, member, pageLimit })
      if (result.ok) send({ ...result.answer, type: 'answer', id, what } as ServerFrame)
      else fail(result.code, { id })
    })
  }

  return {
    fail,
    handle(frame) {
      switch (frame.type) {
        case 'join':
          join(frame)
          return
        case 'leave':
          if (!mayRequest(frame.id)) return
          hub.leave(member, frame.room)
          send({ type: 'left', id: frame.id, room: frame.room })
          return
        case 'send':
          post(frame)
          return
        case 'history':
          history(frame)
          return
        case 'typing':
          // An end is always passed on: it follows a start that was counted.
          if (!frame.on || typing.take(monotonic()) === 0) hub.setTyping(member, frame.room, frame.on)
          return
        case 'mark':
          mark(frame)
          return
        case 'ask':
          answer(frame)
          return
        case 'ping':
          send({ type: 'pong', n: frame.n })
          return
        case 'pong':
          return
      }
    },
  }
}
