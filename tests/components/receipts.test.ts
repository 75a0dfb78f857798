import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRowBuilder, isSameRow } from '../../src/components/ChatMessageList/rows.ts'
import { findUnread } from '../../src/components/ChatMessageList/unread.ts'
import { ChatRoom } from '../../src/components/index.ts'
import { readersText } from '../../src/components/shared/formats.ts'
import { en } from '../../src/locale/en.ts'
import { zhCN } from '../../src/locale/zh-CN.ts'
import { createChat, type CreateChatOptions } from '../../src/plugin.ts'
import { createFakeServer } from '../../src/testing.ts'
import { listed } from './support/rows.ts'
import { message, own } from './support/samples.ts'

enableAutoUnmount(afterEach)

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const me = { id: 'me', name: 'Robin' }
const [ada, bob, eve, zoe] = ['Ada', 'Bob', 'Eve', 'Zoe'].map((name) => ({ id: name.toLowerCase(), name })) as [typeof me, typeof me, typeof me, typeof me]

const open = async (props: Record<string, unknown> = {}, prepare: (server: ReturnType<typeof createFakeServer>) => void = () => {}, options: Partial<CreateChatOptions> = {}) => {
  const server = createFakeServer({ user: me })
  server.setMembers('general', [ada])
  prepare(server)
  const chat = createChat({ url: 'ws://test.invalid/chat', transport: server.connect, ...options })
  const wrapper = mount(ChatRoom, { props: { room: 'general', ...props }, global: { plugins: [createPinia(), chat] }, attachTo: document.body })
  await flushPromises()
  // The code for presence lines is a part of its own.
  await vi.dynamicImportSettled()
  const later = async (ms = 1_000): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms)
    await flushPromises()
  }
  const said = (): object => server.received.filter(({ type }) => type === 'mark').reduce((all, { type: _type, ...mark }: object & { type?: string }) => ({ ...all, ...mark }), {})
  const statuses = (): (string | undefined)[] => wrapper.findAll('article[data-side=own]').map((row) => row.attributes('data-status'))
  return { server, wrapper, later, said, statuses }
}

describe('receipts in a room', () => {
  it('[RD40] an own message shows that it was delivered and read, and its mark tells by whom', async () => {
    const { server, wrapper, later, statuses } = await open({}, (fake) => {
      fake.say('general', me, 'one')
      fake.say('general', me, 'two')
    })
    expect(statuses()).toEqual(['sent', 'sent'])
    server.mark('general', ada, { received: 2 })
    await later()
    expect(statuses()).toEqual(['delivered', 'delivered'])
    for (const user of [ada, bob, eve, zoe]) server.mark('general', user, { read: 1 })
    await later()
    expect(statuses()).toEqual(['read', 'delivered'])
    const mark = wrapper.get('article button.chat-status')
    expect(wrapper.findAll('article button.chat-status')).toHaveLength(1)
    expect(mark.attributes()).toMatchObject({ 'aria-label': en.status.read, 'aria-expanded': 'false', tabindex: '-1' })
    await mark.trigger('pointerenter')
    expect(mark.attributes('title')).toBe('Read by Ada, Bob, and 2 others')
    await mark.trigger('click')
    await vi.dynamicImportSettled()
    await later()
    expect(wrapper.get('.chat-readers').text()).toContain('Read by Ada, Bob, and 2 others')
    await mark.trigger('click')
    expect(wrapper.find('.chat-readers').exists()).toBe(false)
  })

  it('[RD41] says what one has received and read, a few times a second at most', async () => {
    const { server, later, said } = await open({}, (fake) => fake.say('general', ada, 'hello'))
    await later()
    expect(said()).toEqual({ room: 'general', received: 1, read: 1 })
    for (let i = 0; i < 30; i++) server.say('general', ada, `more ${i}`)
    await later()
    expect(said()).toEqual({ room: 'general', received: 31, read: 31 })
    expect(server.received.filter(({ type }) => type === 'mark').length).toBeLessThanOrEqual(3)
    expect(server.marks('general').find(({ user }) => user.id === 'me')).toMatchObject({ read: 31, received: 31 })
  })

  it('[RD42] receipts: false tells nobody what came and what was read, and shows of nobody that they have', async () => {
    const { server, later, statuses, wrapper } = await open({}, (fake) => fake.say('general', me, 'one'), { receipts: false })
    server.mark('general', ada, { read: 1 })
    server.say('general', ada, 'two')
    await later()
    expect(server.received.filter(({ type }) => type === 'mark')).toEqual([])
    expect(statuses()).toEqual(['delivered'])
    expect(wrapper.find('button.chat-status').exists()).toBe(false)
  })

  it('[RD43] after a reload the line stands above what was not read, and stays away after an own message', async () => {
    const { wrapper, later } = await open({}, (fake) => {
      for (const text of ['one', 'two', 'three', 'four']) fake.say('general', ada, text)
      fake.mark('general', me, { read: 2, received: 4 })
    })
    const line = wrapper.get('.chat-unread')
    expect(line.text()).toBe(en.newMessages(2))
    expect(line.element.closest('.chat-row')!.nextElementSibling!.textContent).toContain('three')
    await wrapper.get('textarea').setValue('Hi')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    await later()
    expect(wrapper.find('.chat-unread').exists()).toBe(false)
  })

  it('[RD44] names readers the way of the language', () => {
    const text = (count: number, locale = en): string => readersText([ada, bob, eve, zoe, { id: 'm', name: 'Max' }].slice(0, count), locale)
    expect([1, 2, 3, 4, 5].map((n) => text(n))).toEqual([
      'Read by Ada', 'Read by Ada and Bob', 'Read by Ada, Bob, and Eve', 'Read by Ada, Bob, and 2 others', 'Read by Ada, Bob, and 3 others',
    ])
    expect(text(5, zhCN)).toBe('Ada、Bob和另外 3 人已读')
  })
})

