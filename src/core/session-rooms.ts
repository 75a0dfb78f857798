/** The rooms of a session: who wants them, where we stand in each, and what is missing. */
import type { Command, Inbound } from './dialect.ts'
import type { HistoryPage, ReceivedMessage, Result } from './domain.ts'
import { ChatError } from './errors.ts'
import { accept, dropHeld, EMPTY_INBOX, resume, skipTo, type Inbox } from './inbox.ts'
import type { Cancel, SessionContext } from './session-context.ts'
import { createRequests, noAnswer } from './session-requests.ts'

export interface RoomsPort {
  isReady(): boolean
  /** Says something to a connected server; false when there is none. */
  say(command: Command): boolean
  /** Whether messages of ours wait for this room. */
  hasPending(room: string): boolean
  /** The room may be sent to from now on. */
  entered(room: string): void
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
  isEntered(room: string): boolean
  /** The one that was entered first, `''` without any. */
  first(): string
  history(room: string, options: { readonly before?: number; readonly limit?: number }): Promise<Result<HistoryPage>>
  /** Connected: enters all again. */
  ready(): void
  lost(): void
  /** @returns whether it was for the rooms */
  received(inbound: Inbound): boolean
}

interface Room {
  readonly name: string
  refs: number
  phase: 'out' | 'entering' | 'in' | 'denied'
  inbox: Inbox
  /** Newest seq that the server told of. */
  top: number
  isPulling: boolean
  cancelRetry: Cancel | undefined
}

type Request =
  | { readonly kind: 'enter'; readonly room: Room }
  | { readonly kind: 'pull'; readonly room: Room }
  | { readonly kind: 'history'; readonly name: string; readonly settle: (result: Result<HistoryPage>) => void }

const RETRY_MS = 1_000

