/** Parts that reading and writing do without. Their code comes when they are first drawn, and is no part of the first load. */
import { defineAsyncComponent, type AsyncComponentOptions, type Component, type ComponentPublicInstance } from 'vue'
import type ChatAttachmentPart from './ChatAttachment/ChatAttachment.vue'
import type ChatAttachmentTrayPart from './ChatAttachmentTray/ChatAttachmentTray.vue'
import type MessageAttachmentsPart from './ChatAttachment/MessageAttachments.vue'
import type MessageReadersPart from './ChatMessage/MessageReaders.vue'
import type ChatSearchPart from './ChatSearch/ChatSearch.vue'
import type MessageToolsPart from './ChatMessageList/MessageTools.vue'

/** Without a network it is tried again, until there is one. */
const late = <C extends Component>(loader: () => Promise<{ readonly default: C }>): C =>
  defineAsyncComponent<ComponentPublicInstance & C>({
    loader: loader as never,
    delay: 0,
    onError: (_error, retry) => void setTimeout(retry, 5_000),
  } satisfies AsyncComponentOptions) as C

export const ChatAttachment: typeof ChatAttachmentPart = /* @__PURE__ */ late(() => import('./ChatAttachment/ChatAttachment.vue'))
export const ChatAttachmentTray: typeof ChatAttachmentTrayPart = /* @__PURE__ */ late(() => import('./ChatAttachmentTray/ChatAttachmentTray.vue'))
export const MessageAttachments: typeof MessageAttachmentsPart = /* @__PURE__ */ late(() => import('./ChatAttachment/MessageAttachments.vue'))
export const MessageReaders: typeof MessageReadersPart = /* @__PURE__ */ late(() => import('./ChatMessage/MessageReaders.vue'))
export const ChatSearch: typeof ChatSearchPart = /* @__PURE__ */ late(() => import('./ChatSearch/ChatSearch.vue'))
export const MessageTools: typeof MessageToolsPart = /* @__PURE__ */ late(() => import('./ChatMessageList/MessageTools.vue'))
