/** What messages do without until somebody reaches for one; loaded as one. */
export { default as MessageReaders } from '../ChatMessage/MessageReaders.vue'
export { useListHands } from './list-hands.ts'
export { default as MessageTools } from './MessageTools.vue'
export { loadMessage } from './load-message.ts'
export { useGapPages } from './useGapPages.ts'
