/** `<ChatRoom>` over Socket.IO: `?url=…` for a plain server, with `&token=…` for one that speaks `chat.v1`. */
import { createPinia } from 'pinia'
import { createApp, h } from 'vue'
import { ChatRoom, chatKey, createChat } from 'vue-chat-socket'
import { socketIoDialect, socketIoTransport } from 'vue-chat-socket/socket-io'
import 'vue-chat-socket/style.css'

const query = new URLSearchParams(location.search)
const url = query.get('url')!
const token = query.get('token')

const plain = { url, transport: socketIoTransport(), dialect: socketIoDialect({ presence: 'online' }) }
const full = { url, transport: socketIoTransport({ frames: 'chat.v1' }), token: token ?? '' }

const chat = createChat(token === null ? plain : full)
const app = createApp({ render: () => h(ChatRoom, { room: 'general', title: 'General' }) })
app.use(createPinia()).use(chat).mount('#app')

const { session } = app.runWithContext(() => app._context.provides[chatKey as symbol]) as NonNullable<Window['__playground']>
window.__playground = { session }
