/** A connection lives as long as its token, or as the fresh one that took its place. */
import type { Identify } from './tokens.ts'
import { createBucket } from './rate-limit.ts'

export interface TokenLifePort {
  readonly identify: Identify
  /** Whom the connection belongs to; `undefined` while it belongs to nobody, and when it is over. */
  userId(): string | undefined
  /** Runs something later; another call takes the place of the one before. */
  after(ms: number, run: () => void): void
  /** Nothing is run later. */
  cancel(): void
  refuse(reason: string): void
  renewed(expiresAt: number | undefined): void
  expired(): void
}

export interface TokenLife {
  /** @param expiresAt milliseconds since 1970; without it the token holds for good */
  start(expiresAt: number | undefined): void
  /** A refusal leaves everything as it was: the present token still holds until it expires. */
  refresh(token: string): Promise<void>
}

/** Fresh tokens on one connection; checking a signature costs more than a message. */
const REFRESH_RATE = { perSecond: 0.2, burst: 5 }

/** A timer of more milliseconds fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1

export const expiryOf = (expiresAt: number | undefined): { expiresInMs?: number } =>
  expiresAt === undefined ? {} : { expiresInMs: Math.max(0, Math.floor(expiresAt - Date.now())) }

export const createTokenLife = (port: TokenLifePort): TokenLife => {
  const budget = createBucket(REFRESH_RATE, performance.now())

  const start: TokenLife['start'] = (expiresAt) => {
    port.cancel()
    if (expiresAt === undefined) return
    port.after(Math.min(Math.max(expiresAt - Date.now(), 0), MAX_TIMER_MS), () => {
      if (expiresAt > Date.now()) start(expiresAt)
      else port.expired()
    })
  }

  return {
    start,
    async refresh(token) {
      if (budget.take(performance.now()) > 0) {
        port.refuse('too many tokens; wait before the next')
        return
      }
      const auth = await port.identify(token)
      const userId = port.userId()
      if (userId === undefined) return
      if (!auth.ok) port.refuse(auth.reason)
      else if (auth.user.id !== userId) port.refuse('the token is of another user')
      else {
        start(auth.expiresAt)
        port.renewed(auth.expiresAt)
      }
    },
  }
}
