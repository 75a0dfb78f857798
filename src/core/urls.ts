import { ChatUsageError } from './errors.ts'
import type { UrlSource } from './options.ts'

/**
 * Makes a `ws:` or `wss:` address of what people write: `https:` becomes `wss:`, `/chat` is resolved against `base`.
 * @throws ChatUsageError when it cannot become one
 */
export const resolveUrl = (url: unknown, base?: string): string => {
  try {
    const text = String(url ?? '').trim()
    // Numbers and the like would be taken for a path.
    if (text !== '' && typeof url === 'string') {
      const parsed = new URL(text, base)
      // A fragment makes older browsers throw.
      parsed.hash = ''
      const href = parsed.href.replace(/^http/, 'ws')
      if (/^wss?:/.test(href)) return href
    }
  } catch {
    // Told below.
  }
  const hint = base === undefined ? ', or pass `base` for a relative one' : ''
  throw new ChatUsageError(`\`url\` is ${JSON.stringify(url)}; give an address like "wss://example.org/chat"${hint}.`)
}

/** The same for every answer of a provider. A fixed address is checked at once. */
export const withBase = (url: UrlSource, base: string | undefined): UrlSource => {
  const resolve = (answer: string): string => resolveUrl(answer, base)
  if (typeof url !== 'function') return resolve(url)
  return () => {
    const answer = url()
    return typeof answer === 'string' ? resolve(answer) : Promise.resolve(answer).then(resolve)
  }
}
