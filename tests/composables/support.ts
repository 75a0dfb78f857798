import { createPinia } from 'pinia'
import { vi } from 'vitest'
import { createApp, defineComponent, effectScope, h, shallowRef, type App } from 'vue'
import { createChatAttachments } from '../../src/attachments/chat-attachments.ts'
import type { ChatStorage } from '../../src/storage/types.ts'
import type { UploadOptions } from '../../src/attachments/types.ts'
import { bindStore } from '../../src/composables/bind-store.ts'
import { useBrowserHooks } from '../../src/composables/browser-hooks.ts'
import { chatKey } from '../../src/composables/keys.ts'
import { manageSession } from '../../src/composables/managed-session.ts'
import { en } from '../../src/locale/en.ts'
import { useChatStore } from '../../src/stores/index.ts'
import { createFakeServer, type FakeServerOptions } from '../../src/testing.ts'

/** Runs `setup` in a component of its own app. */
export const mount = <T>(setup: () => T, prepare: (app: App) => void = () => {}): { result: T; app: App; unmount(): void } => {
  let result!: T
  const app = createApp(
    defineComponent({
      setup() {
        result = setup()
        return () => h('div')
      },
    }),
  )
  let thrown: unknown
  // A throw through Vue would leave its current instance set for the tests after it.
  app.config.errorHandler = (error) => {
    thrown = error
  }
  app.config.warnHandler = () => {}
  prepare(app)
  app.mount(document.createElement('div'))
  if (thrown) throw thrown
  return { result, app, unmount: () => app.unmount() }
}

/** Lets answers of the fake server arrive. */
export const settle = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(0)
}

export const setVisible = (isVisible: boolean): void => {
  Object.defineProperty(document, 'visibilityState', { value: isVisible ? 'visible' : 'hidden', configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

/** A chat without the plugin: a session to a fake server, bound to a store of its own. */
export const createTestChat = (options?: FakeServerOptions, uploads?: UploadOptions, storage?: ChatStorage) => {
  const server = createFakeServer(options)
  const pinia = createPinia()
  const store = useChatStore(pinia)
  const scope = effectScope(true)
  const chat = scope.run(() => {
    const managed = manageSession('ws://test/chat', { transport: server.connect })
    bindStore(managed.session, store)
    const page = 'http://localhost/'
    return {
      attachments: createChatAttachments({ session: managed.session, address: 'ws://test/chat', page, options: uploads, storage, store: () => store }),
      ...managed,
      ...useBrowserHooks(managed.session),
      locale: shallowRef(en),
      store: () => store,
      connect: () => managed.session.snapshot().state === 'idle' && managed.open(),
    }
  })!
  return {
    server,
    store,
    session: chat.session,
    attachments: chat.attachments,
    provide: (app: App) => app.provide(chatKey, chat),
    dispose: () => scope.stop(),
  }
}
