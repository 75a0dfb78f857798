import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createChat } from 'vue-chat-socket'
import 'vue-chat-socket/style.css'
import App from './App.vue'

createApp(App)
  .use(createPinia())
  .use(createChat({ url: '/chat' }))
  .mount('#app')
