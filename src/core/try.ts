/** One try to connect: ask for the address and the token, then start a socket whose words count while it is ours. */
import { localLoss, type Loss } from './losses.ts'
import type { SessionContext } from './session-context.ts'
import type { Transport, TransportHandlers } from './transport.ts'

export interface TryHandlers extends Required<Omit<TransportHandlers, 'opened'>> {
  made(transport: Transport): void
  opened(token: string | undefined): void
  failed(loss: Loss): void
}

/** Plain values take no detour, so that the socket exists when `open()` returns. */
export const ask = <T>(provider: () => T | Promise<T>, use: (answer: T) => void, fail: (thrown: unknown) => void): void => {
  let answer: T | Promise<T>
  try {
    answer = provider()
  } catch (thrown) {
    fail(thrown)
    return
  }
  if (isThenable(answer)) answer.then(use, fail)
  else use(answer)
}

const isThenable = <T>(value: T | Promise<T>): value is Promise<T> =>
  typeof (value as { then?: unknown } | undefined)?.then === 'function'

/** @param isCurrent whether this try is still the one that counts */
export const startTry = (context: SessionContext, isCurrent: () => boolean, handlers: TryHandlers): void => {
  const { askUrl, askToken, dialect, protocols, transport } = context.options

  const guarded =
    <A extends unknown[]>(work: (...args: A) => void) =>
    (...args: A): void => {
      if (isCurrent()) context.run(() => work(...args))
    }

  const failed = (what: 'url' | 'token') =>
    guarded((thrown: unknown) => {
      // Whoever knows that there is no login left may say so; asking again would not help.
      const isOver = (thrown as { code?: unknown } | undefined)?.code === 'unauthorized'
      handlers.failed(
        localLoss(
          what === 'token' || isOver ? 'auth' : 'network',
          isOver ? 'unauthorized' : 'provider_failed',
          `The \`${what}\` failed: ${String(thrown)}`,
          isOver ? 'stop' : 'retry',
          thrown,
        ),
      )
    })

  const start = (url: string, token: string | undefined): void => {
    const opened = (): void => {
      handlers.opened(token)
    }
    try {
      handlers.made(
        transport(
          url,
          protocols,
          {
            opened: guarded(opened),
            received: guarded(handlers.received),
            alive: guarded(handlers.alive),
            closed: guarded(handlers.closed),
          },
          { token, binaryType: dialect.binaryType },
        ),
      )
    } catch (thrown) {
      handlers.failed(localLoss('network', 'closed', `No socket: ${String(thrown)}`, 'stop', thrown))
    }
  }

  const urlCame = guarded((url: string) => {
    const tokenCame = guarded((token: string | undefined) => {
      start(url, token)
    })
    ask(askToken, tokenCame, failed('token'))
  })
  ask(askUrl, urlCame, failed('url'))
}
