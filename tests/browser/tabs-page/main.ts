/** One tab of an app whose tabs share a connection. Who it is stands in the address. */
import { createPinia } from 'pinia'
import { createApp, defineComponent, h } from 'vue'
import { ChatRoom, createChat, useChatSocket, useChatStore, useChatTabs } from 'vue-chat-socket'
import { indexedDbStorage } from 'vue-chat-socket/storage'
import { sharedTabs } from 'vue-chat-socket/tabs'
import 'vue-chat-socket/style.css'

declare global {
  interface Window {
    __tab?: {
      readonly session: ReturnType<typeof useChatSocket>['session']
      readonly isLeader: () => boolean
      /** Own and others' rows, top to bottom. */
      readonly rows: () => readonly (readonly [body: string, status: string])[]
      readonly unread: () => number
    }
  }
}

const query = new URLSearchParams(location.search)
const room = query.get('room') ?? 'general'
const user = { id: query.get('id') ?? '', name: query.get('name') ?? '' }

const Page = defineComponent({
  setup() {
    const { session } = useChatSocket()
    const { isLeader } = useChatTabs()
    const store = useChatStore()
    window.__tab = {
      session,
      isLeader: () => isLeader.value,
      rows: () => store.messages(room).map(({ body, status }) => [body, status] as const),
      unread: () => store.unread(room),
    }
    return () => h(ChatRoom, { room })
  },
})

createApp(Page)
  .use(createPinia())
  .use(createChat({ url: '/chat', token: query.get('token') ?? '', user, tabs: sharedTabs(), storage: indexedDbStorage({ name: 'tabs' }) }))
  .mount('#app')
