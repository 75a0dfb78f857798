import type * as Library from '../../../src/index.ts'
import type * as Storage from '../../../src/storage.ts'
// @ts-expect-error a build, resolved by the bundler
import * as library from 'library/index.js'
// @ts-expect-error a build, resolved by the bundler
import * as storage from 'library/storage.js'
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import { config, look, offer, refuse } from './contract.ts'

const { createChat, useChatRoom, useChatSocket } = library as typeof Library
const { indexedDbStorage } = storage as typeof Storage
const { url, token, user } = config

createApp({
  setup() {
    const { status, pendingCount } = useChatSocket()
    const { messages, isLoading, send } = useChatRoom('general')
    watch(
      messages,
      (rows) => {
        look(rows.map(({ body }) => body))
      },
      { flush: 'sync', immediate: true },
    )
    offer({
      say(body) {
        void send(body).settled.then(({ ok }) => {
          if (!ok) refuse(body)
        })
      },
      isCalm: () => status.value === 'OPEN' && pendingCount.value === 0 && !isLoading.value,
    })
    return () => null
  },
})
  .use(createPinia())
  .use(createChat({ url, token: token!, user: user!, storage: indexedDbStorage() }))
  .mount(document.body.appendChild(document.createElement('div')))
