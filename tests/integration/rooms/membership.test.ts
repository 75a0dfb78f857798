/** Rooms of one's own over a real server: who is let in, who is told, and what stays over a restart. */
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { connect, roomOf, roomsOf, type Person, withServer } from './support.ts'

const { server, open, enter, strangers } = withServer('Person')

describe('rooms that only members see', () => {
  it('[MR1] for anybody else it is as if there were none, for every request', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'Secret', isPrivate: true }))
    const missing = '~there-is-none'
    for (const [what, more] of [['enrol', {}], ['quit', {}], ['members', {}], ['invite', { user: ada.user.id }], ['expel', { user: ada.user.id }], ['rename', { title: 'Mine' }]] as const) {
      const { id: _a, ...real } = await bob.ask(what, { room, ...more })
      const { id: _b, ...none } = await bob.ask(what, { room: missing, ...more })
      expect(real).toEqual(none)
      expect(real).toMatchObject({ type: 'error', code: 'not_found', retry: false })
    }
    const { id: _a, ...real } = await bob.join(room)
    const { id: _b, ...none } = await bob.join(missing)
    expect(real).toEqual(none)
    expect(real).toMatchObject({ type: 'error', code: 'not_found' })
    expect(await bob.say(room, 'x', 'hello?')).toMatchObject({ type: 'error', code: 'forbidden' })
    expect((await roomsOf(bob)).map((r) => r.room)).not.toContain(room)
  })

  it('[MR2] who is invited is told at once, enters, and is told of what is said elsewhere', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'Plans', isPrivate: true }))
    expect(roomOf(await ada.ask('invite', { room, user: bob.user.id }))).toMatchObject({ room, memberCount: 2 })
    expect(await bob.listing(room)).toMatchObject({ title: 'Plans', isMember: true, isPrivate: true, can: { send: true, invite: true, manage: false } })
    await ada.join(room)
    await ada.say(room, 'c1', 'bring cake')
    await ada.say(room, 'c2', 'and tea')
    expect(await bob.listing(room, (l) => l.unread === 2)).toMatchObject({ top: 2, last: { body: 'and tea', seq: 2, from: { id: ada.user.id } } })
    expect(await bob.join(room)).toMatchObject({ type: 'joined', title: 'Plans', can: { send: true, manage: false } })
  })

  it('[MR3] who is taken out is out of it on every connection, and gets nothing more', async () => {
    const [ada, bob, witness] = (await strangers(3)) as [Person, Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'Team', isPrivate: true, members: [bob.user.id, witness.user.id] }))
    await Promise.all([ada.join(room), bob.join(room), witness.join(room)])
    expect(await bob.ask('expel', { room, user: ada.user.id })).toMatchObject({ code: 'forbidden' })
    expect(await ada.ask('expel', { room, user: bob.user.id })).toMatchObject({ type: 'answer' })
    expect(await bob.next((f) => f.type === 'gone')).toMatchObject({ room, reason: 'expelled' })
    await ada.say(room, 'c1', 'not for Bob')
    await witness.next((f) => f.type === 'event' && f['body'] === 'not for Bob')
    expect(await bob.say(room, 'b1', 'let me in')).toMatchObject({ code: 'forbidden' })
    expect(await bob.join(room)).toMatchObject({ code: 'not_found' })
    expect(bob.of('event')).toEqual([])
    expect(JSON.stringify(bob.frames)).not.toContain('not for Bob')
  })

  it('[MR4] quitting takes it off the list; who is there longest follows a last owner', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'Old', isPrivate: true, members: [bob.user.id] }))
    expect(await ada.ask('quit', { room })).toMatchObject({ type: 'answer' })
    expect(await ada.next((f) => f.type === 'gone')).toMatchObject({ room, reason: 'left' })
    expect((await roomsOf(ada)).map((r) => r.room)).not.toContain(room)
    expect((await roomsOf(bob)).find((r) => r.room === room)).toMatchObject({ can: { manage: true } })
  })
})

