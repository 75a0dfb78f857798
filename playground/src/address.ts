/** What the page's address says; it is the one place that knows where we are. */
import { isBackEndName, type BackEndName } from './back-ends.ts'

export interface Address {
  /** `?backend=text-ping` */
  readonly backEnd: BackEndName
  /** `?server=ws://…`: a server of this back end elsewhere. */
  readonly server: string | undefined
  /** `?room=design` */
  readonly room: string
  /** `?name=Ada` signs in at once. */
  readonly name: string | undefined
  /** `?list=whole`: all rows are in the page, not only those around the view. */
  readonly isListWhole: boolean
  /** `?wait=200`: milliseconds between two tries, in place of the backoff. */
  readonly wait: number | undefined
}

export const readAddress = (): Address => {
  const query = new URLSearchParams(location.search)
  const of = (key: string): string | undefined => query.get(key) ?? undefined
  const backEnd = of('backend')
  const wait = Number(of('wait') ?? NaN)
  return {
    backEnd: isBackEndName(backEnd) ? backEnd : 'chat.v1',
    server: of('server'),
    room: of('room') || 'general',
    name: of('name'),
    isListWhole: of('list') === 'whole',
    wait: wait >= 0 ? wait : undefined,
  }
}

const rewrite = (change: (query: URLSearchParams) => void): void => {
  const next = new URL(location.href)
  change(next.searchParams)
  history.replaceState(history.state, '', next)
}

/** Keeps the address on the room, so that a reload comes back to it. */
export const rememberRoom = (room: string): void => {
  rewrite((query) => query.set('room', room))
}

/** Another back end; a server elsewhere was one of the old one, and who we are is known by now. */
export const rememberBackEnd = (name: BackEndName): void => {
  rewrite((query) => {
    query.set('backend', name)
    query.delete('server')
    query.delete('name')
  })
}

/** This page for somebody else, in the same room of the same server. */
export const secondTab = (room: string): string => {
  const { backEnd, server } = readAddress()
  const query = { ...(backEnd !== 'chat.v1' && { backend: backEnd }), ...(server !== undefined && { server }), room }
  return `?${new URLSearchParams(query).toString()}`
}
