import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { ChatMemberList, ChatMessage, ChatMessageList, ChatRoomList } from '../../src/components/index.ts'
import ChatAttachmentPart from '../../src/components/ChatAttachment/ChatAttachment.vue'
import { corpus, vectors } from '../../playground/gallery/corpus.ts'
import { message, own } from './support/samples.ts'
import { traces } from './support/traces.ts'
import { ChatMarkdown } from '../../src/markdown.ts'
import { speaking } from '../../src/composables/useTexts.ts'
import { en } from '../../src/locale/en.ts'

// As the package exports them, and here at once.
const ChatAttachment = speaking(ChatAttachmentPart, en)

it('[MA20] the corpus has at least 60 texts in at least ten classes, each once', () => {
  expect(new Set(vectors).size).toBe(vectors.length)
  expect(vectors.length).toBeGreaterThanOrEqual(60)
  expect(Object.keys(corpus).length).toBeGreaterThanOrEqual(10)
})

describe.each(Object.entries(corpus))('%s', (_name, texts) => {
  it.each(texts.map((text) => [text.slice(0, 60), text] as const))('[MA20] %j stays text in a message', (_short, text) => {
    const author = { id: text, name: text }
    const quote = { seq: 1, key: text, author, body: text }
    const reactions = [{ emoji: text, count: 1, isOwn: false, users: [author] }]
    const wrapper = mount(ChatMessage, { props: { message: message(2, { key: text, author, body: text, replyTo: 1, quote, reactions, mentions: [text] }) } })
    expect(traces(wrapper.element)).toEqual([])
    const shown = wrapper.get('.chat-message-text').element
    if (!text.includes('`')) expect(shown.textContent).toBe(text)
    expect(wrapper.get('.chat-message-author').element.textContent).toBe(text)
    wrapper.unmount()
  })

  it('[MA20] [MD2] becomes nothing else as Markdown, by itself or within its marks', () => {
    for (const text of texts) {
      for (const body of [text, `**${text}**`, `> ${text}`, `- ${text}`, `[${text}](${text})`, `[safe](${text})`]) {
        const wrapper = mount(ChatMarkdown, { props: { message: message(2, { body, mentions: [text] }) } })
        expect(traces(wrapper.element)).toEqual([])
        wrapper.unmount()
      }
    }
  })

  it('[MA20] stays text as a title, a name, a preview and a client id', () => {
    const title = texts[0]!
    const rows = texts.flatMap((text, index) => [own(`${index} ${text}`, 'failed', { body: text }), message(index + 3, { body: text, author: { id: text, name: text } })])
    const all = [
      mount(ChatMessageList, { props: { title, messages: rows } }),
      mount(ChatRoomList, { props: { rooms: texts.map((text) => ({ room: text, title: text, preview: text, unread: 1 })), current: title, label: title, searchable: false } }),
      mount(ChatMemberList, { props: { members: texts.map((text) => ({ id: text, name: text })), label: title, searchable: false } }),
    ]
    for (const wrapper of all) {
      expect(traces(wrapper.element)).toEqual([])
      wrapper.unmount()
    }
  })

  it.each(['image/png', 'video/mp4', 'text/html', 'as told'])('[MA20] stays text as name and media type of a file (%s), and leads nowhere as its address', (type) => {
    for (const text of texts) {
      const attachment = { id: text, name: text, type: type === 'as told' ? text : type, size: 1, url: text, width: 10, height: 10 }
      const wrapper = mount(ChatAttachment, { props: { attachment } })
      // A size is the only style, and what shows pictures and films is ours.
      const found = traces(wrapper.element).filter((trace) => !/^(IMG|VIDEO|style=(?:[a-z-]+: ?[\d./ a-z%(),-]+;? ?)+)$/.test(trace))
      expect(found).toEqual([])
      wrapper.unmount()
    }
  })
})
