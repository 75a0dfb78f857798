/** One tab of an app whose tabs share a connection. Who it is stands in the address. */
import { createPinia } from 'pinia'
import { createApp, defineComponent, h } from 'vue'
import { ChatRoom, ChatRoomList, createChat, useChatRooms, useChatSocket, useChatStore, useChatTabs } from 'vue-chat-socket'
import { indexedDbStorage } from 'vue-chat-socket/storage'
import { sharedTabs } from 'vue-chat-socket/tabs'
import 'vue-chat-socket/style.css'

declare global {
  interface Window {
    /** Rooms of notifications that were clicked. */
    __opened?: string[]
    __tab?: {
      readonly session: ReturnType<typeof useChatSocket>['session']
      readonly isLeader: () => boolean
      /** Own and others' rows, top to bottom. */
      readonly rows: () => readonly (readonly [body: string, status: string])[]
      readonly unread: () => number
      /** Rows of the list of rooms, where it is shown, top to bottom. */
      readonly listed: () => readonly string[]
    }
  }
}

const query = new URLSearchParams(location.search)
const room = query.get('room') ?? 'general'
/** With the list of rooms beside the room. */
const hasList = query.has('list')
const user = { id: query.get('id') ?? '', name: query.get('name') ?? '' }

const Page = defineComponent({
  setup() {
    const { session } = useChatSocket()
    const { isLeader } = useChatTabs()
    const store = useChatStore()
    const chats = hasList ? useChatRooms() : undefined
    window.__tab = {
      session,
      isLeader: () => isLeader.value,
      rows: () => store.messages(room).map(({ body, status }) => [body, status] as const),
      unread: () => store.unread(room),
      listed: () =>
        [...document.querySelectorAll('.chat-rooms-item')].map((row) =>
          ['title', 'preview'].map((part) => row.querySelector(`.chat-rooms-${part}`)?.textContent ?? '').concat([...row.querySelectorAll('.chat-badge > [aria-hidden]')].map(({ textContent }) => textContent)).join(' | ').replace(/[\u2066-\u2069]/gu, ''),
        ),
    }
    return () => [chats && h(ChatRoomList, { rooms: chats.rooms.value }), h(ChatRoom, { room })]
  },
})

createApp(Page)
  .use(createPinia())
  .use(createChat({ url: '/chat', token: query.get('token') ?? '', user, tabs: query.has('alone') ? 'independent' : sharedTabs(), ...(query.has('notice') && { notice: { desktop: true, open: (wanted) => void (window.__opened ??= []).push(wanted) } }), storage: indexedDbStorage({ name: 'tabs' }) }))
  .mount('#app')
