/** One try to connect: ask for the address and the token, then start a socket whose words count while it is ours. */
import { ChatError } from './errors.ts'
import { localLoss, type Loss } from './losses.ts'
import type { SessionContext } from './session-context.ts'
import type { Transport } from './transport.ts'

export interface TryHandlers {
  made(transport: Transport): void
  opened(token: string | undefined): void
  received(data: unknown): void
  alive(): void
  closed(code: number, reason: string): void
  failed(loss: Loss): void
}

/** @param isCurrent whether this try is still the one that counts */
export const startTry = (context: SessionContext, isCurrent: () => boolean, handlers: TryHandlers): void => {
  const { askUrl, askToken, protocols, transport } = context.options

  const guarded =
    <A extends unknown[]>(work: (...args: A) => void) =>
    (...args: A): void => {
      if (!isCurrent()) return
      context.run(() => {
        work(...args)
      })
    }

  const fail = guarded((what: string, thrown: unknown) => {
    const message = `The \`${what}\` failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`
    const kind = what === 'token' ? 'auth' : 'network'
    handlers.failed(localLoss(kind, 'provider_failed', message, thrown))
  })

  const start = guarded((url: string, token: string | undefined) => {
    try {
      handlers.made(
        transport(
          url,
          protocols,
          {
            opened: guarded(() => {
              handlers.opened(token)
            }),
            received: guarded(handlers.received),
            alive: guarded(handlers.alive),
            closed: guarded(handlers.closed),
          },
          { token },
        ),
      )
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown)
      const error = new ChatError('closed', `The socket could not be made: ${message}`, { cause: thrown })
      handlers.failed({ cause: { kind: 'network', reason: message }, action: 'stop', scope: 'ordinary', error })
    }
  })

  // Plain values take no detour, so that the socket exists when `open()` returns.
  ask('url', askUrl, fail, (url) => {
    if (isCurrent()) ask('token', askToken, fail, (token) => {
      start(url, token)
    })
  })
}

const ask = <T>(
  what: string,
  provider: () => T | Promise<T>,
  fail: (what: string, thrown: unknown) => void,
  go: (value: T) => void,
): void => {
  let answer: T | Promise<T>
  try {
    answer = provider()
  } catch (thrown) {
    fail(what, thrown)
    return
  }
  if (!isThenable(answer)) {
    go(answer)
    return
  }
  answer.then(go, (thrown: unknown) => {
    fail(what, thrown)
  })
}

const isThenable = <T>(value: T | Promise<T>): value is Promise<T> =>
  typeof (value as { then?: unknown } | undefined)?.then === 'function'
