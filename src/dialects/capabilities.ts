import type { Capabilities } from '../core/session-types.ts'

/** What a dialect has before it says otherwise. */
export const NO_CAPABILITIES: Capabilities = {
  acks: false,
  history: false,
  rooms: false,
  presence: false,
  members: false,
  typing: false,
  edits: false,
  reactions: false,
  replies: false,
  mentions: false,
  attachments: false,
  receipts: false,
  membership: false,
  search: false,
  around: false,
}
