import { computed, defineComponent, h, inject, type PropType, type VNodeChild } from 'vue'
import { MessageText } from '../components/ChatMessage/MessageText.ts'
import { messageContextKey } from '../components/shared/message-context.ts'
import { parseMessage } from '../components/shared/message-text.ts'
import type { ChatMessage } from '../core/index.ts'
import type { MarkdownInline } from './inline.ts'
import { parseMarkdown, type MarkdownBlock } from './parse.ts'

export interface RenderMarkdownOptions {
  /** Draws what is plain text. @default with its links */
  readonly words?: (text: string) => VNodeChild
  /** Links are no stops of the Tab key of their own. @default false */
  readonly isInList?: boolean
}

const TAGS = { bold: 'strong', italic: 'em', strike: 's' } as const

const renderWords = (text: string, { words, isInList = false }: RenderMarkdownOptions): VNodeChild =>
  words?.(text) ?? (text.includes('`') ? text : h(MessageText, { parts: parseMessage(text), isInList }))

const renderInline = (parts: readonly MarkdownInline[], options: RenderMarkdownOptions): VNodeChild[] =>
  parts.map((part) => {
    if (!('children' in part)) return part.type === 'text' ? renderWords(part.text, options) : h('code', { class: 'chat-code', dir: 'ltr' }, part.text)
    const inside = renderInline(part.children, options)
    if (part.type !== 'link') return h(TAGS[part.type], inside)
    const rel = 'noopener noreferrer nofollow ugc'
    const { href } = part
    // What a link says may be anything; where it leads is told by its title.
    return h('a', { class: 'chat-link', href, title: href, target: '_blank', rel, tabindex: options.isInList ? -1 : undefined }, inside)
  })

const renderBlock = (block: MarkdownBlock, options: RenderMarkdownOptions): VNodeChild => {
  if (block.type === 'paragraph') return h('p', { dir: 'auto' }, renderInline(block.children, options))
  if (block.type === 'code') return h('code', { class: 'chat-code', dir: 'ltr', 'data-block': '', 'data-language': block.language || undefined }, block.text)
  if (block.type === 'quote') return h('blockquote', renderBlocks(block.children, options))
  return h(block.start === undefined ? 'ul' : 'ol', { start: block.start }, block.items.map((item) => h('li', renderBlocks(item, options))))
}

const renderBlocks = (blocks: readonly MarkdownBlock[], options: RenderMarkdownOptions): VNodeChild[] =>
  blocks.map((block) => renderBlock(block, options))

/** Draws Markdown as elements, one by one: nothing in it is ever read as HTML. */
export const renderMarkdown = (text: string, options: RenderMarkdownOptions = {}): VNodeChild =>
  h('div', { class: 'chat-markdown' }, renderBlocks(parseMarkdown(text), options))

/** The text of a message as Markdown, with the people in it. */
export const ChatMarkdown = defineComponent({
  name: 'ChatMarkdown',
  props: { message: { type: Object as PropType<ChatMessage>, required: true } },
  setup(props) {
    const context = inject(messageContextKey, undefined)
    const blocks = computed(() => parseMarkdown(props.message.body))
    const words = (text: string): VNodeChild => {
      // What was code is no longer among them.
      if (text.includes('`') || !/[@:]/.test(text)) return text
      const parts = parseMessage(text, context?.people.value, props.message.mentions)
      return h(MessageText, { parts, isInList: context !== undefined })
    }
    return () => h('div', { class: 'chat-markdown' }, renderBlocks(blocks.value, { words, isInList: context !== undefined }))
  },
})

/** For `:render-body` of ChatRoom and ChatMessageList. */
export const markdownBody = (message: ChatMessage): VNodeChild => h(ChatMarkdown, { message })
