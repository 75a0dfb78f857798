import { ChatError, type ChatMessage, type MessageStatus } from '../../../src/core/index.ts'

export const NOON = new Date(2026, 2, 10, 12, 0).getTime()
export const MINUTE = 60_000

export const message = (seq: number, over: Partial<ChatMessage> = {}): ChatMessage => ({
  key: `general:${seq}`,
  room: 'general',
  seq,
  author: { id: 'ada', name: 'Ada Okafor' },
  body: `Message ${seq}`,
  createdAt: NOON + seq * 1_000,
  isOwn: false,
  status: 'sent',
  ...over,
})

export const own = (id: string, status: MessageStatus = 'sending', over: Partial<ChatMessage> = {}): ChatMessage => ({
  key: id,
  clientId: id,
  room: 'general',
  author: { id: 'me', name: 'Robin Vale' },
  body: `Own ${id}`,
  createdAt: NOON + 60_000,
  isOwn: true,
  status,
  ...(status === 'failed' && { failure: new ChatError('body_too_long', 'Too long.') }),
  ...over,
})
