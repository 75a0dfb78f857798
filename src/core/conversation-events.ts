import type { SessionEvent } from './session-types.ts'

/** Events that tell the course of a conversation. */
export const CONVERSATION_EVENTS = [
  'welcome',
  'message',
  'elsewhere',
  'entered',
  'left',
  'gap',
  'queued',
  'acked',
  'unconfirmed',
  'rejected',
  'retried',
  'cancelled',
  'presence',
  'marks',
  'listing',
  'gone',
] as const satisfies readonly SessionEvent[]
