import { h, type FunctionalComponent } from 'vue'
import type { MessagePart } from '../shared/message-text.ts'

/** Text, links, code and mentions; elements are made one by one, and nothing is ever read as markup. */
export const MessageText: FunctionalComponent<{
  readonly parts: readonly MessagePart[]
  /** Links are no stops of the Tab key of their own. */
  readonly isInList: boolean
}> = ({ parts, isInList }) =>
  parts.map(({ kind, text, href }) => {
    if (kind === 'text') return text
    if (kind === 'link') {
      const rel = 'noopener noreferrer nofollow ugc'
      return h('a', { class: 'chat-link', href, target: '_blank', rel, tabindex: isInList ? -1 : undefined }, text)
    }
    if (kind === 'code' || kind === 'block') return h('code', { class: 'chat-code', dir: 'ltr', 'data-block': kind === 'block' ? '' : undefined }, text)
    return h('bdi', { class: 'chat-mention', 'data-me': kind === 'me' ? '' : undefined }, text)
  })

MessageText.props = ['parts', 'isInList']
