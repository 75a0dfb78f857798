import { ChatUsageError } from './errors.ts'

const SCHEMES: Readonly<Record<string, string>> = { 'ws:': 'ws:', 'wss:': 'wss:', 'http:': 'ws:', 'https:': 'wss:' }

/**
 * Makes a `ws:` or `wss:` address of what people write: `https:` becomes `wss:`, `/chat` is resolved against `base`.
 * @throws ChatUsageError when it cannot become one
 */
export const resolveUrl = (url: unknown, base?: string): string => {
  if (typeof url !== 'string' || url.trim() === '') {
    throw new ChatUsageError(`\`url\` is ${JSON.stringify(url) ?? 'missing'}; give an address like "wss://example.org/chat".`)
  }
  const parsed = parse(url.trim(), base)
  if (!parsed) {
    throw new ChatUsageError(
      base === undefined
        ? `\`url\` "${url}" is not a whole address; write "wss://host${url.startsWith('/') ? url : '/chat'}", or pass \`base\`.`
        : `\`url\` "${url}" is not an address; write it like "wss://example.org/chat".`,
    )
  }
  const scheme = SCHEMES[parsed.protocol]
  if (!scheme) {
    throw new ChatUsageError(`\`url\` "${url}" starts with "${parsed.protocol}"; a chat needs "wss:" or "ws:".`)
  }
  // A fragment makes older browsers throw.
  parsed.hash = ''
  return scheme + parsed.href.slice(parsed.protocol.length)
}

const parse = (url: string, base: string | undefined): URL | undefined => {
  try {
    return new URL(url, base)
  } catch {
    return undefined
  }
}
