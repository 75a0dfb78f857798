/** What a tab shows as its connection: the leader's link to the server, its own queue and rooms. */
import type { ChatError, SessionSnapshot } from '../core/index.ts'
import { isUp, toError, type Link, type PlainError } from './messages.ts'
import type { Intent } from './types.ts'

export interface ViewSources {
  readonly intent: Intent
  /** Of the tab's own session. */
  readonly own: SessionSnapshot
  /** Of the leader; `undefined` while none is known. */
  readonly link: Link | undefined
  readonly lastReceivedAt: number | undefined
}

export type View = (sources: ViewSources) => Partial<SessionSnapshot>

/** Equal parts keep their identity, so that nothing looks changed. */
export const createView = (): View => {
  let cause: SessionSnapshot['cause']
  let error: { readonly text: string; readonly error: ChatError } | undefined

  const causeOf = (now: SessionSnapshot['cause']): SessionSnapshot['cause'] => {
    if (JSON.stringify(cause) !== JSON.stringify(now)) cause = now
    return cause
  }
  const errorOf = (plain: PlainError | undefined): ChatError | undefined => {
    if (!plain) return undefined
    const text = JSON.stringify(plain)
    if (error?.text !== text) error = { text, error: toError(plain) }
    return error.error
  }

  return ({ intent, own, link, lastReceivedAt }) => {
    const { state: _own, ...mine } = own
    const { state: _link, error: plain, ...theirs } = link ?? { state: 'connecting', cause: undefined, error: undefined }
    const isClosed = intent === 'closed' || intent === 'over'
    const why = isClosed ? ({ kind: 'user' } as const) : intent === 'asleep' ? ({ kind: 'frozen' } as const) : theirs.cause
    return {
      ...mine,
      ...theirs,
      lastReceivedAt,
      cause: causeOf(why),
      error: isClosed ? undefined : errorOf(plain),
      state: stateOf(intent, own.state, link?.state ?? 'connecting'),
    }
  }
}

const stateOf = (intent: Intent, own: SessionSnapshot['state'], link: SessionSnapshot['state']): SessionSnapshot['state'] => {
  switch (intent) {
    case 'idle':
    case 'closed':
      return intent
    case 'over':
      return 'closed'
    case 'asleep':
      return 'waiting'
    case 'open':
      // A leader that stops is followed by another one.
      if (link === 'idle' || link === 'closed') return 'connecting'
      return isUp(link) && !isUp(own) ? 'handshaking' : link
  }
}
