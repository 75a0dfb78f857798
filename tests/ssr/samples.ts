import * as kit from '../../src/index.ts'

const ada = { id: 'ada', name: 'Ada' }
const attachment = { id: '1', name: 'plan.pdf', type: 'application/pdf', size: 9, url: '/plan.pdf' }
const message = kit.toMessage({ id: 1, author: ada, body: 'Tea?', createdAt: Date.UTC(2026, 2, 10), attachments: [attachment] }, 'me')

/** What each component of the kit needs to be drawn. */
export const props: Readonly<Record<string, object>> = {
  ChatRoom: { room: 'general' },
  ChatMessageList: { messages: [message], title: 'Tea' },
  ChatMessage: { message },
  ChatSystemMessage: { text: 'Ada joined' },
  ChatComposer: { title: 'Tea', attachments: true },
  ChatAttachment: { attachment },
  ChatAttachmentTray: { items: [] },
  ChatConnectionBanner: { state: 'waiting', retryAt: Date.UTC(2026, 2, 10) },
  ChatOnlineCount: { count: 2 },
  ChatTypingIndicator: { users: [ada] },
  ChatRoomList: { rooms: [{ room: 'tea', title: 'Tea', unread: 2 }], current: 'tea' },
  ChatMemberList: { members: [ada] },
  ChatSearch: { room: 'general', title: 'General' },
}
