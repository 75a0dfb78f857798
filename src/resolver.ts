/** For `unplugin-vue-components`: components without an import, and without their registration by `createChat`. */
import { componentNames } from './components/list.ts'

export interface ChatSocketResolverOptions {
  /** Imports the style sheet with the first component. @default true */
  readonly importStyle?: boolean
}

/** What the plugin asks of a resolver; its own type is the same. */
export interface ChatSocketComponentResolver {
  readonly type: 'component'
  resolve(name: string): { readonly name: string; readonly from: string; readonly sideEffects?: string } | undefined
}

const PACKAGE = 'vue-chat-socket'

/** Components that are entries of their own. */
const ELSEWHERE: Readonly<Record<string, string>> = { ChatNoticeSettings: `${PACKAGE}/notice` }

/**
 * ```ts
 * Components({ resolvers: [ChatSocketResolver()] })
 * ```
 * Give `createChat` the option `components: false` then, so that what no template uses stays out of the bundle.
 */
export const ChatSocketResolver = ({ importStyle = true }: ChatSocketResolverOptions = {}): ChatSocketComponentResolver => ({
  type: 'component',
  resolve(name) {
    const isOurs = (componentNames as readonly string[]).includes(name)
    const from = isOurs ? PACKAGE : Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined
    if (from === undefined) return undefined
    return { name, from, ...(importStyle && { sideEffects: `${PACKAGE}/style.css` }) }
  },
})
