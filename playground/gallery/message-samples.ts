import { ChatError, type ChatMessageRow, type ChatUser } from 'vue-chat-socket'
import { people } from './samples.ts'

const noon = new Date().setHours(12, 0, 0, 0)
let count = 0

const row = (author: ChatUser, body: string, over: Partial<ChatMessageRow> = {}): ChatMessageRow => {
  count += 1
  const isOwn = author.id === people.me.id
  const key = isOwn ? `own-${count}` : `messages:${count}`
  return { key, room: 'messages', seq: count, clientId: key, author, body, createdAt: noon + count * 61_000, isOwn, status: 'sent', ...over }
}

const quoteOf = ({ seq, key, author, body, isDeleted }: ChatMessageRow): NonNullable<ChatMessageRow['quote']> => ({
  seq: seq!,
  key,
  author,
  body,
  ...(isDeleted && { isDeleted }),
})
const answers = (target: ChatMessageRow): Partial<ChatMessageRow> => ({ replyTo: target.seq, quote: quoteOf(target) })

const question = row(people.ada, 'Who brings the coffee? I have two cups and no pot, which is not how this works.')
const gone = row(people.jonas, '', { isDeleted: true })

const { seq: _none, ...notSent } = row(people.me, 'Never got out', { createdAt: noon + 3_600_000, status: 'failed', failure: new ChatError('rate_limited', 'Slow down.') })

/** Every state that a message can be in because somebody did something to it. */
export const amended: readonly ChatMessageRow[] = [
  question,
  row(people.me, 'I do. The big pot.', { ...answers(question), status: 'read', isEdited: true, editedAt: noon + 400_000 }),
  row(people.priya, 'Then I bring cake', {
    reactions: [
      { emoji: '🎉', count: 3, isOwn: true, users: [people.ada, people.me, people.lin] },
      { emoji: '👍', count: 1, isOwn: false, users: [people.jonas] },
      { emoji: 'yes please', count: 12_345, isOwn: false, users: [people.jonas] },
    ],
  }),
  gone,
  row(people.jonas, '', { isDeleted: true, deletedBy: people.ada }),
  row(people.lin, '', { isDeleted: true, deletedBy: people.me }),
  row(people.amira, 'أي نوع من الكعك؟', answers(question)),
  row(people.lin, '@Robin Vale 请带两个杯子，@Ada Okafor 已经有两个了', { mentions: ['me', 'ada'] }),
  row(people.me, 'What was that?', { ...answers(gone), status: 'delivered' }),
  row(people.jonas, 'Older than what is loaded', { replyTo: 999_999 }),
  row(people.jonas, 'Run `npm start`, then:\n```ts\nconst boat = await rent({ seats: 5, from: "Pier 7", until: "noon, or when the wind turns, whichever comes first" })\n```\nSee https://example.org/boats'),
  row(people.me, 'Changed, but not confirmed', { isEdited: true, pendingChange: 'edit' }),
  row(people.me, 'This text was to be longer', {
    failedChange: { clientId: 'c1', kind: 'edit', body: 'much longer', error: new ChatError('body_too_long', 'Too long.') },
  }),
  row(people.ada, 'One reaction too many', {
    reactions: [{ emoji: '❤️', count: 2, isOwn: true, isPending: true, users: [people.lin, people.me] }],
    failedChange: { clientId: 'c2', kind: 'react', body: '🎈', error: new ChatError('reaction_limit', 'No.') },
  }),
  row(people.jonas, 'Deleted by somebody who may not', {
    failedChange: { clientId: 'c3', kind: 'delete', body: '', error: new ChatError('forbidden', 'No.') },
  }),
  notSent,
]

export { row as messageRow }
