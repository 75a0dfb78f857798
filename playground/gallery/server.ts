import { createFakeServer } from 'vue-chat-socket/testing'
import { listings, roomMembers } from './room-samples.ts'
import { people } from './samples.ts'

/** A server in the page, so that the whole `ChatRoom` and `ChatApp` can be shown without one. */
export const fakeServer = createFakeServer({
  user: people.me,
  rooms: [{ room: 'kitchen', title: 'Kitchen' }],
  features: ['edits', 'reactions', 'replies', 'membership', 'search', 'around'],
})

fakeServer.setMembers('kitchen', [people.ada, people.lin])
fakeServer.say('kitchen', people.ada, 'The soup is ready.')
fakeServer.say('kitchen', people.lin, '马上来！')
for (const listing of listings) if ('last' in listing && listing.last?.body) fakeServer.say(listing.room, listing.last.from, listing.last.body)

fakeServer.intercept((frame, push) => {
  if (frame.type !== 'ask') return false
  const { id, what } = frame
  if (frame.what === 'search' && frame.query.startsWith('refused')) push({ type: 'error', id, code: 'unavailable', message: 'Not now.', retry: true })
  else if (what === 'rooms') push({ type: 'answer', id, what, rooms: listings })
  else if (what === 'members') push({ type: 'answer', id, what, members: roomMembers, count: roomMembers.length })
  else if (what === 'people') {
    const found = Object.values(people).filter(({ name }) => name.toLowerCase().includes(frame.query.toLowerCase()))
    push({ type: 'answer', id, what, people: found.map((person) => ({ ...person, online: person.id !== 'jonas' })) })
  } else if (what === 'direct' || what === 'invite' || what === 'enrol') push({ type: 'answer', id, what, listing: listings[0]! })
  else return false
  return true
})
