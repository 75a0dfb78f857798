/** A fresh token on the open connection, before the old one expires. */
import type { Cancel, SessionContext } from './session-context.ts'
import { ask } from './try.ts'

export interface RenewalPort {
  /** Whether the dialect has a word for it. */
  canSay(): boolean
  say(token: string): void
}

export interface Renewal {
  /** @param expiresInMs of the present token */
  start(expiresInMs: number | undefined): void
  stop(): void
}

/** A tenth of the time that is left, but not more than this, is kept for the renewal. Milliseconds. */
const LEAD_MS = 60_000

/** With less than this left it is the server's turn: it closes, and the next try asks for a token anyway. */
const LAST_MS = 1_000

export const createRenewal = ({ options, after, run }: SessionContext, port: RenewalPort): Renewal => {
  let cancel: Cancel | undefined
  let turn = 0

  const start: Renewal['start'] = (expiresInMs = 0) => {
    stop()
    if (expiresInMs < LAST_MS || !port.canSay()) return
    const mine = turn
    const leadMs = Math.min(LEAD_MS, expiresInMs / 10)
    cancel = after(expiresInMs - leadMs, () => {
      ask(
        options.askToken,
        (token) => {
          if (mine === turn && token !== undefined) run(() => port.say(token))
        },
        // The link works and the token holds; a provider that fails is asked again in what is left.
        () => {
          if (mine === turn) start(leadMs)
        },
      )
    })
  }

  const stop = (): void => {
    turn += 1
    cancel?.()
  }

  return { start, stop }
}
