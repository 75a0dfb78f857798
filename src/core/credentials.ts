/** Where the server is and as whom we speak to it, for what goes beside the connection, such as files. */

import { ask } from './try.ts'

export interface Credentials {
  /** `ws:` or `wss:` address of the chat. */
  readonly url: string
  readonly token: string | undefined
}

interface Providers {
  readonly askUrl: () => string | Promise<string>
  readonly askToken: () => string | undefined | Promise<string | undefined>
}

/** Keeps each answer that somebody asks for anyway, because an answer may be costly. */
export const rememberAnswers = ({ askUrl, askToken }: Providers): Providers & { get(isFresh?: boolean, guestToken?: string): Promise<Credentials> } => {
  let url: string | undefined
  let token: { readonly is: string | undefined } | undefined

  const noting =
    <T>(provider: () => T | Promise<T>, note: (answer: T) => void) =>
    (): T | Promise<T> => {
      const answer = provider()
      ask(() => answer, note, () => undefined)
      return answer
    }
  const asked: Providers = {
    askUrl: noting(askUrl, (answer) => (url = answer)),
    askToken: noting(askToken, (answer) => (token = { is: answer })),
  }
  return {
    ...asked,
    async get(isFresh = false, guestToken) {
      const at = url ?? (await asked.askUrl())
      const proof = token && !isFresh ? token.is : await asked.askToken()
      return { url: at, token: proof ?? guestToken }
    },
  }
}
