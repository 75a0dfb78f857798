/** Ties a session to what survives it. */
import type { PendingMessage, Session, StoredMessage } from '../core/index.ts'
import { createTails } from './tails.ts'
import type { OpenArea, StorageArea } from './types.ts'

export interface KeepOptions {
  /** Entries of each room's log that are kept. */
  readonly tailLength: number
  /** Rooms are written at most once in this span, in milliseconds. */
  readonly writeDelayMs: number
  /** The server is asked nothing for at most this long, in milliseconds. */
  readonly holdMs: number
}

/** Messages that a session is given back at once. */
const PIECE = 250

/** As a timer of nothing, which in a hidden page takes a second. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(0)
  })

/** @returns ends it; what is under way is still written */
export const keep = (session: Session, open: OpenArea, { tailLength, writeDelayMs, holdMs }: KeepOptions): (() => void) => {
  const waiting = new Map<string, StoredMessage>()
  let tails = createTails(tailLength)
  let area: StorageArea | undefined
  let userId: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  // A disk that does not answer must not keep anybody from talking.
  const release = session.hold()
  const patience = setTimeout(release, holdMs)

  const put = (message: StoredMessage): void => {
    waiting.set(message.clientId, message)
    area?.put(message)
  }
  const remove = (clientId: string): void => {
    waiting.delete(clientId)
    area?.remove(clientId)
  }
  const change = (clientId: string, failure: StoredMessage['failure']): void => {
    const message = waiting.get(clientId)
    // A person who sends it again means it now.
    if (message) put({ ...message, failure, ...(!failure && { createdAt: Date.now() }) })
  }

  const write = (): void => {
    for (const room of tails.takeChanged()) area?.saveRoom(room)
  }
  /** At once, because a tab may be gone the next moment; in a burst not each time. */
  const writeSoon = (): void => {
    if (timer !== undefined || !area) return
    write()
    timer = setTimeout(() => {
      timer = undefined
      if (tails.hasChanged()) writeSoon()
    }, writeDelayMs)
  }

  /** In pieces, so that the page can draw and listen in between. */
  const restore = async (messages: readonly StoredMessage[], isCurrent: () => boolean): Promise<void> => {
    for (let from = 0; from < messages.length && isCurrent(); from += PIECE) {
      session.restore({ messages: messages.slice(from, from + PIECE) })
      if (from + PIECE < messages.length) await nextTurn()
    }
  }

  const use = (id: string | undefined): void => {
    if (id === undefined || id === userId) return
    if (userId !== undefined) {
      // Somebody else: what the former user has not sent stays with them.
      write()
      tails = createTails(tailLength)
    }
    const former = area
    area = undefined
    userId = id
    const isCurrent = (): boolean => userId === id && !isOver
    void open(id, {
      adopted(messages) {
        void restore(messages, isCurrent)
      },
      trouble: session.report,
    }).then(async (opened) => {
      if (!isCurrent()) {
        // The page was gone before the disk was there.
        if (isOver && userId === id) for (const message of waiting.values()) opened.put(message)
        opened.close()
        return
      }
      area = opened
      // What the session dropped with the former user stays with them; what it goes on with moves along.
      for (const message of waiting.values()) {
        opened.put(message)
        former?.remove(message.clientId)
      }
      former?.close()
      const left = await opened.load()
      if (isCurrent()) session.restore({ rooms: left.rooms })
      await restore(left.messages, isCurrent)
      writeSoon()
    }).finally(release)
  }

  let isOver = false
  const offs = [
    session.on('queued', (message: PendingMessage) => put(message)),
    session.on('acked', ({ clientId }) => remove(clientId)),
    session.on('cancelled', ({ clientId }) => remove(clientId)),
    session.on('rejected', ({ clientId, error: { code, message } }) => change(clientId, { code, message })),
    session.on('retried', ({ clientId }) => change(clientId, undefined)),
    session.on('entered', (snapshot) => {
      tails.entered(snapshot)
      writeSoon()
    }),
    session.on('gap', ({ room }) => tails.gap(room)),
    session.on('message', (message) => {
      if (tails.message(message)) writeSoon()
    }),
    session.subscribe(({ user }) => use(user?.id)),
  ]
  // A page that goes away gets no further chance.
  const isPage = typeof document !== 'undefined'
  const writeAll = (): void => {
    write()
    area?.flush()
  }
  const onHide = (): void => {
    if (document.visibilityState === 'hidden') writeAll()
  }
  if (isPage) {
    document.addEventListener('visibilitychange', onHide)
    addEventListener('pagehide', writeAll)
  }
  use(session.snapshot().user?.id)

  return () => {
    clearTimeout(patience)
    clearTimeout(timer)
    release()
    for (const off of offs) off()
    if (isPage) {
      document.removeEventListener('visibilitychange', onHide)
      removeEventListener('pagehide', writeAll)
    }
    write()
    isOver = true
    area?.close()
  }
}