describe('rooms for everyone', () => {
  it('[MR5] are offered to others, who may enrol and quit', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'Garden' }))
    expect((await roomsOf(bob)).find((r) => r.room === room)).toMatchObject({ isMember: false, isPrivate: false, memberCount: 1 })
    expect(roomOf(await bob.ask('enrol', { room }))).toMatchObject({ isMember: true, memberCount: 2 })
    expect(roomOf(await bob.ask('enrol', { room }))).toMatchObject({ isMember: true, memberCount: 2 })
    expect(await bob.ask('quit', { room })).toMatchObject({ type: 'answer' })
    expect((await roomsOf(bob)).find((r) => r.room === room)).toMatchObject({ isMember: false, memberCount: 1 })
  })

  it('[MR6] configured ones need no membership and cannot be left; what was made by entering it is told to nobody', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    expect(await ada.join('order 4711')).toMatchObject({ type: 'joined' })
    const rooms = await roomsOf(bob)
    expect(rooms.find((r) => r.room === 'general')).toMatchObject({ isMember: true, kind: 'room' })
    expect(rooms.map((r) => r.room)).not.toContain('order 4711')
    expect(await bob.ask('quit', { room: 'general' })).toMatchObject({ code: 'forbidden' })
  })

  it('[MR7] only owners write where others may only read, and everyone reacts', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'News', isReadOnly: true, members: [bob.user.id] }))
    await ada.join(room)
    expect(await bob.join(room)).toMatchObject({ can: { send: false, react: true, attach: false } })
    await ada.say(room, 'c1', 'we moved')
    expect(await bob.say(room, 'b1', 'why?')).toMatchObject({ code: 'forbidden', retry: false })
    expect(await bob.say(room, 'b2', '👍', { kind: 'react', target: 1 })).toMatchObject({ type: 'ack' })
  })

  it('[MR8] a new title is told to all, and only the owner gives one', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'Before', members: [bob.user.id] }))
    expect(await bob.ask('rename', { room, title: 'Mine' })).toMatchObject({ code: 'forbidden' })
    expect(roomOf(await ada.ask('rename', { room, title: '  After  ' }))).toMatchObject({ title: 'After' })
    expect(await bob.listing(room, (l) => l.title === 'After')).toMatchObject({ isMember: true })
  })
})

describe('what is new', () => {
  it('[MR22] is counted from what was read on any connection, and told to those that are not in the room', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const phone = await enter(bob.user.name)
    const { room } = roomOf(await ada.ask('create', { title: 'Both', members: [bob.user.id] }))
    await Promise.all([ada.join(room), bob.join(room)])
    for (const i of [1, 2, 3]) await ada.say(room, `c${String(i)}`, 'news')
    expect(await phone.listing(room, (l) => l.top === 3)).toMatchObject({ unread: 3 })
    bob.send({ type: 'mark', room, read: 2 })
    expect(await phone.listing(room, (l) => l.top === 3 && l.unread < 3)).toMatchObject({ unread: 1 })
    expect(bob.of('listing').filter((f) => (f['listing'] as { top: number }).top > 0)).toEqual([])
  })

  it('[MR23] in a configured room is counted from when one saw the list first', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    await ada.join('general')
    await ada.say('general', `before ${ada.user.id}`, 'old')
    expect((await roomsOf(bob)).find((r) => r.room === 'general')).toMatchObject({ unread: 0 })
    await ada.say('general', `after ${ada.user.id}`, 'new')
    expect(await bob.listing('general', (l) => l.unread > 0)).toMatchObject({ unread: 1, last: { body: 'new' } })
  })

  it('[MR24] says when one of it speaks to oneself', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'Names', members: [bob.user.id] }))
    await ada.join(room)
    await ada.say(room, 'c1', 'hello all')
    expect((await bob.listing(room, (l) => l.top === 1)).mentioned).toBeUndefined()
    ada.send({ type: 'send', room, clientId: 'c2', body: '@you', mentions: [bob.user.id] })
    expect((await bob.listing(room, (l) => l.top === 2)).mentioned).toBe(true)
  })
})

