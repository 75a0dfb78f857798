/** Parts that reading and writing do without. Their code comes when they are first drawn, and is no part of the first load. */
import { defineAsyncComponent, h, type Component, type ComponentPublicInstance } from 'vue'
import { untilLoaded } from '../composables/useLate.ts'
import type ChatAttachmentPart from './ChatAttachment/ChatAttachment.vue'
import type ChatAttachmentTrayPart from './ChatAttachmentTray/ChatAttachmentTray.vue'
import type MessageAttachmentsPart from './ChatAttachment/MessageAttachments.vue'
import type MessageReadersPart from './ChatMessage/MessageReaders.vue'
import type ChatConnectionBannerPart from './ChatConnectionBanner/ChatConnectionBanner.vue'
import type ChatSearchPart from './ChatSearch/ChatSearch.vue'
import type ComposerTargetPart from './ChatComposer/ComposerTarget.vue'
import type EmojiButtonPart from './ChatComposer/EmojiButton.vue'
import type MessageToolsPart from './ChatMessageList/MessageTools.vue'
import type RoomSearchPart from './ChatRoom/RoomSearch.vue'

/** @param place class of an element that is as large as the part, so that nothing moves when it comes */
const late = <C extends Component>(loader: () => Promise<C | { readonly default: C }>, place?: string): C =>
  defineAsyncComponent<ComponentPublicInstance & C>({
    loader: (() => untilLoaded(loader)) as never,
    ...(place && { loadingComponent: () => h('div', { class: place }) }),
    delay: 0,
  }) as C

export const ChatAttachment: typeof ChatAttachmentPart = /* @__PURE__ */ late(() => import('./ChatAttachment/ChatAttachment.vue'))
export const ChatAttachmentTray: typeof ChatAttachmentTrayPart = /* @__PURE__ */ late(() => import('./ChatAttachmentTray/ChatAttachmentTray.vue'))
export const MessageAttachments: typeof MessageAttachmentsPart = /* @__PURE__ */ late(() => import('./ChatAttachment/MessageAttachments.vue'))
export const MessageReaders: typeof MessageReadersPart = /* @__PURE__ */ late(() => import('./ChatMessageList/parts.ts').then((parts) => parts.MessageReaders))
/** Asked for as soon as the room is: nobody reads of a broken connection in the first moment, and later it is there. */
export const ConnectionBanner: typeof ChatConnectionBannerPart = /* @__PURE__ */ late(() => import('./ChatConnectionBanner/ChatConnectionBanner.vue'))
export const ChatSearch: typeof ChatSearchPart = /* @__PURE__ */ late(() => import('./ChatSearch/ChatSearch.vue'))
export const MessageTools: typeof MessageToolsPart = /* @__PURE__ */ late(() => import('./ChatMessageList/parts.ts').then((parts) => parts.MessageTools))
export const RoomSearch: typeof RoomSearchPart = /* @__PURE__ */ late(() => import('./ChatRoom/RoomSearch.vue'))
export const EmojiButton: typeof EmojiButtonPart = /* @__PURE__ */ late(() => import('./ChatComposer/parts.ts').then((parts) => parts.EmojiButton), 'chat-icon-button')
export const ComposerTarget: typeof ComposerTargetPart = /* @__PURE__ */ late(() => import('./ChatComposer/parts.ts').then((parts) => parts.ComposerTarget), 'chat-composer-target')

/** Answering and changing what was written go on without a network. */
export const prefetchParts = (): void => void import('./ChatComposer/parts.ts').catch(() => undefined)

/** So do copying, deleting, and going through messages with keys. */
export const prefetchHands = (): void => void import('./ChatMessageList/parts.ts').catch(() => undefined)
