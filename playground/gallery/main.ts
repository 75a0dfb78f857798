import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createChat, en, type UploadFile } from 'vue-chat-socket'
import { zhCN } from 'vue-chat-socket/locale/zh-CN'
import 'vue-chat-socket/style.css'
import Gallery from './Gallery.vue'
import './gallery.css'
import { people } from './samples.ts'
import { fakeServer } from './server.ts'

const query = new URLSearchParams(location.search)
const theme = query.get('theme')
if (theme) document.documentElement.dataset['theme'] = theme
if (query.get('dir')) document.documentElement.dir = query.get('dir')!
if (query.get('density')) document.documentElement.dataset['density'] = query.get('density')!
// An upload that stays where it is, to be looked at.
const upload: UploadFile = (_file, { onProgress }) => {
  onProgress(0.4)
  return new Promise(() => undefined)
}
const locale = query.get('locale') === 'zh-CN' ? zhCN : en
document.documentElement.lang = locale.tag

/** For whoever drives this page from outside. */
Object.assign(window, { fakeServer })

createApp(Gallery, { scene: query.get('scene') ?? 'all' })
  .use(createPinia())
  .use(createChat({ url: 'ws://gallery.invalid/chat', transport: fakeServer.connect, user: people.me, emoji: () => import('vue-chat-socket/emoji'), locale, uploads: { upload } }))
  .mount('#app')
