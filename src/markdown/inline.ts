/** Words with emphasis, code and links. Time is linear in the text, and what is not closed stays as it was typed. */
import { linkify } from '../components/shared/linkify.ts'

export type MarkdownInline =
  | { readonly type: 'text' | 'code'; readonly text: string }
  | { readonly type: 'bold' | 'italic' | 'strike'; readonly children: readonly MarkdownInline[] }
  | { readonly type: 'link'; readonly href: string; readonly children: readonly MarkdownInline[] }

const TYPES = { '**': 'bold', __: 'bold', '*': 'italic', _: 'italic', '~~': 'strike' } as const
type Mark = keyof typeof TYPES

/** Deeper ones stay text: each level is an element in an element. */
const MAX_DEPTH = 8
const MAX_HREF = 2_048

// Escapes, code (closed by as many backticks), marks, and the end of a link's text with its address.
const TOKEN =
  /\\([!-/:-@[-`{-~])|(`+)|(\*\*|__|~~|\*|_)|(\[)|\]\(((?:[^\s()]|\([^\s()]{0,200}\)){1,1024})\)|(?:https?:\/\/|mailto:)[^\s<>"'`\u3000-\u303f\uff00-\uffef]{1,2048}/gu

interface Open {
  readonly mark: Mark | '['
  /** Where its children begin among the parts. */
  readonly at: number
}

/** Links lead to the web and to mail, as those in plain messages do; what is no such link is left as text. */
const hrefOf = (address: string): string | undefined => {
  const [first, ...rest] = linkify(address.slice(0, MAX_HREF))
  return rest.length === 0 ? first?.href : undefined
}

const isWord = (character: string | undefined): boolean => character !== undefined && /[\w]/.test(character)
const isBlank = (character: string | undefined): boolean => character === undefined || /\s/.test(character)

export const parseInline = (text: string): readonly MarkdownInline[] => {
  const parts: MarkdownInline[] = []
  const open: Open[] = []
  let at = 0

  const say = (words: string): void => {
    if (words === '') return
    const last = parts.at(-1)
    // Never into an open mark, which may go.
    if (last?.type === 'text' && parts.length - 1 > (open.at(-1)?.at ?? -1)) parts[parts.length - 1] = { type: 'text', text: last.text + words }
    else parts.push({ type: 'text', text: words })
  }
  /** The marks that were opened after it are words. */
  const closeAt = (index: number): readonly MarkdownInline[] => {
    const { at: from } = open[index]!
    open.length = index
    return parts.splice(from).slice(1)
  }
  const begin = (mark: Open['mark'], words: string): void => {
    if (open.length >= MAX_DEPTH) return say(words)
    open.push({ mark, at: parts.length })
    parts.push({ type: 'text', text: words })
  }

  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [whole, escaped, ticks, run, bracket, address] = match as unknown as readonly (string | undefined)[]
    const from = match.index
    let to = from + whole!.length
    let mark = run
    // `***` at an end closes what was opened last.
    if (run?.length === 2 && text[to] === run[0] && open.at(-1)?.mark === run[0]) {
      mark = run[0]
      to--
    }
    say(text.slice(at, from))
    if (escaped !== undefined) say(escaped)
    else if (ticks !== undefined) {
      const end = closingTicks(text, to, ticks.length)
      if (end === undefined) say(ticks)
      else {
        parts.push({ type: 'code', text: unpadded(text.slice(to, end)) })
        to = end + ticks.length
      }
    } else if (mark !== undefined) {
      const index = isBlank(text[from - 1]) || (isWord(text[to]) && isWord(text[from - 1])) ? -1 : open.findLastIndex((one) => one.mark === mark)
      const isEmpty = index >= 0 && open[index]!.at === parts.length - 1
      if (index >= 0 && !isEmpty) parts.push({ type: TYPES[mark as Mark], children: closeAt(index) })
      else if (!isBlank(text[to]) && !isWord(text[from - 1])) begin(mark as Mark, mark)
      else say(mark)
    } else if (bracket !== undefined) begin('[', bracket)
    else if (address !== undefined) {
      const index = open.findLastIndex((one) => one.mark === '[')
      const href = index < 0 ? undefined : hrefOf(address)
      if (href !== undefined && open[index]!.at < parts.length - 1) parts.push({ type: 'link', href, children: withoutLinks(closeAt(index)) })
      else {
        if (index >= 0) open.length = index
        say(whole!)
      }
    } else {
      // An address in the text itself has marks in it that mean nothing.
      const [first] = linkify(whole!)
      say(first!.text)
      to = from + first!.text.length
    }
    at = to
    TOKEN.lastIndex = to
  }
  say(text.slice(at))
  return joined(parts)
}

/** Looked for among runs of the same length only; each search ends at the next run of that length. */
const closingTicks = (text: string, from: number, length: number): number | undefined => {
  for (let at = text.indexOf('`', from); at >= 0 && at - from < 10_000; ) {
    let end = at
    while (text[end] === '`') end++
    if (end - at === length) return at
    at = text.indexOf('`', end)
  }
  return undefined
}

/** A blank at each end keeps a backtick in the code from its marks. */
const unpadded = (code: string): string => (/^ .*[^ ].* $/s.test(code) ? code.slice(1, -1) : code)

/** A link in a link would be two places for one click. */
const withoutLinks = (parts: readonly MarkdownInline[]): readonly MarkdownInline[] =>
  parts.flatMap((part): readonly MarkdownInline[] =>
    part.type === 'link' ? part.children : 'children' in part ? [{ ...part, children: withoutLinks(part.children) }] : [part],
  )

const joined = (parts: readonly MarkdownInline[]): readonly MarkdownInline[] => {
  const all: MarkdownInline[] = []
  for (const part of parts) {
    const last = all.at(-1)
    const next = 'children' in part ? { ...part, children: joined(part.children) } : part
    if (next.type === 'text' && last?.type === 'text') all[all.length - 1] = { type: 'text', text: last.text + next.text }
    else all.push(next)
  }
  return all
}
