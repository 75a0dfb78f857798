import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { h } from 'vue'
import { ChatMemberList, ChatRoomList } from '../../src/components/index.ts'
import type { ChatMemberEntry, ChatRoomItemSlotProps, ChatRoomListEntry } from '../../src/components/types.ts'

enableAutoUnmount(afterEach)

const me = { id: 'me', name: 'Robin' }
const ada = { id: 'ada', name: 'Ada' }
const zoe = { id: 'zoe', name: 'Zoë Müller' }
const said = (body: string, more: object = {}) => ({ author: ada, body, createdAt: new Date().setHours(9, 5), isOwn: false, isDeleted: false, ...more })
const rooms: readonly ChatRoomListEntry[] = [
  { room: 'general', title: 'General', unread: 140, isMentioned: true, last: said('the ferry leaves') },
  { room: 'plans', title: 'Plans', isPrivate: true, last: said('old', { createdAt: new Date(2020, 2, 4).getTime(), isOwn: true }) },
  { room: 'zoe', title: zoe.name, kind: 'direct', peer: zoe, isOnline: true, last: said('hi') },
  { room: 'garden', title: 'Garden', isMember: false },
]
const open = (props: object = {}, slots: object = {}) => mount(ChatRoomList, { props: { rooms, ...props }, slots: slots as never, attachTo: document.body })
const row = (wrapper: ReturnType<typeof open>, room: string) => wrapper.get(`[data-room="${room}"]`)

describe('ChatRoomList', () => {
  it('[LI10] keeps conversations, rooms and what may be joined apart, each under its name', () => {
    const groups = open().findAll('[role=group]')
    expect(groups.map((group) => group.get('h3').text())).toEqual(['Direct messages', 'Rooms', 'Open to join'])
    expect(groups.map((group) => group.findAll('button').length)).toEqual([1, 2, 1])
    expect(groups[0]!.attributes('aria-labelledby')).toBe(groups[0]!.get('h3').attributes('id'))
    const alone = open({ rooms: [rooms[0]] })
    expect(alone.find('h3').exists()).toBe(false)
  })

  it('[LI11] says who said what and when, today by the time, else by the date', () => {
    const wrapper = open()
    expect(row(wrapper, 'general').get('.chat-rooms-preview').text()).toBe('\u2068Ada\u2069: the ferry leaves')
    expect(row(wrapper, 'general').get('time').text()).toMatch(/^9:05/)
    expect(row(wrapper, 'plans').get('.chat-rooms-preview').text()).toBe('You: old')
    expect(row(wrapper, 'plans').get('time').text()).toContain('20')
    expect(row(wrapper, 'zoe').get('.chat-rooms-preview').text()).toBe('hi')
  })

  it.each([
    ['a draft', { typing: [ada] }, 'half a sentence', 'Draft: half a sentence'],
    ['who types', { typing: [ada] }, undefined, '\u2068Ada\u2069 is typing'],
    ['that a message was deleted', { last: said('', { isDeleted: true }) }, undefined, '\u2068Ada\u2069: This message was deleted'],
    ['files', { last: said('', { attachments: [{}, {}] }) }, undefined, '\u2068Ada\u2069: 2 files'],
  ])('[LI12] shows %s in place of the last message', (_name, more, draft, text) => {
    const wrapper = open({ rooms: [{ ...rooms[0]!, ...more }], draftOf: () => draft })
    expect(wrapper.get('.chat-rooms-preview').text()).toBe(text)
  })

  it.each([
    ['Lunch at the canal?', {}, undefined, 'ltr'],
    ['نلتقي عند القناة ظهرا', {}, undefined, 'rtl'],
    ['👍 3', {}, undefined, 'ltr'],
    ['«שלום»', { author: { id: 'x', name: 'Jonas' } }, undefined, 'rtl'],
    ['Lunch?', { author: { id: 'x', name: 'جوناس' } }, undefined, 'ltr'],
    ['مرحبا', { isOwn: true, author: me }, undefined, 'rtl'],
    ['مرحبا', {}, 'half a sentence', 'ltr'],
    ['Hello', {}, 'مرحبا', 'rtl'],
  ])('[LI24] the line with %j runs with its words, whoever said it, so that its end is cut (%j, %j)', (body, more, draft, dir) => {
    const wrapper = open({ rooms: [{ ...rooms[0]!, last: said(body, more) }], draftOf: () => draft })
    expect(wrapper.get('.chat-rooms-preview').attributes('dir')).toBe(dir)
    expect(wrapper.get('.chat-rooms-title').attributes('dir')).toBe('auto')
  })

  it('[LI12] the draft of the room on screen is in its field already', () => {
    const wrapper = open({ current: 'general', draftOf: () => 'half' })
    expect(row(wrapper, 'general').text()).not.toContain('Draft')
    expect(row(wrapper, 'zoe').text()).toContain('Draft: half')
  })

  it('[LI13] says in words what colours and signs show', () => {
    const wrapper = open()
    expect(row(wrapper, 'general').text()).toContain('140 unread messages')
    expect(row(wrapper, 'general').text()).toContain('you are mentioned')
    expect(row(wrapper, 'plans').text()).toContain('private')
    expect(row(wrapper, 'zoe').text()).toContain('online')
  })

  it('[LI14] has one tab stop; arrows, Home and End move among the rooms', async () => {
    const wrapper = open({ current: 'plans' })
    const stops = () => wrapper.findAll('[data-room][tabindex="0"]').map((each) => each.attributes('data-room'))
    const press = (key: string) => wrapper.get('[data-room]:focus').trigger('keydown', { key })
    expect(stops()).toEqual(['plans'])
    ;(row(wrapper, 'plans').element as HTMLElement).focus()
    await press('ArrowUp')
    expect(document.activeElement).toBe(row(wrapper, 'general').element)
    await press('End')
    expect(document.activeElement).toBe(row(wrapper, 'garden').element)
    await press('ArrowDown')
    expect(stops()).toEqual(['garden'])
    await press('Home')
    expect(stops()).toEqual(['zoe'])
  })

  it('[LI15] finds rooms by any part of their name, and says when there is none', async () => {
    const wrapper = open({ searchable: true })
    const field = wrapper.get('input[type=search]')
    await field.setValue('muller')
    expect(wrapper.findAll('[data-room]').map((each) => each.attributes('data-room'))).toEqual(['zoe'])
    await field.setValue('nobody')
    expect(wrapper.get('[role=status]').text()).toBe('No room or person with this name.')
    await field.trigger('keydown', { key: 'Escape' })
    expect(wrapper.findAll('[data-room]')).toHaveLength(4)
    await field.trigger('keydown', { key: 'ArrowDown' })
    expect(document.activeElement).toBe(row(wrapper, 'zoe').element)
  })

  it('[LI16] offers a search with more than eight rooms', () => {
    expect(open().find('input').exists()).toBe(false)
    const many = Array.from({ length: 9 }, (_, i) => ({ room: `r${String(i)}`, title: `Room ${String(i)}` }))
    expect(open({ rooms: many }).find('input').exists()).toBe(true)
  })

  it('[LI17] what may be joined is joined, not opened', async () => {
    const wrapper = open()
    await row(wrapper, 'garden').trigger('click')
    await row(wrapper, 'general').trigger('click')
    expect(wrapper.emitted('join')).toEqual([['garden']])
    expect(wrapper.emitted('select')).toEqual([['general']])
  })

  it('[LI18] loading, failed and empty say so; a failure can be tried again', async () => {
    expect(open({ rooms: [], loading: true }).text()).toBe('Loading rooms…')
    expect(open({ rooms: [] }).text()).toBe('No rooms yet')
    const failed = open({ rooms: [], failed: true })
    expect(failed.get('[role=alert]').text()).toContain('The rooms could not be loaded.')
    await failed.get('[role=alert] button').trigger('click')
    expect(failed.emitted('retry')).toHaveLength(1)
  })

  it('[LI19] a row is replaced by the slot, which has the item', () => {
    const wrapper = open({ current: 'general' }, { 'room-item': ({ item, isCurrent, time }: ChatRoomItemSlotProps) => h('i', `${item.title} ${String(isCurrent)} ${time}`) })
    expect(row(wrapper, 'general').get('i').text()).toMatch(/^General true 9:05/)
  })

  it('[LI20] of 500 rooms only the one renders to which something happened', async () => {
    let rendered = new Set<string>()
    const entry = (room: string, unread: number): ChatRoomListEntry => ({
      room,
      unread,
      get title() {
        rendered.add(room)
        return room
      },
    })
    const many = Array.from({ length: 500 }, (_, i) => entry(`r${String(i)}`, 0))
    const wrapper = open({ rooms: many })
    expect(rendered.size).toBe(500)
    rendered = new Set()
    await wrapper.setProps({ rooms: many.map((room, i) => (i === 250 ? entry('r250', 1) : room)) })
    expect([...rendered]).toEqual(['r250'])
    rendered = new Set()
    await wrapper.setProps({ current: 'r3' })
    expect(rendered.size).toBeLessThanOrEqual(2)
  })
})

