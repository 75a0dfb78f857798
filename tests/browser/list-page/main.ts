import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createChat } from '../../../src/index.ts'
import { createFakeServer } from '../../../src/testing.ts'
import '../../../src/styles/index.css'
import ListPage from './ListPage.vue'

createApp(ListPage)
  .use(createPinia())
  .use(createChat({ url: 'ws://list.invalid/chat', transport: createFakeServer({ user: { id: 'me', name: 'Robin Vale' } }).connect }))
  .mount('#app')
