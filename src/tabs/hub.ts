/** The leader's side: one connection to the server, and all tabs behind it. */
import type { Command, Inbound } from '../core/dialect.ts'
import { createSession, systemClock, type Hint, type SessionOptions, type SessionSnapshot } from '../core/index.ts'
import { createHubSends, type SendCommand } from './hub-sends.ts'
import { isUp, toPlain, type FromLeader, type Link, type TabMessage, type Welcome } from './messages.ts'
import { tapDialect } from './tap.ts'

/** A message without the number of its leader, which the sender adds. */
type Untermed<M> = M extends FromLeader ? Omit<M, 'term'> : never
export type HubMessage = Untermed<FromLeader>

type Answer = Extract<Inbound, { readonly id?: number }> & { readonly id: number }

export interface HubPort {
  /** Number of this leader. */
  readonly term: number
  post(message: HubMessage): void
  isHidden(): boolean
}

export interface Hub {
  /** Tells all tabs how things are. */
  tell(): void
  handle(message: TabMessage): void
  /** A tab is gone. */
  forget(tab: string): void
  hint(hint: Hint): void
  /** The transport's socket. */
  socket(): unknown
  stop(code?: number, reason?: string): void
}

/** Close code of "too big". */
const TOO_BIG = 1009
const HOLD_MS = 1_000

