import type { ComputedRef, InjectionKey, VNodeChild } from 'vue'
import type { ChatMessage, ChatUser } from '../../core/index.ts'
import type { MessageActionName } from '../types.ts'
import type { Mentionable } from './message-text.ts'

/** What a list tells its rows, so that none of it is a prop of each. */
export interface MessageContext {
  readonly people: ComputedRef<Mentionable>
  allows(action: MessageActionName, message: ChatMessage): boolean
  /** Who has seen an own message; undefined where nobody tells. */
  readers?(): ((message: ChatMessage) => readonly ChatUser[]) | undefined
  /** Draws the text of a message in place of the plain one. */
  renderBody(): ((message: ChatMessage) => VNodeChild) | undefined
}

export const messageContextKey: InjectionKey<MessageContext> = Symbol('vue-chat-socket messages')
