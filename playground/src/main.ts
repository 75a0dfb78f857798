import { createPinia } from 'pinia'
import { createApp, nextTick, type App } from 'vue'
import { createChat } from 'vue-chat-socket'
import { indexedDbStorage } from 'vue-chat-socket/storage'
import 'vue-chat-socket/style.css'
import { readAddress, rememberBackEnd } from './address.ts'
import { backEnds, type BackEndName } from './back-ends.ts'
import ConversationPage from './ConversationPage.vue'
import { distrustToken, freshToken, remembered, signIn, type Person } from './people.ts'
import SignInPage from './SignInPage.vue'
import './styles/base.css'
import './styles/welcome.css'
import './styles/conversation.css'
import './styles/drawer.css'

let shown: App | undefined

const show = (app: App): void => {
  shown?.unmount()
  shown = app
  app.mount('#app')
}

const talk = (person: Person, isSwitched = false): void => {
  const { backEnd, server, wait } = readAddress()
  const { connection, dialect, isServerLed } = backEnds[backEnd]
  show(
    createApp(ConversationPage, { isSwitched, onSwitched: switchTo })
      .use(createPinia())
      .use(
        createChat({
          ...connection(server),
          dialect: dialect(),
          token: () => freshToken(person),
          user: person.user,
          emoji: () => import('vue-chat-socket/emoji'),
          notice: { desktop: true, title: true, sound: true },
          // By server: each has rooms and people of its own.
          storage: indexedDbStorage({ name: ['playground', backEnd, server].filter(Boolean).join(' '), tailLength: 300 }),
          // Quicker than the defaults, so that the pulse is lively and a dead link is found while you watch.
          ...(!isServerLed && { heartbeat: { interval: 2_000, timeout: 3_000 } }),
          ...(wait !== undefined && { autoReconnect: { delay: wait } }),
        }),
      ),
  )
}

const askName = (refusal?: unknown): void => {
  show(createApp(SignInPage, { refusal, onSignedIn: (person: Person) => talk(person) }))
}

const start = async (isSwitched = false): Promise<void> => {
  const { name, backEnd } = readAddress()
  const known = remembered()
  const wanted = name ?? known?.user.name
  const isKnown = known?.user.name === wanted && (known?.token !== undefined || !backEnds[backEnd].hasSignIn)
  if (known && isKnown) talk(known, isSwitched)
  else if (wanted !== undefined) await signIn(wanted).then((person) => talk(person, isSwitched), askName)
  else askName()
}

/** The same person at another back end, in an app and a session of their own. */
const switchTo = async (name: BackEndName): Promise<void> => {
  if (readAddress().server !== undefined) distrustToken()
  rememberBackEnd(name)
  await start(true)
  await nextTick()
  document.querySelector<HTMLElement>('[data-testid=back-end]')?.focus()
}

void start()
