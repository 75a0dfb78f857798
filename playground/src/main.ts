import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createChat } from 'vue-chat-socket'
import 'vue-chat-socket/style.css'
import { freshToken, remembered, signIn, socketUrl, wanted, type Person } from './backend.ts'
import ConversationPage from './ConversationPage.vue'
import SignInPage from './SignInPage.vue'
import './styles/base.css'
import './styles/welcome.css'
import './styles/conversation.css'
import './styles/drawer.css'

const talk = (person: Person): void => {
  createApp(ConversationPage)
    .use(createPinia())
    .use(
      createChat({
        url: socketUrl,
        token: () => freshToken(person),
        user: person.user,
        // Quicker than the defaults, so that the pulse is lively and a dead link is found while you watch.
        heartbeat: { interval: 2_000, timeout: 3_000 },
      }),
    )
    .mount('#app')
}

const askName = (refusal?: unknown): void => {
  const app = createApp(SignInPage, {
    refusal,
    onSignedIn(person: Person) {
      app.unmount()
      talk(person)
    },
  })
  app.mount('#app')
}

const known = remembered()
if (wanted.name !== null && known?.user.name !== wanted.name) signIn(wanted.name).then(talk, askName)
else if (known) talk(known)
else askName()
