/** Parts that reading and writing do without. Their code comes when they are first drawn, and is no part of the first load. */
import { defineAsyncComponent, type AsyncComponentOptions, type Component, type ComponentPublicInstance } from 'vue'

/** Without a network it is tried again, until there is one. */
const late = <C extends Component>(loader: () => Promise<{ readonly default: C }>): C =>
  defineAsyncComponent<ComponentPublicInstance & C>({
    loader: loader as never,
    delay: 0,
    onError: (_error, retry) => void setTimeout(retry, 5_000),
  } satisfies AsyncComponentOptions) as C

export const ChatAttachment = /* @__PURE__ */ late(() => import('./ChatAttachment/ChatAttachment.vue'))
export const ChatAttachmentTray = /* @__PURE__ */ late(() => import('./ChatAttachmentTray/ChatAttachmentTray.vue'))
export const MessageAttachments = /* @__PURE__ */ late(() => import('./ChatAttachment/MessageAttachments.vue'))
export const MessageReaders = /* @__PURE__ */ late(() => import('./ChatMessage/MessageReaders.vue'))
export const ChatSearch = /* @__PURE__ */ late(() => import('./ChatSearch/ChatSearch.vue'))
export const MessageTools = /* @__PURE__ */ late(() => import('./ChatMessageList/MessageTools.vue'))
