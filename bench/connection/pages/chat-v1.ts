import type * as Library from '../../../src/index.ts'
// @ts-expect-error a build, resolved by the bundler
import * as library from 'library/index.js'
import { createPinia } from 'pinia'
import { createApp, effectScope } from 'vue'
import { count, offer } from './contract.ts'

const { createChat, useChatRoom, useChatSocket, useChatStore } = library as typeof Library
const withStore = location.hash === '#store'

/** The whole kit, as an app has it. */
const connectApp = (url: string): void => {
  const pinia = createPinia()
  const app = createApp({
    setup() {
      const { on } = useChatSocket()
      const { messages } = useChatRoom('general')
      on('message', () => count("on('message')"))
      Object.assign(globalThis, { storeRows: () => [messages.value.length, useChatStore().messages('general').length] })
      return () => null
    },
  })
  app.use(pinia).use(createChat({ url })).mount(document.body.appendChild(document.createElement('div')))
}

const connectAlone = (url: string): void => {
  effectScope(true).run(() => {
    const { on, session } = useChatSocket(url)
    on('message', () => count("on('message')"))
    session.enter('general')
  })
}

offer({ connect: withStore ? connectApp : connectAlone })
