import type { ChatLocale } from './en.ts'
import { pluralOf } from './en.ts'

const count = (value: number, text: string): string => pluralOf('zh-CN', value, { other: text })

const failures: Readonly<Record<string, string>> = {
  body_too_long: '内容太长。',
  body_empty: '内容为空。',
  forbidden: '你不在该房间中。',
  not_found: '该房间不存在。',
  target_not_found: '该消息不存在。',
  target_deleted: '该消息已被删除。',
  body_invalid: '不能作为表情回应。',
  reaction_limit: '你对该消息的回应过多。',
  unauthorized: '请重新登录。',
  rate_limited: '发送过于频繁。',
  outbox_full: '等待发送的消息过多。',
  storage_unavailable: '服务器未能保存该消息。',
  busy: '服务器繁忙。',
  internal: '服务器出错。',
  unsupported: '服务器不支持该操作。',
}

const roomErrors: Readonly<Record<string, string>> = {
  not_found: '该房间不存在。',
  forbidden: '你不能进入该房间。',
  room_limit: '你加入的房间过多，请先离开一个。',
}

export const zhCN: ChatLocale = {
  tag: 'zh-CN',
  dir: 'ltr',

  you: '你',
  today: '今天',
  yesterday: '昨天',
  messageBy: (author, time) => `${author}，${time}`,
  messagesIn: (room) => `${room} 的消息`,
  onlineCount: (value) => count(value, '# 人在线'),
  deletedMessage: '此消息已删除',

  loadingMessages: '正在加载消息…',
  loadingOlder: '正在加载更早的消息…',
  emptyTitle: '还没有消息',
  emptyHint: '来发第一条消息吧。',
  gap: '此处缺少部分消息',
  loadGap: '加载',
  loadOlder: '加载更早的消息',
  roomError: (code) => roomErrors[code ?? ''] ?? '无法打开该房间。',
  newMessages: (value) => count(value, '# 条新消息'),
  jumpToLatest: '跳到最新消息',

  status: {
    sending: '发送中',
    unconfirmed: '尚未确认',
    sent: '已发送',
    delivered: '已送达',
    read: '已读',
    failed: '未发送',
  },
  failure: (code) => failures[code ?? ''] ?? '服务器拒绝了该消息。',
  retry: '重试',
  discard: '丢弃',
  retryMessage: (body) => `重试：${body}`,
  discardMessage: (body) => `丢弃：${body}`,

  composerLabel: (room) => `发送消息到 ${room}`,
  composerPlaceholder: '输入消息',
  send: '发送',
  remaining: (value) => (value < 0 ? count(-value, '超出 # 个字符') : count(value, '还可输入 # 个字符')),

  typing: (names) => `${names.join('和')}正在输入`,
  typingMany: '多人正在输入',

  connection: {
    connecting: '正在连接…',
    reconnecting: '正在重新连接…',
    probing: '正在检查连接…',
    waiting: '连接已断开',
    unstable: '网络不稳定',
    offline: '当前处于离线状态',
    closed: '已断开连接',
    failed: '无法连接',
    takenOver: '聊天已在其他地方打开',
    signInAgain: '登录已失效，请重新登录。',
    connectedAgain: '已恢复连接',
  },
  retryIn: (seconds) => `${seconds.toLocaleString('zh-CN')} 秒后重试`,
  attempt: (value) => `第 ${value.toLocaleString('zh-CN')} 次尝试`,
  retryNow: '立即重试',
  connect: '连接',
  unsent: (value) => count(value, '# 条消息等待发送'),

  announceMessage: (author, body) => `${author}：${body}`,
  announceNewMessages: (value) => count(value, '# 条新消息'),
  announceFailed: '有一条消息未能发送',

  rooms: '房间',
  unread: (value) => count(value, '# 条未读消息'),
  noRooms: '还没有房间',
  members: '在线成员',
  noMembers: '当前没有人',
}
