import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEmitter } from '../../src/core/emitter.ts'
import { createSession, type ReceivedMessage, type RoomListing, type Session, type SessionEventMap } from '../../src/core/index.ts'
import { chatV1Dialect } from '../../src/dialects/index.ts'
import { watchNews, type News } from '../../src/notice/news.ts'
import { createFakeServer } from '../../src/testing.ts'

const ada = { id: 'ada', name: 'Ada' }
const me = { id: 'me', name: 'Robin' }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const settle = () => vi.advanceTimersByTimeAsync(0)

const open = async () => {
  const server = createFakeServer({ user: me })
  const session = createSession({ url: 'ws://test/chat', dialect: chatV1Dialect(), transport: server.connect })
  const heard: News[] = []
  const factsOf = (room: string) => ({ title: room.toUpperCase(), isDirect: false })
  const end = watchNews(session, { factsOf, topOf: () => undefined, known: new Map(), tell: (news) => heard.push(news) })
  server.say('general', ada, 'Before we came')
  session.enter('general')
  session.open()
  await settle()
  return { server, session, heard, end, bodies: () => heard.map(({ body }) => body) }
}

/** A session that tells what it is told to. */
const puppet = () => {
  const { on, emit } = createEmitter<SessionEventMap>(() => {})
  const heard: News[] = []
  const session = { on, snapshot: () => ({ user: me }) } as unknown as Session
  watchNews(session, { factsOf: (room) => ({ title: room, isDirect: false }), topOf: (room) => (room === 'listed' ? 4 : undefined), known: new Map(), tell: (news) => heard.push(news) })
  return { emit, heard }
}
const said = (over: Partial<ReceivedMessage>): ReceivedMessage => ({ room: 'general', seq: 100, author: ada, body: 'Hi', createdAt: 1, ...over })
const listing = (over: Partial<RoomListing>): RoomListing => ({
  room: 'general',
  title: 'General',
  kind: 'room',
  isMember: true,
  isPrivate: false,
  memberCount: 2,
  top: 1,
  unread: 1,
  can: { send: true, react: true, attach: true, invite: true, manage: false },
  last: said({ room: over.room ?? 'general', seq: over.top ?? 1 }),
  ...over,
})

describe('what is news', () => {
  it('[NT1] what others say after we came, and not what was there before', async () => {
    const { server, heard } = await open()
    server.say('general', ada, 'Hello\n  there')
    await settle()
    expect(heard).toMatchObject([{ room: 'general', title: 'GENERAL', author: 'Ada', body: 'Hello there', isMention: false }])
  })

  it('[NT1] nothing of our own, from this device or another', async () => {
    const { server, session, bodies } = await open()
    session.sendMessage({ room: 'general', body: 'from here' })
    server.say('general', me, 'from the phone')
    await settle()
    expect(bodies()).toEqual([])
  })

  it('[NT1] what was missed while the link was broken, when it comes', async () => {
    const { server, bodies } = await open()
    server.drop(1006)
    await settle()
    server.say('general', ada, 'While you were away')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(bodies()).toEqual(['While you were away'])
  })

  it('[NT1] nothing again when a room is left and entered anew', async () => {
    const { server, session, bodies } = await open()
    server.say('general', ada, 'Once')
    await settle()
    session.leave('general')
    await settle()
    session.enter('general')
    await settle()
    expect(bodies()).toEqual(['Once'])
  })

  it('[NT1] no edits, deletions and reactions', () => {
    const { emit, heard } = puppet()
    for (const kind of ['edit', 'delete', 'react', 'unreact']) emit('message', said({ kind, target: 1 }))
    emit('message', said({ isDeleted: true }))
    expect(heard).toEqual([])
  })

  it('[NT1] is shortened, and names cannot turn the sentence around them', async () => {
    const { server, heard } = await open()
    server.say('general', { id: 'x', name: '\u202elive' }, '😀'.repeat(3_000))
    await settle()
    expect(heard[0]!.author).toBe('live')
    expect(Array.from(heard[0]!.body)).toHaveLength(140)
    expect(heard[0]!.body.endsWith('😀…')).toBe(true)
  })

  it('[NT1] a file without words goes by its name', () => {
    const { emit, heard } = puppet()
    const attachments = [{ id: '1', name: 'plan.pdf', type: 'application/pdf', size: 1, url: '/1' }]
    emit('message', said({ body: '', attachments }))
    expect(heard[0]!.body).toBe('plan.pdf')
  })

  it('[NT2] is told of rooms that are not entered, by the list', () => {
    const { emit, heard } = puppet()
    emit('listing', listing({ room: 'old', top: 7, unread: 3 }))
    expect(heard).toEqual([])
    emit('listing', listing({ room: 'old', top: 8, unread: 4, title: 'Renamed' }))
    emit('listing', listing({ room: 'old', top: 8, unread: 4, title: 'Again' }))
    emit('listing', listing({ room: 'ada', kind: 'direct', top: 1, unread: 1 }))
    emit('listing', listing({ room: 'read', top: 1, unread: 0 }))
    emit('listing', listing({ room: 'listed', top: 4, unread: 2 }))
    emit('listing', listing({ room: 'listed', top: 5, unread: 3 }))
    expect(heard.map(({ room, isDirect }) => [room, isDirect])).toEqual([['old', false], ['ada', true], ['listed', false]])
  })

  it('[NT1] a mention is known as one', () => {
    const { emit, heard } = puppet()
    emit('message', said({ mentions: ['me'] }))
    emit('message', said({ mentions: ['lin'], seq: 101 }))
    expect(heard.map(({ isMention }) => isMention)).toEqual([true, false])
  })

  it('ends when told', async () => {
    const { server, end, heard } = await open()
    end()
    server.say('general', ada, 'Too late')
    await settle()
    expect(heard).toEqual([])
  })
})