export const createRooms = (context: SessionContext, port: RoomsPort): Rooms => {
  const { emit, options } = context
  const { capabilities } = options.dialect
  const rooms = new Map<string, Room>()
  const requests = createRequests<Request>(context, (request) => {
    const name = request.kind === 'history' ? request.name : request.room.name
    refused(request, noAnswer(request.kind === 'enter' ? 'the request to enter' : 'a request for history', name), RETRY_MS)
  })

  const make = (name: string): Room => {
    const room: Room = {
      name,
      refs: 0,
      phase: 'out',
      inbox: EMPTY_INBOX,
      top: 0,
      isPulling: false,
      cancelRetry: undefined,
    }
    rooms.set(name, room)
    return room
  }

  const join = (room: Room): void => {
    room.cancelRetry?.()
    room.cancelRetry = undefined
    if (room.phase === 'entering' || room.phase === 'in') return
    if (!capabilities.rooms) {
      // Nobody answers, so the word is enough; where there is none, the connection is the room.
      if (port.isReady()) {
        room.phase = 'in'
        port.say({ type: 'enter', id: requests.nextId(), room: room.name, since: undefined })
      }
      return
    }
    const id = requests.open({ kind: 'enter', room })
    room.phase = 'entering'
    if (port.say({ type: 'enter', id, room: room.name, since: room.inbox.cursor })) return
    requests.take(id)
    room.phase = 'out'
  }

  const drop = (room: Room): void => {
    room.cancelRetry?.()
    rooms.delete(room.name)
    if (room.phase !== 'denied') port.say({ type: 'leave', id: requests.nextId(), room: room.name })
    emit('left', { room: room.name })
  }

  const apply = (room: Room, step: { readonly inbox: Inbox; readonly apply: readonly ReceivedMessage[] }): void => {
    room.inbox = step.inbox
    for (const message of step.apply) emit('message', message)
  }

  const newest = (room: Room): number => Math.max(room.top, room.inbox.held.at(-1)?.seq ?? 0)

  const pull = (room: Room): void => {
    const { cursor } = room.inbox
    if (room.isPulling || room.phase !== 'in' || !cursor || cursor.seq >= newest(room)) return
    if (!capabilities.history) {
      giveUp(room)
      return
    }
    const id = requests.open({ kind: 'pull', room })
    room.isPulling = true
    if (port.say({ type: 'history', id, room: room.name, after: cursor.seq })) return
    requests.take(id)
    room.isPulling = false
  }

  /** What is missing cannot be had: say so and go on. */
  const giveUp = (room: Room): void => {
    const until = room.inbox.held[0]?.seq ?? room.top + 1
    emit('gap', { room: room.name, until })
    apply(room, skipTo(room.inbox, until))
    pull(room)
  }

  const entered = (frame: Extract<Inbound, { type: 'entered' }>, room: Room): void => {
    const { snapshot, messages } = frame
    const resumed = resume(room.inbox, snapshot, messages)
    room.phase = 'in'
    room.top = snapshot.top
    emit('entered', snapshot)
    if (resumed.gapUntil !== undefined) emit('gap', { room: room.name, until: resumed.gapUntil })
    apply(room, resumed)
    pull(room)
    port.entered(room.name)
  }

  const pulled = (frame: Extract<Inbound, { type: 'page' }>, room: Room): void => {
    room.isPulling = false
    const { cursor } = room.inbox
    if (!cursor || cursor.epoch !== frame.epoch) return
    for (const message of frame.messages) apply(room, accept(room.inbox, message))
    if (room.inbox.cursor?.seq === cursor.seq && cursor.seq < newest(room)) giveUp(room)
    else pull(room)
  }

  const refused = (request: Request, error: ChatError, afterMs: number | undefined): void => {
    if (request.kind === 'history') {
      request.settle({ ok: false, error })
      return
    }
    const { room } = request
    if (rooms.get(room.name) !== room) return
    const mayRetry = error.retryable
    if (request.kind === 'enter') {
      room.phase = mayRetry ? 'out' : 'denied'
      emit('error', error)
      if (!mayRetry) port.denied(room.name, error)
    } else {
      room.isPulling = false
      if (!mayRetry || error.code === 'request_timeout') {
        giveUp(room)
        return
      }
    }
    if (!mayRetry) return
    room.cancelRetry?.()
    room.cancelRetry = context.after(afterMs ?? RETRY_MS, () => {
      room.cancelRetry = undefined
      if (request.kind === 'enter') join(room)
      else pull(room)
    })
  }

  const first = (): string => rooms.keys().next().value ?? ''

  const isOurs = (name: string): boolean => !capabilities.rooms || rooms.has(name)

  const message = (incoming: ReceivedMessage): void => {
    const room = rooms.get(incoming.room) ?? (capabilities.rooms ? undefined : make(incoming.room))
    if (!room) return
    apply(room, accept(room.inbox, incoming))
    pull(room)
  }

  const told = (name: string, top: number): void => {
    const room = rooms.get(name)
    if (!room || room.phase !== 'in') return
    room.top = Math.max(room.top, top)
    pull(room)
  }

  const answer = (id: number, use: (request: Request) => void): true => {
    const request = requests.take(id)
    if (request) use(request)
    return true
  }

  return {
    enter(name) {
      const room = rooms.get(name) ?? make(name)
      room.refs += 1
      join(room)
    },
    leave(name) {
      const room = rooms.get(name)
      if (!room || room.refs === 0) return
      room.refs -= 1
      if (room.refs === 0 && !port.hasPending(name)) drop(room)
    },
    need(name) {
      if (capabilities.rooms) join(rooms.get(name) ?? make(name))
    },
    release(name) {
      const room = rooms.get(name)
      if (capabilities.rooms && room?.refs === 0 && !port.hasPending(name)) drop(room)
    },
    isEntered: (name) => !capabilities.rooms || rooms.get(name)?.phase === 'in',
    first,
    history(name, { before, limit }) {
      if (!capabilities.history) {
        return Promise.resolve({ ok: false, error: new ChatError('unsupported', 'This server keeps no history.', { room: name }) })
      }
      return new Promise((settle) => {
        const id = requests.open({ kind: 'history', name, settle })
        const range = { ...(before !== undefined && { before }), ...(limit !== undefined && { limit }) }
        if (port.say({ type: 'history', id, room: name, ...range })) return
        requests.take(id)
        settle({ ok: false, error: notConnected(name) })
      })
    },
    ready() {
      for (const room of rooms.values()) join(room)
    },
    lost() {
      for (const request of requests.takeAll()) {
        if (request.kind === 'history') request.settle({ ok: false, error: notConnected(request.name) })
      }
      for (const room of rooms.values()) {
        room.cancelRetry?.()
        Object.assign(room, { phase: 'out', inbox: dropHeld(room.inbox), isPulling: false, cancelRetry: undefined })
      }
    },
    received(inbound) {
      switch (inbound.type) {
        case 'entered':
          return answer(inbound.id, (r) => {
            if (r.kind === 'enter' && rooms.get(r.room.name) === r.room) entered(inbound, r.room)
          })
        case 'page':
          return answer(inbound.id, (r) => {
            const { room, messages, more } = inbound
            if (r.kind === 'history') r.settle({ ok: true, value: { room, messages, more } })
            else if (r.kind === 'pull') pulled(inbound, r.room)
          })
        case 'refused': {
          const { id, code, retry, afterMs } = inbound
          if (id === undefined) return false
          return answer(id, (r) => {
            const room = r.kind === 'history' ? r.name : r.room.name
            refused(r, new ChatError(code, inbound.message, { room, retryable: retry }), afterMs)
          })
        }
        case 'message':
          message({ ...inbound.message, room: inbound.message.room ?? first() })
          return true
        case 'gap':
          told(inbound.room, inbound.top)
          return true
        case 'tops':
          for (const [room, top] of Object.entries(inbound.tops)) told(room, top)
          return true
        case 'presence':
        case 'typing': {
          const { type, room = first(), ...payload } = inbound
          if (isOurs(room)) emit(type, { ...payload, room } as never)
          return true
        }
        default:
          return false
      }
    },
  }
}

const notConnected = (room: string): ChatError =>
  new ChatError('not_connected', 'There is no connection now; try again when there is.', { room, retryable: true })
