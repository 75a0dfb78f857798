import type { Capabilities } from '../core/index.ts'

/** What both the dialect has a word for and the server can do; where the server does not tell, the word counts. */
export const withFeatures = (capabilities: Capabilities, features: readonly string[] | undefined): Capabilities => {
  if (!features) return capabilities
  const { edits, reactions, replies } = capabilities
  return {
    ...capabilities,
    edits: edits && features.includes('edits'),
    reactions: reactions && features.includes('reactions'),
    replies: replies && features.includes('replies'),
  }
}
