import { createFakeServer } from 'vue-chat-socket/testing'
import { people } from './samples.ts'

/** A server in the page, so that the whole `ChatRoom` can be shown without one. */
export const fakeServer = createFakeServer({ user: people.me, rooms: [{ room: 'kitchen', title: 'Kitchen' }] })

fakeServer.setMembers('kitchen', [people.ada, people.lin])
fakeServer.say('kitchen', people.ada, 'The soup is ready.')
fakeServer.say('kitchen', people.lin, '马上来！')
