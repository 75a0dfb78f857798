import { ChatError, type ChatMessageRow, type ChatUser, type MessageStatus } from 'vue-chat-socket'

export const people = {
  me: { id: 'me', name: 'Robin Vale' },
  ada: { id: 'ada', name: 'Ada Okafor' },
  lin: { id: 'lin', name: '林晓雨' },
  jonas: { id: 'jonas', name: 'Jonas Berg' },
  amira: { id: 'amira', name: 'أميرة حداد' },
  priya: { id: 'priya', name: 'Priya Raman' },
} as const satisfies Record<string, ChatUser>

const MINUTE = 60_000

/** Yesterday and today are words in the list, so the samples keep their distance from now. */
const at = (daysAgo: number, hour: number, minute: number): number => {
  const date = new Date()
  date.setDate(date.getDate() - daysAgo)
  return date.setHours(hour, minute, 0, 0)
}

let count = 0

export const sample = (
  author: ChatUser,
  body: string,
  createdAt: number,
  status: MessageStatus = 'sent',
): ChatMessageRow => {
  count += 1
  const isOwn = author.id === people.me.id
  return {
    key: isOwn ? `own-${count}` : `general:${count}`,
    room: 'general',
    seq: count,
    ...(isOwn && { clientId: `own-${count}` }),
    author,
    body,
    createdAt,
    isOwn,
    status,
    ...(status === 'failed' && { failure: new ChatError('rate_limited', 'Too many messages.') }),
  }
}

export const conversation: readonly ChatMessageRow[] = [
  sample(people.jonas, 'The ferry leaves at 9:40, not at ten. Whoever is late rows.', at(1, 18, 4)),
  sample(people.priya, 'I can row.', at(1, 18, 5)),
  sample(people.priya, 'I cannot row well.', at(1, 18, 5)),
  sample(people.me, 'Noted. I will bring a second paddle and low expectations.', at(1, 18, 9), 'read'),
  sample(people.ada, 'Morning! Is the harbour map still the one from last year?', at(0, 8, 12)),
  sample(people.ada, 'I only find this: https://example.org/harbour/map?year=2026 (page 3).', at(0, 8, 12)),
  sample(people.me, 'Same piers, new numbers. We want the one next to the coffee.', at(0, 8, 14), 'read'),
  sample(people.me, 'Pier 7.', at(0, 8, 14), 'delivered'),
  sample(people.lin, '我在七号码头了，咖啡已经买好 ☕️', at(0, 9, 1)),
  sample(people.amira, 'أنا في الطريق، خمس دقائق فقط', at(0, 9, 2)),
  sample(
    people.jonas,
    'Weather for the crossing:\n\n· wind from the west, easing by noon\n· a little rain until 11, then sun\n· water 14 °C, so please stay in the boat',
    at(0, 9, 6),
  ),
  sample(people.me, 'Then jackets on top, sandwiches below.', at(0, 9, 8), 'sent'),
  sample(people.me, 'On my way, tram just left', at(0, 9, 8), 'sending'),
]

export const statuses: readonly ChatMessageRow[] = [
  sample(people.me, 'Sending', at(0, 7, 0), 'sending'),
  sample(people.me, 'Not confirmed: the link broke before the answer', at(0, 7, 10), 'unconfirmed'),
  sample(people.me, 'Sent', at(0, 7, 20), 'sent'),
  sample(people.me, 'Delivered', at(0, 7, 30), 'delivered'),
  sample(people.me, 'Read', at(0, 7, 40), 'read'),
  sample(people.me, 'This one was refused by the server, with a body that is longer than one line.', at(0, 7, 50), 'failed'),
]

export const stress: readonly ChatMessageRow[] = [
  sample(people.ada, 'Donaudampfschifffahrtsgesellschaft'.repeat(12), at(0, 7, 0)),
  sample(people.me, 'https://example.org/' + 'path/'.repeat(60), at(0, 7, 1), 'sent'),
  sample({ id: 'z', name: 'Zalgo' + '\u0301\u0353'.repeat(500) }, 'a' + '\u0335\u0301'.repeat(5_000) + ' after the marks', at(0, 7, 2)),
  sample(people.amira, 'مرحبا بالجميع، الرابط هنا https://example.org/a?b=c وشكرا', at(0, 7, 3)),
  sample({ id: 'rlo', name: '\u202eevil name' }, 'A name that tries to turn the page around', at(0, 7, 4)),
  sample({ id: 'long', name: 'A very long name that goes on '.repeat(8) }, 'Short.', at(0, 7, 5)),
  sample(people.lin, '没有空格的长文本'.repeat(60), at(0, 7, 6)),
  sample(people.jonas, '<img src=x onerror="document.title=\'hacked\'"> **plain** <b>text</b>', at(0, 7, 7)),
  sample(people.jonas, 'x'.repeat(20_000), at(0, 7, 8)),
]

/** A long room with rows of different heights. */
export const longRoom = (length: number): readonly ChatMessageRow[] =>
  Array.from({ length }, (_, index) => pageRow(index))

export const pageRow = (index: number): ChatMessageRow => ({
  key: `long:${index}`,
  room: 'long',
  seq: index + 1_000,
  author: [people.ada, people.jonas, people.priya][Math.abs(index) % 3]!,
  body: `Message ${index}. ${'Some words more. '.repeat((Math.abs(index) * 7) % 11)}`,
  createdAt: at(0, 6, 0) + index * MINUTE,
  isOwn: false,
  status: 'sent',
})