describe('ChatMemberList', () => {
  const members: readonly ChatMemberEntry[] = [
    { id: 'me', name: 'Robin', online: true, role: 'owner' },
    { ...ada, online: true, role: 'member' },
    { ...zoe, online: false, role: 'owner' },
  ]

  it('[LI21] says who is there, who owns the room, and offers to write to the others', async () => {
    const wrapper = mount(ChatMemberList, { props: { members, me: 'me', canMessage: true } })
    const rows = wrapper.findAll('li').map((each) => each.text())
    expect(rows[0]).toContain('Owner')
    expect(rows[0]).toContain('You')
    expect(rows[2]).toContain('offline')
    const buttons = wrapper.findAll('button')
    expect(buttons.map((button) => button.attributes('aria-label'))).toEqual(['Write to \u2068Ada\u2069', 'Write to \u2068Zoë Müller\u2069'])
    await buttons[0]!.trigger('click')
    expect(wrapper.emitted('message')).toEqual([[members[1]]])
  })

  it('[LI22] only who manages the room takes members out, and no owners', async () => {
    expect(mount(ChatMemberList, { props: { members, me: 'me' } }).find('button').exists()).toBe(false)
    const wrapper = mount(ChatMemberList, { props: { members, me: 'me', can: { manage: true } } })
    expect(wrapper.findAll('button').map((button) => button.attributes('aria-label'))).toEqual(['Take \u2068Ada\u2069 out of the room'])
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('expel')).toEqual([[members[1]]])
  })

  it('[LI23] above twenty members there is a search; those that are not told are counted', async () => {
    const many = Array.from({ length: 21 }, (_, i) => ({ id: `m${String(i)}`, name: `Member ${String(i)}` }))
    const wrapper = mount(ChatMemberList, { props: { members: many, count: 30 } })
    expect(wrapper.text()).toContain('and 9 more')
    await wrapper.get('input').setValue('member 20')
    expect(wrapper.findAll('li')).toHaveLength(1)
    await wrapper.get('input').setValue('x')
    expect(wrapper.get('[role=status]').text()).toBe('Nobody found.')
  })
})
