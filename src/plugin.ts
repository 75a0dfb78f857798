import { createEventHook } from '@vueuse/core'
import type { Pinia } from 'pinia'
import { effectScope, inject, onScopeDispose, shallowRef, type App } from 'vue'
import { createChatAttachments } from './attachments/chat-attachments.ts'
import type { UploadOptions } from './attachments/types.ts'
import { bindStore } from './composables/bind-store.ts'
import { createDrafts } from './composables/drafts.ts'
import { useBrowserHooks } from './composables/browser-hooks.ts'
import { inBrowser, pageAddress } from './composables/environment.ts'
import { chatKey } from './composables/keys.ts'
import { checkOptionNames, CONNECTION_OPTION_NAMES, makeSession, type ConnectionOptions } from './composables/make-session.ts'
import { manageSession } from './composables/managed-session.ts'
import { tabsOf } from './composables/useChatTabs.ts'
import type { EmojiLoader } from './composables/useEmoji.ts'
import { fixedUrl, type SocketUrl } from './composables/watched-url.ts'
import * as components from './components/index.ts'
import { componentNames } from './components/list.ts'
import { ChatUsageError, systemClock } from './core/index.ts'
import { showInDevtools } from './devtools/show.ts'
import { en, type ChatLocale } from './locale/en.ts'
import type { NoticeOptions } from './notice/types.ts'
import { useChatStore, type ChatStore, type ReceiptRule } from './stores/index.ts'

export interface CreateChatOptions extends ConnectionOptions {
  /**
   * Where the server is; `/chat` means this page's host. A ref or a function may say so later, or change it;
   * a function may be async and is asked on every attempt.
   */
  readonly url: SocketUrl
  /** Texts of the components. @default en */
  readonly locale?: ChatLocale
  /** Registers the components for all templates of the app. @default true */
  readonly components?: boolean
  /** Files that people send: where they go, and which may. @default to the chat's server, as it allows */
  readonly uploads?: UploadOptions
  /**
   * When an own message counts as delivered and as read: when one of the others has it (`someone`), or when all have who
   * are there or ever told (`everyone`). `false`: neither what this person has got nor what they read leaves this device,
   * where their unread counts are kept; what others read is not shown.
   * @default 'someone'
   */
  readonly receipts?: ReceiptRule
  /** Connects when the app is made, not when the chat is first used. @default false */
  readonly immediate?: boolean
  /**
   * Tells of messages in rooms that nobody looks at: desktop notifications, a number in the title, a sound; in one tab of
   * the browser only. Its code is loaded when this is given.
   * @default nothing is told
   */
  readonly notice?: NoticeOptions
  /** `() => import('vue-chat-socket/emoji')`: a button for emoji, and `:names` of them in the text field. @default none */
  readonly emoji?: EmojiLoader
  /** Keeps what is being written across reloads, by person, in the browser's local storage. @default true */
  readonly keepDrafts?: boolean
}

export interface ChatPlugin {
  install(app: App): void
}

const OPTION_NAMES = ['receipts', 'url', 'locale', 'components', 'immediate', 'uploads', 'notice', 'emoji', 'keepDrafts', ...CONNECTION_OPTION_NAMES]

/**
 * A chat for an app: one session, bound to the app's Pinia store, and the components.
 * Connects in a browser only, when it is first used. Ends when the app is unmounted.
 * @throws ChatUsageError for options that can never work
 */
export const createChat = (options: CreateChatOptions): ChatPlugin => {
  check(options)
  return { install: (app) => install(app, options) }
}

const check = (options: CreateChatOptions): void => {
  const url: unknown = (options as CreateChatOptions | undefined)?.url
  if (url === undefined || url === null || url === '') {
    throw new ChatUsageError("createChat() needs the server's address: createChat({ url: '/chat' }).")
  }
  checkOptionNames('createChat()', options, OPTION_NAMES)
  // Nothing connects: this makes what is wrong known here, and not where the chat is first used.
  makeSession(typeof url === 'string' || url instanceof URL ? String(url) : () => '', options).dispose()
}

