import { register } from 'vue-advanced-chat'
import { authorOf, bodyOf, PEOPLE, timeOf } from './subject.ts'

register()

interface Row {
  readonly _id: string
  readonly seen: boolean
  readonly content: string
}

interface ChatElement extends HTMLElement {
  messages: readonly Row[]
}

const AVATAR = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='

/** Its best case, as its README shows it: avatars are set and everything was seen. */
const messageOf = (index: number): Row & Record<string, unknown> => ({
  _id: String(index),
  indexId: index + 1_000_000,
  content: bodyOf(index),
  senderId: String(authorOf(index)),
  username: PEOPLE[authorOf(index)],
  avatar: AVATAR,
  date: new Date(timeOf(index)).toDateString(),
  timestamp: new Date(timeOf(index)).toTimeString().slice(0, 5),
  saved: true,
  distributed: true,
  seen: true,
})

let messages: readonly Row[] = []
let element: ChatElement
let first = 0
let last = -1

const set = (now: readonly Row[]): void => {
  messages = now
  element.messages = now
}
const root = (): ShadowRoot => element.shadowRoot!
const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()))

window.subject = {
  prepare(count) {
    messages = Array.from({ length: count }, (_, index) => messageOf(index))
    last = count - 1
  },
  mount() {
    element = Object.assign(document.createElement('vue-advanced-chat') as ChatElement, {
      height: '100vh',
      currentUserId: '0',
      roomId: 'room',
      singleRoom: true,
      rooms: [
        {
          roomId: 'room',
          roomName: 'Room',
          avatar: AVATAR,
          users: PEOPLE.map((username, id) => ({ _id: String(id), username, avatar: AVATAR, status: { state: 'online' } })),
        },
      ],
      roomsLoaded: true,
      messagesLoaded: true,
      showAudio: false,
      showEmojis: false,
      showReactionEmojis: false,
      messages,
    })
    document.querySelector('#app')!.append(element)
  },
  append() {
    last += 1
    set([...messages, messageOf(last)])
  },
  edit() {
    const now = [...messages]
    const at = now.length - 2
    now[at] = { ...now[at]!, seen: !now[at]!.seen, content: `${now[at]!.content} and` }
    set(now)
  },
  prepend(count) {
    first -= count
    set([...Array.from({ length: count }, (_, index) => messageOf(first + index)), ...messages])
  },
  // It takes several turns of its own scheduler, of which nobody is told.
  updated: frame,
  scroller: () => root().querySelector('.vac-container-scroll')!,
  rowOf: (index) => root().getElementById(String(index)),
  last: () => last,
  nodes: () => root().querySelectorAll('.vac-container-scroll *').length,
}
