/** The rooms of a session: who wants them, where we stand in each, and what is missing. */
import type { Command, Inbound } from './dialect.ts'
import type { HistoryPage, ReceivedMessage, Result, RoomListing, StoredRoom } from './domain.ts'
import { ChatError } from './errors.ts'
import { further } from './own-mark.ts'
import { createCatchUp } from './session-catch-up.ts'
import type { SessionContext } from './session-context.ts'
import { createRequests } from './session-requests.ts'
import { createRoom, type Room } from './session-room.ts'
import type { HistoryRange, Session } from './session-types.ts'

export interface RoomsPort {
  isReady(): boolean
  /** Says something to a connected server; false when there is none. */
  say(command: Command): boolean
  /** Whether messages of ours wait for this room. */
  hasPending(room: string): boolean
  /** The room may be sent to from now on. */
  entered(): void
  /** The room cannot be entered. */
  denied(room: string, error: ChatError): void
}

export interface Rooms {
  enter(room: string): void
  leave(room: string): void
  /** Enters for the sake of messages that wait, when nobody else does. */
  need(room: string): void
  /** Leaves what was entered for sending only and is no longer needed. */
  release(room: string): void
  /** What an earlier session saw. */
  restore(rooms: readonly StoredRoom[]): void
  isEntered(room: string): boolean
  /** The one that was entered first, `''` without any. */
  first(): string
  history(room: string, range: HistoryRange): Promise<Result<HistoryPage>>
  ask: Session['ask']
  mark: Session['mark']
  /** Connected: enters all again. */
  ready(): void
  lost(): void
  /** @returns whether it was for the rooms */
  received(inbound: Inbound): boolean
}

type Entered = Extract<Inbound, { type: 'entered' }>
type Page = Extract<Inbound, { type: 'page' }>

const RETRY_MS = 1_000

