/** The events of a browser's socket, made from what the session tells: a socket that was given up tells nothing. */
import type { ConnectionCause } from '../core/index.ts'

/** What a close without an answer is called. */
const ABNORMAL = 1006

export interface Farewell {
  readonly code: number
  readonly reason: string
}

export const NORMAL: Farewell = { code: 1000, reason: '' }

export const messageEvent = (data: unknown): MessageEvent => new MessageEvent('message', { data })

/** @param ours what we said, if the end was our wish */
export const closeEvent = (cause: ConnectionCause | undefined, ours: Farewell): CloseEvent => {
  // A user who gives the socket up without a goodbye has a reason.
  const isWish = cause?.kind === 'user' && cause.reason === undefined
  const { code, reason } = isWish ? ours : { code: cause?.closeCode ?? ABNORMAL, reason: cause?.reason ?? '' }
  return new CloseEvent('close', { code, reason, wasClean: code !== ABNORMAL })
}

/** A socket that was closed with a code fires no `error` in a browser. */
export const isCleanClose = ({ closeCode }: { readonly closeCode?: number | undefined }): boolean =>
  closeCode !== undefined && closeCode !== ABNORMAL