describe('the unread line by seq', () => {
  const list = [1, 2, 3, 4, 5, 6].map((seq) => (seq % 3 === 0 ? own(`o${seq}`, 'sent', { seq }) : message(seq)))

  it('[RD45] stands above the first message of others beyond what was read, whatever comes later', () => {
    const found = findUnread(list, { count: 0, after: 2 }, undefined)
    expect(found).toMatchObject({ key: 'general:4', count: 2 })
    expect(findUnread([...list, message(7), message(8)], { count: 0, after: 2 }, found)).toBe(found)
    expect(findUnread(list, { count: 9, after: 6 }, undefined)?.key).toBe('')
    const none = findUnread(list, { count: 0, after: 6 }, undefined)
    expect(findUnread([...list, message(7)], { count: 0, after: 6 }, none)?.key).toBe('')
  })

  it('[RD45] moves up when an older page shows that more was unread, and never comes back after an own message', () => {
    const found = findUnread(list.slice(3), { count: 0, after: 1 }, undefined)
    expect(found).toMatchObject({ key: 'general:4', count: 2 })
    expect(findUnread(list, { count: 0, after: 1 }, found)).toMatchObject({ key: 'general:2', count: 3 })
    const over = findUnread([...list, own('x')], { count: 0, after: 1 }, found)
    expect(over?.key).toBe('')
    expect(findUnread([...list, own('x', 'sent', { seq: 7 })], { count: 0, after: 1 }, over)?.key).toBe('')
  })
})

describe('lines that are no messages', () => {
  const notice = (key: string, after: string) => ({ key, after, text: key })

  it('[RD46] stand below their message, end a group, and cost only what changed', () => {
    const builder = createRowBuilder()
    const messages = [1, 2, 3].map((seq) => message(seq))
    const notices = [notice('a', 'general:2'), notice('b', 'general:3'), notice('c', 'general:3'), notice('d', 'nowhere')]
    const kinds = (rows: ReturnType<typeof builder>) => listed(rows).map((row) => (row.kind === 'message' ? `${row.message.seq}${row.position[0]!}` : row.kind === 'system' ? row.key : row.kind))
    const rows = builder(messages, { notices })
    const before = listed(rows)
    expect(kinds(rows)).toEqual(['day', '1f', '2l', 'a', '3s', 'b', 'c'])
    const more = builder([...messages, message(4)], { notices })
    expect(kinds(more)).toEqual(['day', '1f', '2l', 'a', '3s', 'b', 'c', '4s'])
    before.forEach((row, i) => expect(isSameRow(more.at(i)!, row)).toBe(true))
    const edited = [messages[0]!, { ...messages[1]!, body: 'edited' }, messages[2]!, message(4)]
    expect(kinds(builder(edited, { notices }))).toEqual(kinds(more))
    expect(kinds(builder(edited, { notices: [] }))).toEqual(['day', '1f', '2m', '3m', '4l'])
  })
})

describe('who comes and goes', () => {
  const lines = (wrapper: Awaited<ReturnType<typeof open>>['wrapper']): string[] => wrapper.findAll('.chat-system > span').map((line) => line.text())
  const hello = (fake: ReturnType<typeof createFakeServer>): void => void fake.say('general', ada, 'hello')

  it('[RD50] is not shown unless wanted', async () => {
    const { server, wrapper, later } = await open({}, hello)
    server.setMembers('general', [ada, bob])
    await later(10_000)
    expect(lines(wrapper)).toEqual([])
  })

  it('[RD51] is one line between two messages; whoever leaves and comes back is in none', async () => {
    const { server, wrapper, later } = await open({ presenceRows: true }, hello)
    server.setMembers('general', [ada, bob, eve])
    await later(6_000)
    server.setMembers('general', [ada, bob, eve, zoe])
    await later(6_000)
    expect(lines(wrapper)).toEqual(['Bob, Eve, and Zoe joined'])
    server.setMembers('general', [bob, eve, zoe])
    await later(1_000)
    server.setMembers('general', [ada, bob, eve, zoe])
    await later(6_000)
    expect(lines(wrapper)).toEqual(['Bob, Eve, and Zoe joined'])
    server.setMembers('general', [ada, bob, eve])
    await later(6_000)
    expect(lines(wrapper)).toEqual(['Bob and Eve joined'])
    server.say('general', ada, 'welcome')
    server.setMembers('general', [ada, eve])
    await later(6_000)
    expect(lines(wrapper)).toEqual(['Bob and Eve joined', 'Bob left'])
    expect(wrapper.findAll('.chat-row').map((row) => row.text().slice(0, 3)).slice(-2)).toEqual([expect.any(String), 'Bob'])
  })

  it('[RD52] is not shown in a busy room, nor while the page is hidden; it is not read out and nothing becomes unread', async () => {
    const { server, wrapper, later } = await open({ presenceRows: 2 }, hello)
    server.setMembers('general', [ada, bob, eve])
    await later(6_000)
    expect(lines(wrapper)).toEqual([])
    await wrapper.setProps({ presenceRows: true })
    server.setMembers('general', [ada, bob])
    await later(6_000)
    expect(lines(wrapper)).toEqual(['Eve left'])
    expect(wrapper.findAll('[aria-live=polite]').every((live) => !live.text().includes('Eve'))).toBe(true)
    expect(wrapper.find('.chat-unread').exists()).toBe(false)
  })
})
