import { parseInline, type MarkdownInline } from './inline.ts'

export type MarkdownBlock =
  | { readonly type: 'paragraph'; readonly children: readonly MarkdownInline[] }
  | { readonly type: 'code'; readonly text: string; readonly language: string }
  | { readonly type: 'quote'; readonly children: readonly MarkdownBlock[] }
  | { readonly type: 'list'; readonly start: number | undefined; readonly items: readonly (readonly MarkdownBlock[])[] }

/** Quotes and lists in each other; deeper ones stay text. */
const MAX_DEPTH = 5

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]{0,32})\s*$/
const QUOTE = /^ {0,3}> ?/
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])( {1,4})(?=\S)/

/**
 * Markdown as people write it in chats: paragraphs whose line breaks stay, quotes, lists, code blocks; bold, italic,
 * struck, code and links. No headings, tables, pictures or HTML: those stay as they were typed.
 */
export const parseMarkdown = (text: string): readonly MarkdownBlock[] => parseLines(text.replaceAll('\r\n', '\n').split('\n'), 0)

const parseLines = (lines: readonly string[], depth: number): readonly MarkdownBlock[] => {
  const blocks: MarkdownBlock[] = []
  let words: string[] = []
  let at = 0

  const flush = (): void => {
    const text = words.join('\n').replace(/^\n+|\s+$/gu, '')
    if (text !== '') blocks.push({ type: 'paragraph', children: parseInline(text) })
    words = []
  }
  /** Lines from here on, as long as they belong together. */
  const take = (belongs: (line: string, index: number) => boolean): readonly string[] => {
    const from = at
    while (at < lines.length && belongs(lines[at]!, at - from)) at++
    return lines.slice(from, at)
  }

  while (at < lines.length) {
    const line = lines[at]!
    const [, fence, language = ''] = FENCE.exec(line) ?? []
    const item = depth < MAX_DEPTH ? ITEM.exec(line) : null
    if (fence !== undefined) {
      flush()
      at++
      const code = take((next) => !isClosing(next, fence))
      at++
      blocks.push({ type: 'code', text: code.join('\n'), language })
    } else if (depth < MAX_DEPTH && QUOTE.test(line)) {
      flush()
      const quoted = take((next) => QUOTE.test(next)).map((next) => next.replace(QUOTE, ''))
      blocks.push({ type: 'quote', children: parseLines(quoted, depth + 1) })
    } else if (item) {
      flush()
      const isOrdered = /\d/.test(item[2]!)
      const items: (readonly MarkdownBlock[])[] = []
      for (let next = ITEM.exec(lines[at] ?? ''); next && /\d/.test(next[2]!) === isOrdered; next = ITEM.exec(lines[at] ?? '')) {
        const indent = next[0].length
        const body = take((one, index) => index === 0 || (one.trim() === '' ? isIndented(lines[at + 1], 2) : isIndented(one, Math.min(indent, 2))))
        items.push(parseLines([body[0]!.slice(indent), ...body.slice(1).map((one) => outdented(one, indent))], depth + 1))
      }
      blocks.push({ type: 'list', start: isOrdered ? Number.parseInt(item[2]!, 10) : undefined, items })
    } else {
      // A blank line ends a paragraph; several are one.
      if (line.trim() === '') flush()
      else words.push(line)
      at++
    }
  }
  flush()
  return blocks
}

const isClosing = (line: string, fence: string): boolean => {
  const marks = line.trim()
  return marks.length >= fence.length && marks === fence[0]!.repeat(marks.length)
}

const isIndented = (line: string | undefined, by: number): boolean => line !== undefined && line.trim() !== '' && line.startsWith(' '.repeat(by))

const outdented = (line: string, by: number): string => line.slice(Math.min(by, line.length - line.trimStart().length))
