import type { Capabilities } from '../core/index.ts'

/** What servers of `chat.v1` name in their greeting. */
const OPTIONAL = ['edits', 'reactions', 'replies', 'mentions', 'attachments', 'receipts', 'membership', 'search', 'around'] as const satisfies readonly (keyof Capabilities)[]

/** What both the dialect has a word for and the server can do; where the server does not tell, the word counts. */
export const withFeatures = (capabilities: Capabilities, features: readonly string[] | undefined): Capabilities => {
  if (!features) return capabilities
  const told = OPTIONAL.map((name) => [name, capabilities[name] && features.includes(name)])
  return { ...capabilities, ...(Object.fromEntries(told) as Partial<Capabilities>) }
}