describe('conversations of two', () => {
  it('[MR9] there is one for two people, for ever, whoever opens it, also both at once and after a restart', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const [one, other] = await Promise.all([ada.ask('direct', { user: bob.user.id }), bob.ask('direct', { user: ada.user.id })])
    const { room } = roomOf(one)
    expect(roomOf(other).room).toBe(room)
    expect(roomOf(one)).toMatchObject({ kind: 'direct', title: bob.user.name, isPrivate: true, can: { send: true, invite: false, manage: false } })
    expect(roomOf(other).title).toBe(ada.user.name)
    await server().restart()
    const [again] = await Promise.all([connect(server(), ada.user.name)])
    open.splice(0)
    open.push(again)
    expect(roomOf(await again.ask('direct', { user: bob.user.id })).room).toBe(room)
    expect((await roomsOf(again)).find((r) => r.room === room)).toMatchObject({ kind: 'direct', title: bob.user.name })
  })

  it('[MR10] the other one sees nothing of it before something is said, then the message and that it is new', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('direct', { user: bob.user.id }))
    expect((await roomsOf(bob)).map((r) => r.room)).not.toContain(room)
    await ada.join(room)
    await ada.say(room, 'c1', 'psst')
    expect(await bob.listing(room)).toMatchObject({ title: ada.user.name, unread: 1, last: { body: 'psst' } })
    expect((await roomsOf(bob)).find((r) => r.room === room)).toMatchObject({ unread: 1 })
  })

  it('[MR11] nobody else is let in, and nobody leaves or invites', async () => {
    const [ada, bob, eve] = (await strangers(3)) as [Person, Person, Person]
    const { room } = roomOf(await ada.ask('direct', { user: bob.user.id }))
    expect(await eve.join(room)).toMatchObject({ code: 'not_found' })
    expect(await ada.ask('invite', { room, user: eve.user.id })).toMatchObject({ code: 'forbidden' })
    expect(await ada.ask('quit', { room })).toMatchObject({ code: 'forbidden' })
    expect(await ada.ask('direct', { user: ada.user.id })).toMatchObject({ code: 'user_not_found' })
    expect(await ada.ask('direct', { user: 'nobody' })).toMatchObject({ code: 'user_not_found' })
  })

  it('[MR12] tell whether the other one is connected, wherever, and when that changes', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room, online } = roomOf(await ada.ask('direct', { user: bob.user.id }))
    expect(online).toEqual(expect.arrayContaining([ada.user.id, bob.user.id]))
    open.splice(open.indexOf(bob), 1)
    await bob.close()
    expect((await ada.listing(room, (l) => l.online?.length === 1)).online).toEqual([ada.user.id])
  })
})

describe('what lists show', () => {
  it('[MR13] the newest message as it reads now, cut short, and nothing of a deleted one', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'Log', members: [bob.user.id] }))
    await ada.join(room)
    await ada.say(room, 'c1', 'x'.repeat(4_000))
    expect((await bob.listing(room, (l) => l.top === 1)).last?.body).toBe('x'.repeat(160))
    await ada.say(room, 'c2', 'short', { kind: 'edit', target: 1 })
    expect((await bob.listing(room, (l) => l.top === 2)).last).toMatchObject({ body: 'short', seq: 1 })
    await ada.say(room, 'c3', '', { kind: 'delete', target: 1 })
    expect((await bob.listing(room, (l) => l.top === 3)).last).toMatchObject({ body: '', deleted: true })
  })

  it('[MR14] who enrols is not told of what was said before', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('create', { title: 'Archive' }))
    await ada.join(room)
    for (const i of [1, 2, 3]) await ada.say(room, `c${String(i)}`, 'old')
    expect(roomOf(await bob.ask('enrol', { room }))).toMatchObject({ unread: 0, top: 3 })
    await ada.say(room, 'c4', `new`)
    expect(await bob.listing(room, (l) => l.top === 4)).toMatchObject({ unread: 1 })
  })

  it('[MR15] people are found by any part of the name, whatever its case, width and accents', async () => {
    const [ada] = (await strangers(1)) as [Person]
    const zoe = await enter('Zoë Müller')
    const wei = await enter('王小明')
    const find = async (query: string): Promise<readonly { id: string; online: boolean }[]> => (await ada.ask('people', { query }))['people'] as never
    for (const query of ['zoe', 'ZOË', 'muller', 'ｚｏｅ']) expect(await find(query)).toEqual([{ ...zoe.user, online: true }])
    expect(await find('小明')).toEqual([{ ...wei.user, online: true }])
    expect(await find('%')).toEqual([])
    expect((await find('')).map(({ id }) => id)).toContain(zoe.user.id)
    expect((await find('')).map(({ id }) => id)).not.toContain(ada.user.id)
  })

  it('[MR16] members are listed, owners first, with who is connected', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await bob.ask('create', { title: 'Club', members: [ada.user.id] }))
    expect(await ada.ask('members', { room })).toMatchObject({
      count: 2,
      members: [{ ...bob.user, role: 'owner', online: true }, { ...ada.user, role: 'member', online: true }],
    })
    expect(await ada.ask('members', { room, query: bob.user.name.toUpperCase() })).toMatchObject({ count: 2, members: [bob.user] })
  })
})

