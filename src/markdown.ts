/** Markdown in messages, as elements and without HTML. */
export { parseMarkdown, type MarkdownBlock } from './markdown/parse.ts'
export type { MarkdownInline } from './markdown/inline.ts'
export { ChatMarkdown, markdownBody, renderMarkdown, type RenderMarkdownOptions } from './markdown/render.ts'
