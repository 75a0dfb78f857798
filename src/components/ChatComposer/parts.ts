/** What a text field does without until somebody writes; loaded as one. */
export { followHeight } from '../../composables/field-height.ts'
export { default as ComposerTarget } from './ComposerTarget.vue'
export { default as EmojiButton } from './EmojiButton.vue'
export { createSuggestions } from './suggest.ts'
