import type { ChatMemberEntry, ChatRoomListEntry } from 'vue-chat-socket'
import { people } from './samples.ts'

const HOUR = 3_600_000
const said = (author: { id: string; name: string }, body: string, hoursAgo: number, more: object = {}) => ({
  author,
  body,
  createdAt: Date.now() - hoursAgo * HOUR,
  isOwn: author.id === people.me.id,
  isDeleted: false,
  ...more,
})

export const roomEntries: readonly ChatRoomListEntry[] = [
  { room: 'd-lin', title: people.lin.name, kind: 'direct', peer: people.lin, isOnline: true, unread: 2, last: said(people.lin, '我在七号码头了，咖啡已经买好 ☕️', 0.2) },
  { room: 'd-ada', title: people.ada.name, kind: 'direct', peer: people.ada, isOnline: false, last: said(people.me, 'See you there', 30) },
  { room: 'd-amira', title: people.amira.name, kind: 'direct', peer: people.amira, isOnline: true, typing: [people.amira], last: said(people.amira, 'أنا في الطريق', 3) },
  { room: 'general', title: 'General', unread: 140, isMentioned: true, last: said(people.jonas, 'The ferry leaves at 9:40, not at ten. Whoever is late rows.', 0.5) },
  { room: 'design', title: 'Design', last: said(people.priya, 'Two lines\nof text', 5), typing: [people.ada, people.jonas, people.priya] },
  { room: 'plans', title: 'Plans', isPrivate: true, last: said(people.ada, '', 50, { isDeleted: true }) },
  { room: 'photos', title: 'Photos', unread: 1, last: said(people.ada, '', 60, { attachments: [{ id: 'f', name: 'a.jpg', type: 'image/jpeg', size: 1, url: '#' }] }) },
  { room: 'draft', title: 'Somewhere', last: said(people.priya, 'I can row.', 9_000) },
  { room: 'long', title: 'Operations at three in the morning, with a title that is a good deal too long for its place', unread: 9 },
  { room: 'xss', title: '<img src=x onerror="document.title=\'hacked\'">', last: said({ id: 'rlo', name: '\u202eevil name' }, '<script>alert(1)</script>', 400) },
  { room: 'rtl', title: 'القناة', last: said(people.amira, 'نلتقي عند القناة ظهرا ثم نبحر معا إلى الجزيرة الصغيرة قبل العصر', 21) },
  { room: 'silent', title: 'Nothing said yet' },
  { room: 'garden', title: 'Garden', isMember: false, last: said(people.jonas, 'Tomatoes are in.', 20) },
]

export const manyRooms: readonly ChatRoomListEntry[] = Array.from({ length: 500 }, (_, index) => ({
  room: `r${String(index)}`,
  title: `Room ${String(index)}`,
  unread: index % 7,
  last: said(people.ada, `Message ${String(index)}`, index),
}))

export const members: readonly ChatMemberEntry[] = [
  { ...people.me, online: true, role: 'owner' },
  { ...people.ada, online: true, role: 'member' },
  { ...people.lin, online: true, role: 'member' },
  { ...people.amira, online: false, role: 'member' },
  { id: 'long', name: 'A very long name that goes on '.repeat(8), online: false, role: 'member' },
]

export const manyMembers: readonly ChatMemberEntry[] = Array.from({ length: 60 }, (_, index) => ({ id: `m${String(index)}`, name: `Member ${String(index)}`, online: index % 3 === 0 }))

const can = { send: true, react: true, attach: true, invite: true, manage: false }

/** What a server lists, in the words of the wire. */
export const listings = [
  ...roomEntries.slice(0, 6).map(({ room, title, kind = 'room', unread = 0, isMentioned = false, last, isPrivate = false, peer, isOnline }) => ({
    room,
    title,
    kind,
    isMember: true,
    isPrivate,
    memberCount: kind === 'direct' ? 2 : room === 'general' ? 0 : 5,
    top: 1,
    unread,
    mentioned: isMentioned,
    activeAt: Math.floor(last?.createdAt ?? 0),
    ...(last && { last: { room, seq: 1, kind: 'message', clientId: `c-${room}`, from: last.author, body: last.body, ts: Math.floor(last.createdAt) } }),
    ...(peer && { members: [people.me, peer], online: isOnline ? [people.me.id, peer.id] : [people.me.id] }),
    can: { ...can, manage: room === 'plans', moderate: room === 'plans', invite: kind === 'room' && room !== 'general' },
  })),
  { room: 'news', title: 'Announcements', kind: 'room' as const, isMember: true, isPrivate: false, memberCount: 5, top: 0, unread: 0, activeAt: 1, can: { ...can, send: false, attach: false } },
  { room: 'garden', title: 'Garden', kind: 'room' as const, isMember: false, isPrivate: false, memberCount: 3, top: 0, unread: 0, activeAt: 1, can },
]

export const roomMembers = members.map(({ id, name, online = false, role = 'member' }) => ({ id, name, online, role }))
