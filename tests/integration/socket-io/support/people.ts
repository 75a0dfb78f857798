/** Sessions over Socket.IO, and what a test waits for. */
import { createSession, type ConnectionState, type ReceivedMessage, type Session, type SessionOptions } from '../../../../src/core/index.ts'
import { socketIoDialect, socketIoTransport } from '../../../../src/socket-io.ts'

export interface Person {
  readonly session: Session
  readonly messages: ReceivedMessage[]
  readonly acked: string[]
  /** States that were entered, in order. */
  readonly states: ConnectionState[]
  /** Resolves when there are so many messages. */
  has(count: number): Promise<void>
  /** Resolves when the state is, or becomes, one of these. */
  is(...states: ConnectionState[]): Promise<void>
  /** Resolves at the next time that one of these is entered. */
  becomes(...states: ConnectionState[]): Promise<void>
}

const cleanups: (() => unknown)[] = []

export const later = (clean: () => unknown): void => {
  cleanups.push(clean)
}

export const cleanUp = async (): Promise<void> => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
}

/** A session that is not open yet. */
export const person = (url: string, options: Partial<SessionOptions> = {}): Person => {
  const session = createSession({
    url,
    dialect: socketIoDialect(),
    transport: socketIoTransport(),
    autoReconnect: { minDelay: 20, maxDelay: 100 },
    ...options,
  })
  later(() => {
    session.dispose()
  })
  const messages: ReceivedMessage[] = []
  const acked: string[] = []
  const states: ConnectionState[] = []
  session.on('message', (message) => messages.push(message))
  session.on('acked', ({ clientId }) => acked.push(clientId))
  session.on('transition', ({ to }) => states.push(to))
  const becomes = (...wanted: ConnectionState[]): Promise<void> =>
    new Promise((resolve) => {
      const off = session.on('transition', ({ to }) => {
        if (!wanted.includes(to)) return
        off()
        resolve()
      })
    })
  return {
    session,
    messages,
    acked,
    states,
    has: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (messages.length < count) return
          off()
          resolve()
        }
        const off = session.on('message', look)
        look()
      }),
    is: async (...wanted) => {
      if (!wanted.includes(session.snapshot().state)) await becomes(...wanted)
    },
    becomes,
  }
}

/** Opens it and enters a room. */
export const enter = async (url: string, options?: Partial<SessionOptions>, room = 'lobby'): Promise<Person> => {
  const one = person(url, options)
  one.session.open()
  one.session.enter(room)
  await one.is('connected')
  return one
}
