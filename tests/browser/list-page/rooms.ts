import type { ChatMessageRow } from '../../../src/index.ts'

const PEOPLE = [
  { id: 'ada', name: 'Ada Okafor' },
  { id: 'jonas', name: 'Jonas Berg' },
  { id: 'lin', name: '林晓雨' },
] as const

const NOON = new Date(2026, 2, 10, 12).getTime()

/** Rows of many heights: from one line to twenty, with groups, and a day about every ninety messages. */
export const messageAt = (index: number, room = 'long'): ChatMessageRow => ({
  key: `${room}:${index}`,
  room,
  seq: index + 1_000_000,
  author: PEOPLE[Math.floor(Math.abs(index) / 3) % 3]!,
  body: `Message ${index}. ${'Some words more. '.repeat((Math.abs(index) * 7) % 23)}${'\n'.repeat(Math.abs(index) % 5)}end`,
  createdAt: NOON + index * 16 * 60_000,
  isOwn: false,
  status: 'sent',
})

export const messagesFrom = (start: number, count: number, room?: string): ChatMessageRow[] =>
  Array.from({ length: count }, (_, index) => messageAt(start + index, room))

export const ownMessage = (body: string, index: number): ChatMessageRow => ({
  key: `own-${index}`,
  clientId: `own-${index}`,
  room: 'long',
  author: { id: 'me', name: 'Robin Vale' },
  body,
  createdAt: NOON + index * 16 * 60_000,
  isOwn: true,
  status: 'sending',
})
