import { createApp, h, nextTick, shallowRef } from 'vue'
import { chatLocaleKey } from '../../../src/composables/keys.ts'
import { ChatMessageList, en, type ChatMessageRow } from '../../../src/index.ts'
import '../../../src/styles/index.css'
import { authorOf, bodyOf, PEOPLE, timeOf } from './subject.ts'

const messageOf = (index: number): ChatMessageRow => ({
  key: `room:${index}`,
  room: 'room',
  seq: index + 1_000_000,
  author: { id: String(authorOf(index)), name: PEOPLE[authorOf(index)]! },
  body: bodyOf(index),
  createdAt: timeOf(index),
  isOwn: authorOf(index) === 0,
  status: 'sent',
})

const messages = shallowRef<readonly ChatMessageRow[]>([])
let first = 0
let last = -1

window.subject = {
  prepare(count) {
    messages.value = Array.from({ length: count }, (_, index) => messageOf(index))
    last = count - 1
  },
  mount() {
    createApp({ render: () => h('section', { class: 'chat chat-room' }, h(ChatMessageList, { messages: messages.value, title: 'Room' })) })
      .provide(chatLocaleKey, shallowRef(en))
      .mount('#app')
  },
  append() {
    last += 1
    messages.value = [...messages.value, messageOf(last)]
  },
  edit() {
    const now = [...messages.value]
    const at = now.length - 2
    now[at] = { ...now[at]!, status: now[at]!.status === 'read' ? 'sent' : 'read', body: `${now[at]!.body} and` }
    messages.value = now
  },
  prepend(count) {
    first -= count
    messages.value = [...Array.from({ length: count }, (_, index) => messageOf(first + index)), ...messages.value]
  },
  updated: () => nextTick(),
  scroller: () => document.querySelector('.chat-list')!,
  rowOf: (index) => document.querySelector(`article[data-key="room:${index}"]`),
  last: () => last,
  nodes: () => document.querySelectorAll('.chat-list *').length,
}
