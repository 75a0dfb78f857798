/** A connection over Socket.IO. When to connect, whether the link lives and when to give up stay with the session. */
import { Manager, type ManagerOptions, type Socket } from 'socket.io-client'
import type { WireData, WireEvent } from '../core/dialect.ts'
import { ChatUsageError } from '../core/errors.ts'
import type { ConnectTransport } from '../core/transport.ts'
import { addressOf } from './address.ts'
import { endOfLink, endOfRefusal, readFarewell, type Ending, type Refusal } from './ends.ts'
import { createLifeline } from './lifeline.ts'
import { answerOf, isAsking, isEvent, PING, RESERVED, type Answer } from './words.ts'

export interface SocketIoTransportOptions {
  /** Path of the endpoint. @default '/socket.io'; with `frames`, `/socket.io` below the path of the url */
  readonly path?: string
  /** @default the path of the url, as in `io(url)`; with `frames`, '/' */
  readonly namespace?: string
  /** In the order in which they are tried. `polling` needs sticky sessions on more than one node. @default ['websocket'] */
  readonly transports?: readonly ('websocket' | 'polling' | 'webtransport')[]
  /**
   * What the server gets as `socket.handshake.auth`. With `frames` the token goes into `hello` and this is left out.
   * @default (token) => ({ token }) when the session has one
   */
  readonly auth?: (token: string | undefined) => Readonly<Record<string, unknown>>
  /**
   * Name of the event that carries a text frame, both ways, for dialects that write frames: `'chat.v1'` for
   * `chatV1Dialect()`. @default none: events as the dialect names them, texts as `message`
   */
  readonly frames?: string
  /** Event by which the server says `{ code, reason }` before it disconnects. @default 'err' */
  readonly farewell?: string
  /** The close code for a refusal by a middleware; nothing leaves it to the table in docs/socket-io.md. @default the table */
  readonly codeOfRefusal?: (refusal: Refusal) => number | undefined
  /**
   * Asks the server for signs of life beyond Engine.IO's own: a namespace that does not exist must be refused, and
   * the refusal is the answer. @default true
   */
  readonly ask?: boolean
  /** Everything else that `new Manager()` takes, such as `withCredentials`; its reconnection stays off. @default {} */
  readonly manager?: Partial<ManagerOptions>
}

/**
 * Connects by `socket.io-client`, whose own reconnection and time-out are off.
 * @throws ChatUsageError for options that can never work
 */
export const socketIoTransport = (options: SocketIoTransportOptions = {}): ConnectTransport => {
  checkOptions(options)
  const { path, namespace, transports = ['websocket'], frames, farewell: farewellEvent = 'err' } = options

  return (url, _protocols, handlers, about) => {
    const address = addressOf(url, { path, namespace, isChat: frames !== undefined })
    const manager = new Manager(address.origin, {
      ...options.manager,
      path: address.path,
      transports: [...transports],
      reconnection: false,
      autoConnect: false,
    })
    manager.timeout(false)
    const socket = manager.socket(address.namespace, { auth: authOf(options, about?.token) })
    const lifeline = createLifeline(manager, options.ask ?? true, handlers)
    let farewell: Ending | undefined
    let isOver = false

    const release = (): void => {
      isOver = true
      socket.offAny()
      socket.off()
      lifeline.stop()
      manager.engine.close()
    }

    const end = ({ code, reason }: Ending): void => {
      if (isOver) return
      release()
      handlers.closed(code, reason)
    }

    socket.on('connect', () => {
      if (!isOver) handlers.opened()
    })
    socket.on('connect_error', (error: Error & Refusal) => {
      // Inactive: the server has refused us. Otherwise the way to it failed.
      if (socket.active) end({ code: 1006, reason: error.message })
      else end(refused(error, options))
    })
    socket.on('disconnect', (reason, details) => {
      end(endOfLink(reason, details, farewell))
    })
    socket.onAny((event: string, ...all: unknown[]) => {
      const answer = all.at(-1)
      const args = typeof answer === 'function' ? all.slice(0, -1) : all
      farewell = event === farewellEvent ? readFarewell(args) : undefined
      if (frames === undefined) {
        if (!farewell) handlers.received({ event, args } satisfies WireEvent)
      } else if (event === frames) handlers.received(args[0])
      if (typeof answer === 'function') (answer as () => void)()
    })
    const answered = (answer: Answer): void => {
      if (!isOver) handlers.received(answer)
    }

    socket.connect()
    lifeline.watch()

    return {
      socket,
      send(data) {
        if (isOver || !socket.connected) return false
        if (data === PING) {
          lifeline.ask()
          return true
        }
        if (frames === undefined) emit(socket, data, answered)
        else if (typeof data === 'string') socket.emit(frames, data)
        else return false
        // It keeps for later what it does not trust the link with; our outbox does that.
        const isTaken = socket.sendBuffer.length === 0
        socket.sendBuffer = []
        return isTaken
      },
      close(code) {
        if (isOver) return
        isOver = true
        // Only who really leaves says so: a link that was given up just ends.
        if (code === undefined || code === 1000) socket.disconnect()
        release()
      },
    }
  }
}

const emit = (socket: Socket, data: WireData, answered: (answer: Answer) => void): void => {
  if (!isEvent(data)) socket.send(data)
  else if (!isAsking(data)) socket.emit(data.event, ...data.args)
  else {
    socket.emit(data.event, ...data.args, (...args: unknown[]) => {
      answered(answerOf(data.answerTo, args))
    })
  }
}

const refused = (error: Refusal, { codeOfRefusal }: SocketIoTransportOptions): Ending => {
  const code = codeOfRefusal?.({ message: error.message, data: error.data })
  return code === undefined ? endOfRefusal(error) : { code, reason: error.message }
}

const authOf = ({ auth, frames }: SocketIoTransportOptions, token: string | undefined): Record<string, unknown> => {
  if (auth) return { ...auth(token) }
  return frames === undefined && token !== undefined ? { token } : {}
}

const checkOptions = ({ path, namespace, transports, frames }: SocketIoTransportOptions): void => {
  for (const [name, value] of Object.entries({ path, namespace })) {
    if (value !== undefined && !value.startsWith('/')) {
      throw new ChatUsageError(`\`${name}\` of socketIoTransport() is "${value}"; start it with "/".`)
    }
  }
  if (transports?.length === 0) throw new ChatUsageError("`transports` is empty; leave it out or give ['websocket'].")
  if (frames !== undefined && (frames === '' || RESERVED.includes(frames))) {
    throw new ChatUsageError(`\`frames\` is "${frames}", which cannot be an event; give a name such as 'chat.v1'.`)
  }
}
