/** Requests that wait for an answer by id. An answer that never comes is an answer too. */
import type { Command, Inbound } from './dialect.ts'
import { ChatError } from './errors.ts'
import type { Cancel, SessionContext } from './session-context.ts'

export interface RequestHandlers {
  answered(answer: Inbound): void
  /** Refused, not answered in time, or there is no connection (`not_connected`). */
  failed(error: ChatError, afterMs?: number): void
}

export interface Requests {
  ask(room: string, command: (id: number) => Command, handlers: RequestHandlers): void
  /** @returns whether it was awaited */
  answer(id: number | undefined, use: (handlers: RequestHandlers, room: string) => void): boolean
  /** The connection is gone. */
  lost(): void
}

/** How long an answer may take on a live link, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 10_000

export const createRequests = ({ after }: SessionContext, say: (command: Command) => boolean): Requests => {
  const waiting = new Map<number, { readonly handlers: RequestHandlers; readonly room: string; readonly cancel: Cancel }>()
  let lastId = 0

  const answer: Requests['answer'] = (id, use) => {
    const request = waiting.get(id!)
    if (!request) return false
    waiting.delete(id!)
    request.cancel()
    use(request.handlers, request.room)
    return true
  }

  const fail = (id: number, code: string, text: string): void => {
    answer(id, ({ failed }, room) => failed(new ChatError(code, text, { room, retryable: true })))
  }
  const unconnected = (id: number): void => fail(id, 'not_connected', 'There is no connection now; try again when there is.')

  return {
    ask(room, command, handlers) {
      const id = ++lastId
      const cancel = after(REQUEST_TIMEOUT_MS, () => fail(id, 'request_timeout', `The server did not answer within ${REQUEST_TIMEOUT_MS} ms.`))
      waiting.set(id, { handlers, room, cancel })
      if (!say(command(id))) unconnected(id)
    },
    answer,
    lost() {
      for (const id of [...waiting.keys()]) unconnected(id)
    },
  }
}