describe('what the server must not get', () => {
  const bidi = 'safe \u202egpj.exe'
  const refused: readonly [name: string, title: string][] = [
    ['nothing', ''],
    ['spaces', '   '],
    ['no visible character', '\u200b\u2060'],
    ['20,000 characters', 'x'.repeat(20_000)],
    ['81 characters', 'é'.repeat(81)],
    ['a direction override', bidi],
    ['an isolate that is not closed', '\u2067 abc'],
    ['a line break', 'two\nlines'],
    ['a paragraph separator', 'two\u2029lines'],
    ['a null character', 'a\u0000b'],
    ['an escape sequence', '\u001b[31mred'],
    ['a pile of marks', `a${'\u0301'.repeat(10)}`],
    ['half a surrogate pair', 'a\ud800'],
  ]
  it.each(refused)('[MR17] a title of %s is refused', async (_name, title) => {
    const [ada] = (await strangers(1)) as [Person]
    expect(await ada.ask('create', { title })).toMatchObject({ type: 'error', code: 'title_invalid', retry: false })
  })

  const kept: readonly string[] = ['<img src=x onerror=alert(1)>', '"); DROP TABLE rooms; --', '{{ constructor }}', '👩‍👩‍👧 家族', 'غرفة', 'é'.repeat(80), '__proto__']
  it.each(kept)('[MR17] a title is a text and nothing else: %s', async (title) => {
    const [ada] = (await strangers(1)) as [Person]
    expect(roomOf(await ada.ask('create', { title })).title).toBe(title)
  })

  const malformed: readonly [what: string, fields: object][] = [
    ['create', {}],
    ['create', { title: 7 }],
    ['create', { title: 'x', isPrivate: 'yes' }],
    ['create', { title: 'x', members: 'all' }],
    ['create', { title: 'x', members: [7] }],
    ['direct', {}],
    ['direct', { user: '' }],
    ['direct', { user: { id: 'x' } }],
    ['invite', { room: 'general' }],
    ['enrol', { room: '\u0000' }],
    ['rename', { room: 'general', title: null }],
    ['members', { room: 'general', limit: 'all' }],
    ['people', {}],
    ['people', { query: ['x'] }],
  ]
  it.each(malformed)('[MR18] %s with %j is told what is missing', async (what, fields) => {
    const [ada] = (await strangers(1)) as [Person]
    expect(await ada.ask(what, fields)).toMatchObject({ type: 'error', code: 'bad_request', retry: false })
  })

  it('[MR19] unknown people cannot be made members, nor more than fifty at once', async () => {
    const [ada] = (await strangers(1)) as [Person]
    expect(await ada.ask('create', { title: 'x', members: ['nobody'] })).toMatchObject({ code: 'user_not_found' })
    expect(await ada.ask('create', { title: 'x', members: Array.from({ length: 51 }, (_, i) => `u${String(i)}`) })).toMatchObject({ code: 'bad_request' })
    expect((await roomsOf(ada)).map((r) => r.title)).not.toContain('x')
  })

  it('[MR20] rooms come at a rate by person, over all connections', async () => {
    const name = 'Somebody eager'
    const [one, two] = [await enter(name), await enter(name)]
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? one : two).ask('create', { title: `Room ${String(i)}` })))
    const made = answers.filter((answer) => answer.type === 'answer').length
    expect(made).toBeGreaterThanOrEqual(20)
    expect(made).toBeLessThan(30)
    expect(answers.find((answer) => answer.type === 'error')).toMatchObject({ code: 'rate_limited', retry: true })
  })

  it('[MR21] a room of somebody who is gone from the database still opens', async () => {
    const [ada, bob] = (await strangers(2)) as [Person, Person]
    const { room } = roomOf(await ada.ask('direct', { user: bob.user.id }))
    open.splice(0)
    await server().kill()
    const db = new DatabaseSync(server().db)
    db.prepare('DELETE FROM users WHERE id = ?').run(bob.user.id)
    db.close()
    await server().restart()
    const again = await connect(server(), ada.user.name)
    open.push(again)
    expect((await roomsOf(again)).find((r) => r.room === room)).toMatchObject({ kind: 'direct', title: bob.user.id })
    expect(await again.join(room)).toMatchObject({ type: 'joined' })
  })
})
