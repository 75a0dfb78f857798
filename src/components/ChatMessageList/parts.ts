/** What messages do without until somebody points at one; loaded as one. */
export { default as MessageReaders } from '../ChatMessage/MessageReaders.vue'
export { default as MessageTools } from './MessageTools.vue'
