/** Requests that wait for an answer by id. An answer that never comes is an answer too. */
import { ChatError } from './errors.ts'
import type { Cancel, SessionContext } from './session-context.ts'

export interface Requests<T> {
  /** @returns the id to send along */
  open(value: T): number
  /** An id for a request whose answer nobody waits for. */
  nextId(): number
  /** Takes a request out. */
  take(id: number): T | undefined
  /** Takes all of them out. */
  takeAll(): readonly T[]
}

/** How long an answer may take on a live link, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 10_000

export const createRequests = <T>(context: SessionContext, expired: (value: T) => void): Requests<T> => {
  const waiting = new Map<number, { readonly value: T; readonly cancel: Cancel }>()
  let lastId = 0
  const take = (id: number): T | undefined => {
    const request = waiting.get(id)
    waiting.delete(id)
    request?.cancel()
    return request?.value
  }
  const nextId = (): number => {
    lastId += 1
    return lastId
  }
  return {
    open(value) {
      const id = nextId()
      const cancel = context.after(REQUEST_TIMEOUT_MS, () => {
        if (waiting.delete(id)) expired(value)
      })
      waiting.set(id, { value, cancel })
      return id
    },
    nextId,
    take,
    takeAll() {
      return [...waiting.keys()].flatMap((id) => take(id) ?? [])
    },
  }
}

export const noAnswer = (what: string, room: string): ChatError =>
  new ChatError('request_timeout', `The server did not answer ${what} within ${REQUEST_TIMEOUT_MS} ms.`, { room, retryable: true })
