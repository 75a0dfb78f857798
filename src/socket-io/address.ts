/** Where a url leads: origin, namespace and the path of the Engine.IO endpoint. */

export interface Address {
  /** Scheme, host and query. */
  readonly origin: string
  readonly namespace: string
  readonly path: string
}

export interface AddressOptions {
  readonly path?: string | undefined
  readonly namespace?: string | undefined
  /** The path of the url is that of the chat, and not a namespace. */
  readonly isChat: boolean
}

export const addressOf = (url: string, { path, namespace, isChat }: AddressOptions): Address => {
  const { protocol, host, pathname, search } = new URL(url)
  const place = pathname.replace(/\/+$/, '')
  return {
    origin: `${protocol}//${host}${search}`,
    namespace: namespace ?? (isChat || place === '' ? '/' : place),
    path: path ?? (isChat ? `${place}/socket.io` : '/socket.io'),
  }
}