const install = (app: App, options: CreateChatOptions): void => {
  if (app.runWithContext(() => inject(chatKey, undefined))) {
    throw new ChatUsageError('This app has a chat already; call app.use(createChat(…)) once.')
  }
  const scope = effectScope(true)
  scope.run(() => {
    const { session, open, close } = manageSession(options.url, options)
    const hooks = useBrowserHooks(session)
    let bound: { readonly store: ChatStore; readonly unbind: () => void } | undefined

    const address = fixedUrl(options.url)
    // Without the query, which may hold a secret.
    const place = address?.split('?')[0]

    const bind = (pinia: Pinia): ChatStore => {
      const store = useChatStore(pinia)
      const { clock, receipts } = options
      const unbind = bindStore(session, store, { ...(clock && { clock }), ...(receipts !== undefined && { receipts }) })
      if (receipts === false && inBrowser()) {
        // What was read here is known before any room is entered.
        const release = session.hold()
        void import('./composables/kept-marks.ts').then(({ keepMarks }) => {
          if (scope.active) scope.run(() => onScopeDispose(keepMarks(session, store, clock ?? systemClock, place ?? '')))
        }).finally(release)
      }
      const tabs = tabsOf(session)
      if (inBrowser() && (tabs || receipts === false || !session.capabilities.receipts)) {
        void import('./composables/share-reads.ts').then(({ readChannel, shareReads }) => {
          const wire = scope.active ? (tabs ?? readChannel(address)) : undefined
          if (wire) scope.run(() => onScopeDispose(shareReads(wire, store)))
        })
      }
      bound = { store, unbind }
      return store
    }
    const piniaOf = (): Pinia | undefined => app.config.globalProperties.$pinia as Pinia | undefined

    /** Stores work before any composable was called, whichever plugin came first. */
    const bindEarly = (): void => {
      const pinia = piniaOf()
      if (pinia && !bound && scope.active) bind(pinia)
    }
    if (piniaOf()) bindEarly()
    else queueMicrotask(bindEarly)

    const connect = (): void => {
      if (!inBrowser() || session.snapshot().state !== 'idle') return
      bindEarly()
      open()
    }

    const { notice } = options
    const drafts = createDrafts({
      address: place,
      user: options.user?.id,
      isGuest: options.token === undefined,
      isKept: options.keepDrafts,
    })
    onScopeDispose(session.on('welcome', ({ user }) => drafts.setUser(user.id)))
    onScopeDispose(drafts.dispose)
    const storeOf = (): ChatStore => {
      if (bound) return bound.store
      const pinia = piniaOf()
      if (pinia) return bind(pinia)
      throw new ChatUsageError('The chat keeps its messages in Pinia: call app.use(createPinia()) before app.mount().')
    }
    app.provide(chatKey, {
      attachments: createChatAttachments({ session, address, page: pageAddress(), options: options.uploads, storage: inBrowser() ? options.storage : undefined, store: storeOf }),
      drafts,
      emoji: options.emoji,
      address: place,
      notice,
      roomWanted: createEventHook<string>(),
      session,
      open,
      close,
      locale: shallowRef(options.locale ?? en),
      ...hooks,
      connect,
      store: storeOf,
    })

    if (process.env.NODE_ENV !== 'production') {
      showInDevtools(app, { name: 'createChat', session, url: fixedUrl(options.url), close, store: () => bound?.store })
    }

    if (notice && inBrowser()) {
      void import('./notice/index.ts').then(({ startNotice }) => {
        if (scope.active) scope.run(() => app.runWithContext(() => startNotice(notice)))
      })
    }

    app.onUnmount(() => {
      bound?.unbind()
      scope.stop()
    })
    if (options.immediate) queueMicrotask(() => scope.active && connect())
  })
  if (options.components ?? true) for (const name of componentNames) app.component(name, components[name])
}
