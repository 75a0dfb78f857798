import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, reactive, ref, shallowRef, type Component } from 'vue'
import { componentNames } from '../../src/components/list.ts'
import {
  ChatAttachment,
  ChatAttachmentTray,
  ChatComposer,
  ChatConnectionBanner,
  ChatMemberList,
  ChatMessage,
  ChatMessageList,
  ChatOnlineCount,
  ChatRoomList,
  ChatSystemMessage,
  ChatTypingIndicator,
  toMessage,
  useMessages,
  type PlainMessage,
} from '../../src/index.ts'
import { NOON } from './support/samples.ts'

enableAutoUnmount(afterEach)

const ada = { id: 'ada', name: 'Ada' }
const me = { id: 'me', name: 'Robin' }
const plain = (id: number, over: Partial<PlainMessage> = {}): PlainMessage => ({ id, author: ada, body: `Message ${id}`, createdAt: NOON + id, ...over })

let warn: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  expect(warn.mock.calls.map(String)).toEqual([])
  vi.restoreAllMocks()
})

describe('without a plugin, a store and a connection', () => {
  const parts: readonly (readonly [name: string, part: Component, props: object, text: string])[] = [
    ['ChatMessageList', ChatMessageList, { messages: [toMessage(plain(1))], title: 'Tea' }, 'Message 1'],
    ['ChatMessage', ChatMessage, { message: toMessage(plain(1)) }, 'Message 1'],
    ['ChatComposer', ChatComposer, { title: 'Tea', people: [ada] }, 'Message to Tea'],
    ['ChatRoomList', ChatRoomList, { rooms: [{ room: 'tea', title: 'Tea', unread: 2 }] }, 'Tea'],
    ['ChatMemberList', ChatMemberList, { members: [ada] }, 'Ada'],
    ['ChatTypingIndicator', ChatTypingIndicator, { users: [ada] }, 'is typing'],
    ['ChatOnlineCount', ChatOnlineCount, { count: 3 }, '3 online'],
    ['ChatSystemMessage', ChatSystemMessage, { text: 'Ada joined' }, 'Ada joined'],
    ['ChatAttachment', ChatAttachment, { attachment: { id: '1', name: 'plan.pdf', type: 'application/pdf', size: 9, url: '/plan.pdf' } }, 'plan'],
    ['ChatAttachmentTray', ChatAttachmentTray, { items: [], refused: [{ name: 'big.iso', size: 9, fault: 'file_too_big' }], limits: { maxSize: 1 } }, 'big.iso'],
    ['ChatConnectionBanner', ChatConnectionBanner, { state: 'offline' }, 'You are offline'],
  ]

  it.each(parts)('[PU1] %s works', async (_name, part, props, text) => {
    const wrapper = mount({ render: () => h('div', [h(part, props)]) }, { attachTo: document.body })
    await vi.dynamicImportSettled()
    await flushPromises()
    expect(wrapper.text()).toContain(text)
  })

  it('[PU1] what is written is told, and nothing else is needed', async () => {
    const wrapper = mount(ChatComposer, { props: { title: 'Tea' }, attachTo: document.body })
    await wrapper.get('textarea').setValue('Hello')
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('send')).toEqual([['Hello']])
    expect(wrapper.get<HTMLTextAreaElement>('textarea').element.value).toBe('')
  })

  it('[PU1] every part of the kit is in this list, or is the chat itself', () => {
    expect([...parts.map(([name]) => name), 'ChatApp', 'ChatRoom', 'ChatSearch'].sort()).toEqual([...componentNames].sort())
  })
})

describe('plain messages', () => {
  it('[PU2] become rows with what they lack', () => {
    expect(toMessage(plain(7, { createdAt: '2026-03-10T12:00:00Z' }), 'me')).toEqual({
      key: '7',
      room: '',
      author: ada,
      body: 'Message 7',
      createdAt: Date.UTC(2026, 2, 10, 12),
      isOwn: false,
      status: 'sent',
    })
    expect(toMessage(plain(8, { author: me, createdAt: new Date(NOON), status: 'failed' }), 'me')).toMatchObject({
      isOwn: true,
      clientId: '8',
      status: 'failed',
      createdAt: NOON,
    })
  })

  const show = (messages: readonly PlainMessage[] | (() => readonly PlainMessage[]), own = ref('me')) => {
    let draws = 0
    const count = (instance: { readonly $options: { readonly __name?: string } }): void => {
      if (instance.$options.__name === 'ChatMessage') draws += 1
    }
    const wrapper = mount(
      defineComponent({
        setup() {
          const rows = useMessages(messages, { me: own })
          return () => h(ChatMessageList, { messages: rows.value, title: 'Tea' })
        },
      }),
      {
        attachTo: document.body,
        global: {
          mixins: [
            {
              mounted() {
                count(this)
              },
              updated() {
                count(this)
              },
            },
          ],
        },
      },
    )
    return { wrapper, draws: () => draws, texts: () => wrapper.findAll('article').map((row) => row.text()) }
  }

  it.each(['reactive', 'ref'])('[PU3] push on a %s array draws the new row and no other', async (kind) => {
    const list = kind === 'ref' ? ref(Array.from({ length: 50 }, (_, id) => plain(id))) : undefined
    const messages = list?.value ?? reactive(Array.from({ length: 50 }, (_, id) => plain(id)))
    const { wrapper, draws, texts } = show(list ? () => list.value : messages)
    await flushPromises()
    const before = wrapper.findAll('article').map(({ element }) => element)
    const drawn = draws()
    expect(drawn).toBe(50)
    messages.push(plain(50))
    await flushPromises()
    expect(texts()).toHaveLength(51)
    // The last row before it is no longer the last of its group.
    expect(draws() - drawn).toBeLessThanOrEqual(2)
    expect(wrapper.findAll('article').slice(0, 50).map(({ element }) => element)).toEqual(before)
  })

  it('[PU3] another object in the place of a message is another text, splice takes it away', async () => {
    const messages = reactive([plain(1), plain(2), plain(3)])
    const { texts } = show(messages)
    messages[1] = { ...messages[1]!, body: 'Changed' }
    await nextTick()
    expect(texts()[1]).toContain('Changed')
    messages.splice(1, 1)
    await flushPromises()
    expect(texts()).toHaveLength(2)
  })

  it('[PU3] sides change when we become somebody else', async () => {
    const own = ref('me')
    const { wrapper } = show(shallowRef([plain(1), plain(2, { author: me })]).value, own)
    const sides = () => wrapper.findAll('article').map((row) => row.attributes('data-side'))
    expect(sides()).toEqual(['other', 'own'])
    own.value = 'ada'
    await nextTick()
    expect(sides()).toEqual(['own', 'other'])
  })
})
