/** Messages that tabs have not sent yet, known to all tabs: when one is gone, another sends them under their ids. */
import type { PendingMessage, Session } from '../core/index.ts'
import type { TabMessage, ToAll } from './messages.ts'

export interface Unsent {
  /** Ours. */
  own(): readonly PendingMessage[]
  hear(message: TabMessage): void
  /** Every other tab that was heard of. */
  tabs(): readonly string[]
  /** What a tab left behind; it is known no longer. */
  take(tab: string): readonly PendingMessage[]
}

/** @param told a tab is here */
export const createUnsent = (tab: string, session: Session, post: (message: ToAll) => void, told: (tab: string) => void): Unsent => {
  const own = new Map<string, PendingMessage>()
  const failed = new Map<string, PendingMessage>()
  const others = new Map<string, Map<string, PendingMessage>>()

  const add = (message: PendingMessage): void => {
    own.set(message.clientId, message)
    post({ type: 'wrote', tab, messages: [message] })
  }
  const settle = (clientId: string): void => {
    failed.delete(clientId)
    if (own.delete(clientId)) post({ type: 'settled', tab, clientId })
  }
  session.on('queued', add)
  session.on('acked', ({ clientId }) => settle(clientId))
  session.on('cancelled', ({ clientId }) => settle(clientId))
  session.on('rejected', ({ clientId }) => {
    const message = own.get(clientId)
    settle(clientId)
    if (message) failed.set(clientId, message)
  })
  session.on('retried', ({ clientId }) => {
    const message = failed.get(clientId)
    failed.delete(clientId)
    if (message) add(message)
  })

  const note = (other: string, messages: readonly PendingMessage[]): void => {
    const known = others.get(other) ?? new Map<string, PendingMessage>()
    for (const message of messages) known.set(message.clientId, message)
    if (others.has(other)) return
    others.set(other, known)
    told(other)
  }

  return {
    own: () => [...own.values()],
    hear(message) {
      switch (message.type) {
        case 'hello':
          note(message.tab, message.unsent)
          if (message.isNew && own.size > 0) post({ type: 'wrote', tab, messages: [...own.values()] })
          break
        case 'wrote':
          note(message.tab, message.messages)
          break
        case 'settled':
          others.get(message.tab)?.delete(message.clientId)
          break
        case 'bye':
          others.delete(message.tab)
      }
    },
    tabs: () => [...others.keys()],
    take(other) {
      const messages = [...(others.get(other)?.values() ?? [])]
      others.delete(other)
      return messages
    },
  }
}
