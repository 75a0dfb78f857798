import { computed, shallowRef, watchEffect } from 'vue'
import { en, type ChatLocale } from 'vue-chat-socket'
import { zhCN } from 'vue-chat-socket/locale/zh-CN'
import type { BackEndName, Lack } from './back-ends.ts'
import { Refused } from './people.ts'

const english = {
  tagline: 'Chat over a socket that does not give up',
  pitch:
    'Pick a name and talk. Then cut the connection, mute the server or restart it while you type: every message still arrives, once.',
  name: 'Your name',
  namePlaceholder: 'Ada',
  start: 'Start talking',
  server: 'Server',
  backEnds: {
    'chat.v1': 'The server of this package.',
    'chat.v1-socket-io': 'The same server and rooms, over Socket.IO.',
    'text-ping': 'Plain text: “ping” is answered by “pong”.',
    'type-ping': 'JSON: a “ping” comes back with the status “pong”.',
    'ping-pong': 'JSON: “PING” is answered by “PONG”.',
    'heartbeat-ack': 'JSON: a “heartbeat” is answered by a “heartbeat_ack”.',
    'event-room': 'Rooms by events. The server asks every second. Names must differ.',
    'socket-io': 'A plain Socket.IO server: an event per message.',
  } as Readonly<Record<BackEndName, string>>,
  without: 'It has no word for: ',
  lacks: {
    names: 'names',
    acks: 'confirmations',
    history: 'history',
    rooms: 'a list of rooms',
    presence: 'who is online',
    typing: 'typing',
  } as Readonly<Record<Lack, string>>,
  unproven: 'What is written into a link that has died unnoticed is lost.',
  tryPair: 'Open a second tab and sign in with another name to talk to yourself.',
  refusals: {
    bad_name: 'A name has 1 to 40 visible characters.',
    rate_limited: 'Too many sign-ins. Wait a moment.',
    unavailable: 'The server is down. Try again in a moment.',
    unreachable: 'The server does not answer. Is it running?',
  } as Readonly<Partial<Record<string, string>>>,
  rooms: 'Rooms',
  connection: 'Connection',
  close: 'Close',
  signOut: 'Sign out',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  language: 'Language',
  settings: 'More settings',
  density: 'Density',
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  direction: 'Direction',
  directions: { ltr: 'Left to right', rtl: 'Right to left' },
  markdown: 'Markdown in messages',
  pulse: 'Pulse',
  emptyTitle: 'It is quiet in here',
  emptyHint: 'Open a second tab, be somebody else, and talk to yourself. Then pull the plug on one of you.',
  secondTab: 'Open a second tab',
  roundTrip: 'round trip',
  roundTrips: (last: number, count: number) => `Round trips, newest ${String(last)} milliseconds, ${String(count)} shown`,
  noPulse: 'Waiting for the first beat',
  state: 'State',
  attempt: 'Attempt',
  nextTry: 'Next try',
  unsent: 'Unsent',
  heartbeat: 'Heartbeat',
  badFrames: 'Bad frames',
  byServer: 'server asks',
  serverLed: 'The server asks whether we are there, so there is no round trip to measure.',
  now: 'now',
  none: '–',
  hurtTitle: 'Hurt it',
  hurtHint: 'Keep typing while you do.',
  faults: {
    cut: ['Cut the socket', 'The link breaks without a word'],
    mute: ['Mute the server', 'Half-open: the socket looks fine, nothing arrives'],
    refuse: ['Refuse for 10 s', 'Everyone is dropped, nobody gets in'],
    restart: ['Restart the server', 'As after a crash'],
  },
  disconnect: 'Go offline',
  connect: 'Connect',
  retry: 'Retry now',
  transitions: 'What happened',
}

export type Texts = typeof english

