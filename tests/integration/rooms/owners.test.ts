/** What only owners do, over a real server: deleting messages of others, renaming, and who follows when they leave. */
import { describe, expect, it } from 'vitest'
import { roomOf, roomsOf, type Person, withServer } from './support.ts'

const { strangers } = withServer('Owner')

const remove = (person: Person, room: string, clientId: string, target: unknown, more: object = {}) => person.say(room, clientId, '', { kind: 'delete', target, ...more })

/** A room of the first, with the others in it; the second has said seq 1. */
const talk = async (n: number, more: object = {}) => {
  const people = await strangers(n)
  const [owner, author, ...others] = people as [Person, Person, ...Person[]]
  const { room } = roomOf(await owner.ask('create', { title: 'Talk', ...more, members: people.slice(1).map(({ user }) => user.id) }))
  for (const person of people) await person.join(room)
  await author.say(room, 'a1', 'rude words')
  return { owner, author, others, room }
}

describe('messages of others', () => {
  it('[MO1] are deleted by an owner, and everyone is told by whom, live and in history', async () => {
    const { owner, author, others: [witness], room } = await talk(3)
    expect(roomOf(await owner.ask('enrol', { room })).can).toMatchObject({ moderate: true })
    expect(roomOf(await author.ask('enrol', { room })).can).toMatchObject({ moderate: false })
    expect(await remove(owner, room, 'o1', 1)).toMatchObject({ type: 'ack', seq: 2 })
    expect(await witness!.next((f) => f.type === 'event' && f['kind'] === 'delete')).toMatchObject({ target: 1, from: owner.user, body: '' })
    const late = await witness!.join(room)
    expect((late['events'] as object[])[0]).toMatchObject({ seq: 1, body: '', deleted: true, from: author.user, deletedBy: owner.user })
    expect(JSON.stringify(late)).not.toContain('rude words')
    expect(await author.say(room, 'a1', 'rude words')).toMatchObject({ type: 'ack', seq: 1, duplicate: true })
  })

  it('[MO3] a member is refused with a code and a sentence, and nothing changes', async () => {
    const { author, others: [member], room } = await talk(3)
    expect(await remove(member!, room, 'm1', 1)).toMatchObject({
      type: 'error',
      code: 'forbidden',
      retry: false,
      message: 'Only the author and the owners of a room may delete a message.',
    })
    expect(((await author.join(room))['events'] as object[])[0]).toMatchObject({ body: 'rude words' })
    expect(author.of('event').filter((f) => f['kind'] === 'delete')).toEqual([])
  })

  it('[MO3] fields that a client sets for the server help nobody', async () => {
    const { owner, others: [member], room } = await talk(3)
    const forged = { from: owner.user, deletedBy: owner.user, role: 'owner', can: { moderate: true } }
    expect(await remove(member!, room, 'm1', 1, forged)).toMatchObject({ code: 'forbidden' })
    expect(await remove(member!, room, 'm2', 1, { ...forged, kind: 'edit' })).toMatchObject({ type: 'error' })
  })

  it('[MO3] an owner who left deletes nothing, though still reading along, and neither after coming back as a member', async () => {
    const { owner, author, room } = await talk(2)
    expect(await owner.ask('quit', { room })).toMatchObject({ type: 'answer' })
    expect(await remove(owner, room, 'o1', 1)).toMatchObject({ code: 'forbidden' })
    await owner.ask('enrol', { room })
    expect(await remove(owner, room, 'o2', 1)).toMatchObject({ code: 'forbidden' })
    await owner.say(room, 'o3', 'mine')
    expect(await remove(author, room, 'a2', 2)).toMatchObject({ type: 'ack' })
  })

  it('[MO3] in a configured room and in a conversation of two only authors delete', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room: direct } = roomOf(await ada.ask('direct', { user: bob.user.id }))
    for (const room of ['general', direct]) {
      expect((await ada.join(room))['can']).toMatchObject({ moderate: false })
      await bob.join(room)
      const said = await bob.say(room, `b-${room}`, 'mine')
      expect(await remove(ada, room, `d-${room}`, said['seq'])).toMatchObject({ code: 'forbidden' })
      expect(await remove(bob, room, `e-${room}`, said['seq'])).toMatchObject({ type: 'ack' })
    }
  })

  it('[MO4] a deletion of what is deleted is acked with the first one, and names nobody else', async () => {
    const { owner, author, room } = await talk(2)
    await remove(author, room, 'a2', 1)
    expect(await remove(owner, room, 'o1', 1)).toMatchObject({ type: 'ack', seq: 2, duplicate: true })
    expect(await remove(owner, room, 'o1', 1)).toMatchObject({ type: 'ack', seq: 2, duplicate: true })
    expect(((await owner.join(room))['events'] as object[])[0]).not.toHaveProperty('deletedBy')
  })
})

describe('a room whose owner leaves', () => {
  it('[OW1] belongs to who is a member longest, who is told and may all that an owner may', async () => {
    const { owner, author: second, others: [third], room } = await talk(3)
    await owner.ask('quit', { room })
    expect(await second.listing(room, (l) => l.can['manage'] === true)).toMatchObject({ memberCount: 2, can: { moderate: true } })
    expect(await second.ask('rename', { room, title: 'Ours' })).toMatchObject({ type: 'answer' })
    await third!.say(room, 't1', 'words')
    expect(await remove(second, room, 's1', 2)).toMatchObject({ type: 'ack' })
    expect(await third!.ask('rename', { room, title: 'Mine' })).toMatchObject({ code: 'forbidden' })
  })

  it('[OW2] with nobody left belongs to whoever joins it first', async () => {
    const [ada, bob, cyd] = (await strangers(3)) as [Person, Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'Garden', isReadOnly: true }))
    await ada.ask('quit', { room })
    expect((await roomsOf(bob)).find((r) => r.room === room)).toMatchObject({ memberCount: 0, can: { send: false, manage: false } })
    expect(roomOf(await bob.ask('enrol', { room }))).toMatchObject({ memberCount: 1, can: { send: true, manage: true } })
    expect(roomOf(await cyd.ask('enrol', { room }))).toMatchObject({ memberCount: 2, can: { manage: false } })
  })

  it('[OW2] one that was made by entering it, or configured, gets no owner by joining', async () => {
    const [ada] = (await strangers(1)) as [Person]
    await ada.join('order 4712')
    expect(roomOf(await ada.ask('enrol', { room: 'order 4712' })).can).toMatchObject({ manage: false })
    expect(roomOf(await ada.ask('enrol', { room: 'general' })).can).toMatchObject({ manage: false })
  })
})

describe('a new title', () => {
  it('[OW3] is told to those, too, who read along without being members', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'Before' }))
    await bob.join(room)
    await ada.ask('rename', { room, title: 'After' })
    expect(await bob.listing(room, (l) => l.title === 'After')).toMatchObject({ isMember: false })
  })
})