export const createHub = (options: SessionOptions, port: HubPort): Hub => {
  const { clock = systemClock } = options
  const { capabilities } = options.dialect
  const rooms = new Map<string, Set<string>>()
  /** Who waits for a server that does not confirm, by client id. */
  const senders = new Map<string, string>()
  const asked = new Map<number, { readonly to: string; readonly id: number }>()
  let lastId = 0
  let welcome: Welcome | undefined
  let connections = 0
  const era = (): string => `${port.term}:${connections}`
  let isReady = false
  let early: Inbound[] = []

  const frame = (inbound: readonly Inbound[], to?: string): void => {
    if (inbound.length > 0) port.post({ type: 'frame', inbound, ...(to !== undefined && { to }) })
  }
  const refuse = (refusal: Partial<Extract<Inbound, { type: 'refused' }>>, to?: string): void => {
    const unsupported = { code: 'unsupported', message: 'This server has no word for it.', retry: false }
    frame([{ type: 'refused', ...unsupported, ...refusal }], to)
  }

  const heard = (inbound: readonly Inbound[], greeting: Welcome | undefined): void => {
    welcome = greeting ?? welcome
    // What comes with the greeting is for tabs that do not know yet that they are connected.
    if (isReady) pass(inbound)
    else early.push(...inbound)
  }

  const pass = (all: readonly Inbound[]): void => {
    const toAll: Inbound[] = []
    for (const inbound of all) {
      const isOfMessage = inbound.type === 'refused' && inbound.clientId !== undefined
      if ('id' in inbound && inbound.id !== undefined && !isOfMessage) {
        answer({ ...inbound, id: inbound.id })
        continue
      }
      switch (inbound.type) {
        case 'refused':
          if (inbound.clientId === undefined) break
          if (inbound.retry) sends.refused(inbound.clientId, inbound.afterMs ?? HOLD_MS)
          else sends.answered(inbound.clientId)
          break
        case 'ack':
          sends.answered(inbound.clientId)
          break
        case 'message':
          if (inbound.message.clientId !== undefined) sends.answered(inbound.message.clientId)
      }
      toAll.push(inbound)
    }
    frame(toAll)
  }

  const answer = (inbound: Answer): void => {
    const request = asked.get(inbound.id)
    asked.delete(inbound.id)
    if (request) frame([{ ...inbound, id: request.id }], request.to)
  }

  const tap = tapDialect(options.dialect, () => rooms.keys().next().value ?? '', heard)
  const session = createSession({ ...options, dialect: tap.dialect })

  /** `undefined` where the dialect has no word for it. */
  const say = (command: Command): boolean | undefined => {
    const data = tap.write(command)
    return data === undefined ? undefined : session.sendRaw(data, false)
  }

  const sends = createHubSends({
    clock,
    transmit: say,
    sent(command) {
      if (!capabilities.acks) confirm(command)
      return capabilities.acks
    },
    unsupported: ({ clientId }) => refuse({ clientId, message: 'This server takes no messages.' }),
    postponed: ({ clientId }, afterMs) =>
      refuse({ clientId, code: 'rate_limited', message: 'The server takes nothing now.', retry: true, afterMs }),
  })

  /** In place of a server that neither confirms nor tells the other tabs what one of them has said. */
  const confirm = ({ type: _type, ...said }: SendCommand): void => {
    const { room, clientId } = said
    const createdAt = clock.now()
    const { user: author } = session.snapshot()
    const sender = senders.get(clientId)
    senders.delete(clientId)
    frame([{ type: 'ack', room, clientId, createdAt }])
    if (!author) return
    for (const to of rooms.get(room) ?? []) if (to !== sender) frame([{ type: 'message', message: { ...said, author, createdAt } }], to)
  }

  const enter = (from: string, command: Extract<Command, { type: 'enter' }>): void => {
    const present = rooms.get(command.room)
    rooms.set(command.room, (present ?? new Set()).add(from))
    if (capabilities.rooms) request(from, command)
    else if (!present) say(command)
  }
  const leave = (from: string, room: string): void => {
    const present = rooms.get(room)
    if (!present?.delete(from) || present.size > 0) return
    rooms.delete(room)
    say({ type: 'leave', id: ++lastId, room })
  }
  const request = (from: string, command: Extract<Command, { type: 'enter' | 'history' | 'ask' }>): void => {
    const id = ++lastId
    asked.set(id, { to: from, id: command.id })
    if (say({ ...command, id }) !== undefined) return
    asked.delete(id)
    refuse({ id: command.id }, from)
  }
  const detach = (from: string): void => {
    for (const room of [...rooms.keys()]) leave(from, room)
  }

  const reset = (): void => {
    rooms.clear()
    asked.clear()
    senders.clear()
    early = []
    sends.clear()
  }

  const linkOf = ({ state, cause, attempt, retryAt, latencyMs, lastReceivedAt, heartbeat, badFrames, error }: SessionSnapshot): Link => {
    const plain = error && toPlain(error)
    return { state, cause, attempt, retryAt, latencyMs, lastReceivedAt, heartbeat, badFrames, error: plain }
  }
  const tell = (): void => {
    const link = linkOf(session.snapshot())
    port.post({ type: 'status', isHidden: port.isHidden(), link, era: isReady ? era() : undefined, welcome: isReady ? welcome : undefined })
  }

  let told = ''
  const tellNews = (snapshot: SessionSnapshot): void => {
    // When something was heard is clear from what was heard.
    const news = JSON.stringify({ ...linkOf(snapshot), lastReceivedAt: 0, isReady, connections })
    if (news !== told) tell()
    told = news
  }

  session.on('transition', ({ from, to, cause }) => {
    const wasReady = isUp(from)
    isReady = isUp(to)
    if (isReady && !wasReady) {
      connections += 1
      tellNews(session.snapshot())
      sends.ready(welcome?.limits)
      pass(early.splice(0))
    } else if (wasReady && !isReady) {
      blameTheBiggest(cause?.closeCode === TOO_BIG && to === 'failed')
      reset()
      welcome = undefined
      tellNews(session.snapshot())
    }
  })
  session.subscribe((snapshot) => {
    if (isReady === isUp(snapshot.state)) tellNews(snapshot)
  })
  session.on('data', (payload) => port.post({ type: 'told', event: 'data', payload }))
  session.on('sent', (payload) => port.post({ type: 'told', event: 'sent', payload }))
  session.on('latency', (payload) => port.post({ type: 'told', event: 'latency', payload }))
  session.on('error', (error) => port.post({ type: 'told', event: 'error', payload: toPlain(error) }))
  session.on('gaveUp', (error) => port.post({ type: 'told', event: 'gaveUp', payload: toPlain(error) }))

  /** What was too big must not come again; without it the connection may go on. */
  const blameTheBiggest = (isTooBig: boolean): void => {
    const [biggest] = isTooBig ? [...sends.inflight()].sort((a, b) => b.body.length - a.body.length) : []
    if (!biggest) return
    const message = 'The message is bigger than the server takes; shorten it.'
    refuse({ clientId: biggest.clientId, code: 'body_too_long', message })
    queueMicrotask(() => {
      session.open()
    })
  }

  const handleCommand = (from: string, command: Command): void => {
    switch (command.type) {
      case 'enter':
        return enter(from, command)
      case 'leave':
        return leave(from, command.room)
      case 'history':
      case 'ask':
        return request(from, command)
      case 'send':
        if (!capabilities.acks) senders.set(command.clientId, from)
        return sends.send(command)
      default:
        say(command)
    }
  }

  if (port.isHidden()) session.hint('hidden')
  session.open()

  return {
    tell,
    handle(message) {
      switch (message.type) {
        case 'say':
          if (isReady && message.era === era()) handleCommand(message.from, message.command)
          return
        case 'raw':
          if (message.era === era()) session.sendRaw(message.data, false)
          return
        case 'detach':
          if (message.era !== era()) return
          detach(message.from)
          if (message.isDeaf) session.terminate('The server did not confirm a message in time.')
          return
        case 'ask':
          if (message.what === 'reconnect') session.reconnect()
          else session.terminate(message.reason)
          return
        case 'hello':
          // Somebody has just opened the app: a good moment for a try.
          if (message.isNew && ['waiting', 'offline', 'failed'].includes(session.snapshot().state)) session.reconnect()
          tell()
      }
    },
    forget(tab) {
      for (const from of new Set([...rooms.values()].flatMap((present) => [...present]))) {
        if (from.startsWith(`${tab}:`)) detach(from)
      }
    },
    hint: (hint) => session.hint(hint),
    socket: () => session.socket(),
    stop(code, reason) {
      reset()
      if (code !== undefined) session.close(code, reason)
      session.dispose()
    },
  }
}