export const createRooms = (context: SessionContext, port: RoomsPort): Rooms => {
  const { emit, options } = context
  const { capabilities } = options.dialect
  const rooms = new Map<string, Room>()
  const kept = new Map<string, StoredRoom>()
  const { ask, answer, lost } = createRequests(context, port.say)

  const roomOf = (name: string): Room => {
    const room = rooms.get(name) ?? createRoom(name)
    rooms.set(name, room)
    return room
  }
  const first = (): string => rooms.keys().next().value ?? ''
  const isKnown = (room: Room): boolean => rooms.get(room.name) === room

  const join = (room: Room): void => {
    const { name, phase } = room
    room.cancelRetry?.()
    if (phase === 'out') revive(room)
    if (!port.isReady() || phase === 'entering' || phase === 'in') return
    if (!capabilities.rooms) {
      // Nobody answers, so the word is enough; where there is none, the connection is the room.
      room.phase = 'in'
      port.say({ type: 'enter', id: 0, room: name, since: undefined })
      return
    }
    room.phase = 'entering'
    ask(name, (id) => ({ type: 'enter', id, room: name, since: room.inbox.cursor }), {
      answered(frame) {
        if (isKnown(room)) entered(frame as Entered, room)
      },
      failed(error, afterMs) {
        if (!isKnown(room)) return
        room.phase = error.retryable ? 'out' : 'denied'
        if (error.code === 'not_connected') return
        emit('error', error)
        if (error.retryable) retryIn(room, join, afterMs)
        else port.denied(name, error)
      },
    })
  }

  /** Shows what was kept of a room of which nothing else is known. */
  const revive = (room: Room): void => {
    const stored = kept.get(room.name)
    if (!stored || room.inbox.cursor) return
    const { messages, ...rest } = stored
    const snapshot = { ...rest, top: messages.at(-1)?.seq ?? 0, first: 1, recovered: true, members: [], count: 0 }
    emit('entered', snapshot)
    apply(room.inbox.resume(snapshot, messages).apply)
  }

  const retryIn = (room: Room, work: (room: Room) => void, ms = RETRY_MS): void => {
    room.cancelRetry?.()
    room.cancelRetry = context.after(ms, () => work(room))
  }

  /** The log is another one than that which was entered; nothing of it fits to what is shown. */
  const anew = (room: Room): void => {
    if (room.phase === 'in') room.phase = 'out'
    join(room)
  }

  /** Leaves when nobody is there and nothing waits. */
  const release = (name: string): void => {
    const room = rooms.get(name)
    if (!room || room.refs || port.hasPending(name)) return
    room.cancelRetry?.()
    rooms.delete(name)
    if (room.phase !== 'denied') port.say({ type: 'leave', id: 0, room: name })
    emit('left', { room: name })
  }

  const apply = (messages: readonly ReceivedMessage[]): void => {
    for (const message of messages) emit('message', message)
  }

  const pull = createCatchUp(context, { ask, isKnown, apply, retryIn, anew })

  const entered = ({ snapshot, messages }: Entered, room: Room): void => {
    // Seqs of another log mean nothing here.
    if (room.inbox.cursor?.epoch !== snapshot.epoch) room.mark = undefined
    const { apply: fresh, gapUntil } = room.inbox.resume(snapshot, messages)
    room.phase = 'in'
    room.top = snapshot.top
    emit('entered', snapshot)
    if (gapUntil !== undefined) emit('gap', { room: room.name, until: gapUntil })
    apply(fresh)
    pull(room)
    sayMark(room)
    port.entered()
  }

  /** Nothing more is heard of it, and what is sent is refused; who is there is told. */
  const gone = (name: string): void => {
    const room = rooms.get(name)
    if (!room || room.phase === 'denied') return
    room.cancelRetry?.()
    room.phase = 'denied'
    const error = new ChatError('gone', 'The room is not there for us any more.', { room: name })
    emit('error', error)
    port.denied(name, error)
  }

  /** The room is there for us again, or for the first time. */
  const comeBack = ({ room: name, isMember }: RoomListing): void => {
    const room = rooms.get(name)
    if (room?.phase !== 'denied' || !isMember) return
    room.phase = 'out'
    join(room)
  }

  const sayMark = ({ name, phase, mark }: Room): void => {
    if (mark && phase === 'in' && port.isReady()) port.say({ type: 'mark', room: name, ...mark })
  }

  /** @param command undefined where there is no word for it */
  const request = <T>(room: string, isKnown: boolean, command: (id: number) => Command, pick: (answer: Inbound) => T): Promise<Result<T>> =>
    new Promise((settle) => {
      const failed = (error: ChatError): void => settle({ ok: false, error })
      if (isKnown) ask(room, command, { answered: (frame) => settle({ ok: true, value: pick(frame) }), failed })
      else failed(new ChatError('unsupported', 'This server cannot do that.', { room }))
    })

  const told = (name: string, top: number): void => {
    const room = rooms.get(name)
    if (room?.phase !== 'in') return
    room.top = Math.max(room.top, top)
    pull(room)
  }

  /** Nothing, where the page is of another log: the gap stays until the room was entered anew. */
  const fitting = (page: Page): HistoryPage => {
    const room = rooms.get(page.room)
    if (!room?.inbox.cursor || room.inbox.cursor.epoch === page.epoch) return pick(page)
    retryIn(room, anew)
    return { room: page.room, messages: [], more: true }
  }

  return {
    enter(name) {
      const room = roomOf(name)
      room.refs += 1
      // Whoever comes beside another one gets the same answer.
      if (room.refs === 1 || room.phase !== 'denied') join(room)
    },
    leave(name) {
      const room = rooms.get(name)
      if (!room?.refs) return
      room.refs -= 1
      release(name)
    },
    need(name) {
      if (capabilities.rooms) join(roomOf(name))
    },
    release(name) {
      if (capabilities.rooms) release(name)
    },
    restore(stored) {
      for (const one of stored) {
        kept.set(one.room, one)
        const room = rooms.get(one.room)
        if (room?.phase === 'out') revive(room)
      }
    },
    isEntered: (name) => !capabilities.rooms || rooms.get(name)?.phase === 'in',
    first,
    history: (room, range) =>
      request(room, capabilities.history && (range.around === undefined || capabilities.around), (id) => ({ type: 'history', id, room, ...range }), (page) => fitting(page as Page)),
    ask: (what, fields) =>
      request(
        (fields as { room?: string }).room ?? '',
        what === 'search' ? capabilities.search : capabilities.membership,
        (id) => ({ ...fields, type: 'ask', id, what }),
        (frame) => (frame as Extract<Inbound, { type: 'answer' }>).answer as never,
      ),
    mark(name, mark) {
      const room = rooms.get(name)
      if (!room) return
      const next = further(room.mark, mark)
      if (next === room.mark) return
      room.mark = next
      sayMark(room)
    },
    ready() {
      for (const room of rooms.values()) join(room)
    },
    lost() {
      lost()
      for (const room of rooms.values()) {
        room.cancelRetry?.()
        room.phase = 'out'
        room.inbox.dropHeld()
      }
    },
    received(inbound) {
      switch (inbound.type) {
        case 'entered':
        case 'page':
        case 'answer':
          return answer(inbound.id, ({ answered }) => answered(inbound))
        case 'refused':
          return answer(inbound.id, ({ failed }, room) =>
            failed(new ChatError(inbound.code, inbound.message, { room, retryable: inbound.retry }), inbound.afterMs),
          )
        case 'message': {
          const { room: name = first(), ...message } = inbound.message
          const room = capabilities.rooms ? rooms.get(name) : roomOf(name)
          if (!room) {
            emit('elsewhere', { ...message, room: name })
            break
          }
          apply(room.inbox.accept({ ...message, room: name }))
          pull(room)
          break
        }
        case 'gone':
          gone(inbound.room)
          emit('gone', inbound)
          break
        case 'listing':
          comeBack(inbound.listing)
          emit('listing', inbound.listing)
          break
        case 'gap':
          told(inbound.room, inbound.top)
          break
        case 'tops':
          for (const name in inbound.tops) told(name, inbound.tops[name]!)
          break
        case 'marks':
        case 'presence':
        case 'typing': {
          const { type, room = first(), ...payload } = inbound
          if (!capabilities.rooms || rooms.has(room)) emit(type, { ...payload, room } as never)
        }
      }
      return false
    },
  }
}

const pick = ({ room, messages, more, newer }: Page): HistoryPage => ({ room, messages, more, ...(newer !== undefined && { newer }) })