const chinese: Texts = {
  tagline: '不轻易放弃的聊天连接',
  pitch: '取个名字就能聊。一边打字，一边切断连接、让服务器静默或重启：每条消息仍会送达，且只送达一次。',
  name: '你的名字',
  namePlaceholder: '小艾',
  start: '开始聊天',
  server: '服务器',
  backEnds: {
    'chat.v1': '本软件包自带的服务器。',
    'chat.v1-socket-io': '同一台服务器、同样的房间，改走 Socket.IO。',
    'text-ping': '纯文本：“ping”得到“pong”。',
    'type-ping': 'JSON：“ping”带着状态“pong”返回。',
    'ping-pong': 'JSON：“PING”得到“PONG”。',
    'heartbeat-ack': 'JSON：“heartbeat”得到“heartbeat_ack”。',
    'event-room': '以事件分房间，服务器每秒询问一次。名字不能相同。',
    'socket-io': '普通的 Socket.IO 服务器：一条消息一个事件。',
  },
  without: '它不支持：',
  lacks: {
    names: '名字',
    acks: '送达确认',
    history: '历史记录',
    rooms: '房间列表',
    presence: '在线人数',
    typing: '输入状态',
  },
  unproven: '链路若已悄然断开，此时写入的消息会丢失。',
  tryPair: '再开一个标签页，换个名字登录，就能和自己对话。',
  refusals: {
    bad_name: '名字须为 1 到 40 个可见字符。',
    rate_limited: '登录太频繁，请稍等片刻。',
    unavailable: '服务器暂不可用，请稍后再试。',
    unreachable: '服务器没有响应，它在运行吗？',
  },
  rooms: '房间',
  connection: '连接',
  close: '关闭',
  signOut: '退出',
  theme: '主题',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  language: '语言',
  settings: '更多设置',
  density: '密度',
  densities: { comfortable: '宽松', compact: '紧凑' },
  direction: '方向',
  directions: { ltr: '从左到右', rtl: '从右到左' },
  markdown: '消息支持 Markdown',
  pulse: '脉搏',
  emptyTitle: '这里还很安静',
  emptyHint: '再开一个标签页，换个身份，和自己聊聊。然后拔掉其中一个的网线。',
  secondTab: '打开第二个标签页',
  roundTrip: '往返时间',
  roundTrips: (last, count) => `往返时间，最近一次 ${String(last)} 毫秒，共显示 ${String(count)} 次`,
  noPulse: '等待第一次心跳',
  state: '状态',
  attempt: '尝试次数',
  nextTry: '下次尝试',
  unsent: '未发送',
  heartbeat: '心跳',
  badFrames: '坏帧',
  byServer: '由服务器询问',
  serverLed: '由服务器询问我们是否在线，因此没有往返时间可测。',
  now: '马上',
  none: '–',
  hurtTitle: '捣乱',
  hurtHint: '捣乱时请继续打字。',
  faults: {
    cut: ['切断连接', '链路悄无声息地断开'],
    mute: ['服务器静默', '半开连接：看似正常，却收不到任何东西'],
    refuse: ['拒绝 10 秒', '所有人掉线，谁也进不来'],
    restart: ['重启服务器', '如同崩溃之后'],
  },
  disconnect: '离线',
  connect: '连接',
  retry: '立即重试',
  transitions: '发生了什么',
}

export type Language = 'en' | 'zh-CN'
export type Theme = 'system' | 'light' | 'dark'
export type Density = 'comfortable' | 'compact'
export type Direction = 'ltr' | 'rtl'
type OnOff = 'on' | 'off'

const stored = <T extends string>(key: string, fallback: T) => {
  const value = shallowRef((localStorage.getItem(key) ?? fallback) as T)
  watchEffect(() => {
    localStorage.setItem(key, value.value)
  })
  return value
}

export const language = stored<Language>('playground:language', navigator.language.startsWith('zh') ? 'zh-CN' : 'en')
export const theme = stored<Theme>('playground:theme', 'system')
export const density = stored<Density>('playground:density', 'comfortable')
export const direction = stored<Direction>('playground:direction', 'ltr')
const markdown = stored<OnOff>('playground:markdown', 'on')
export const isMarkdown = computed({ get: () => markdown.value === 'on', set: (on) => (markdown.value = on ? 'on' : 'off') })
export const texts = computed(() => (language.value === 'zh-CN' ? chinese : english))
export const locale = computed<ChatLocale>(() => (language.value === 'zh-CN' ? zhCN : en))

/** Why the server said no, for a person. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Refused ? texts.value.refusals[error.code] : undefined) ?? (error instanceof Error ? error.message : String(error))

watchEffect(() => {
  const { documentElement: html } = document
  html.lang = language.value
  html.dir = direction.value
  html.dataset['density'] = density.value
  if (theme.value === 'system') delete html.dataset['theme']
  else html.dataset['theme'] = theme.value
})
