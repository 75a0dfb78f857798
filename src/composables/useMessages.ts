import { computed, isReactive, toRaw, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import type { ChatMessage, ChatUser } from '../core/index.ts'

/** A message as an app may have it. Everything else that a row can have may be there too. */
export interface PlainMessage extends Partial<Omit<ChatMessage, 'key' | 'author' | 'createdAt'>> {
  /** Its own for ever, and no other message's. */
  readonly id: string | number
  readonly author: ChatUser
  readonly body: string
  /** Milliseconds since 1970, a `Date`, or an ISO text. */
  readonly createdAt: number | Date | string
}

export interface UseMessagesOptions {
  /** Our own id: whose messages stand on our side. @default nobody's */
  readonly me?: MaybeRefOrGetter<string | undefined>
}

const timeOf = (at: PlainMessage['createdAt']): number => (typeof at === 'number' ? at : new Date(at).getTime())

/** A row for `ChatMessageList` and `ChatMessage`. @param me our own id */
export const toMessage = ({ id, createdAt, ...rest }: PlainMessage, me?: string): ChatMessage => {
  const key = String(id)
  const isOwn = rest.author.id === me
  // What `retry` and `discard` name.
  return { room: '', status: 'sent', isOwn, ...(isOwn && { clientId: key }), ...rest, key, createdAt: timeOf(createdAt) }
}

/**
 * Rows for `ChatMessageList` out of an app's own messages: a ref, a getter, or a reactive array that is changed in place.
 * A row is made once per object, so an object that changed has to be another one: `list[3] = { ...list[3], body }`.
 */
export const useMessages = (
  messages: MaybeRefOrGetter<readonly PlainMessage[]>,
  { me }: UseMessagesOptions = {},
): ComputedRef<readonly ChatMessage[]> => {
  const rows = computed(() => {
    const own = toValue(me)
    const made = new WeakMap<PlainMessage, ChatMessage>()
    return (message: PlainMessage): ChatMessage => {
      const row = made.get(message) ?? toMessage(message, own)
      made.set(message, row)
      return row
    }
  })
  return computed(() => {
    const list = toValue(messages)
    // A change of the array counts; the proxies of its objects would cost more than the rows.
    if (isReactive(list)) list.some(() => true)
    return toRaw(list).map((message) => rows.value(toRaw(message)))
  })
}
