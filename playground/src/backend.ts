/** Where the chat server is, and what this page asks it over HTTP. */
import type { ChatUser } from 'vue-chat-socket'

export interface Person {
  readonly token: string
  readonly user: ChatUser
  readonly expiresAt: number
}

export type Fault = 'cut' | 'mute' | 'refuse' | 'restart'

const query = new URLSearchParams(location.search)

/** `?server=ws://…` points the page at another server. */
export const socketUrl = query.get('server') ?? '/chat'
const httpUrl = new URL(socketUrl, location.href).href.replace(/^ws/, 'http')

/** `?name=Ada&room=design` signs in and opens a room at once. */
export const wanted = { name: query.get('name'), room: query.get('room') ?? 'general' }

/** This page for somebody else, in the same room of the same server. */
export const secondTab = (room: string): string => {
  const server = query.get('server')
  return `?${new URLSearchParams({ ...(server !== null && { server }), room }).toString()}`
}

/** Keeps the address on the room, so that a reload comes back to it. */
export const rememberRoom = (room: string): void => {
  const next = new URL(location.href)
  next.searchParams.set('room', room)
  history.replaceState(history.state, '', next)
}

/** The server said no, or nothing at all (`unreachable`). */
export class Refused extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

const post = async (path: string, body: unknown): Promise<unknown> => {
  const response = await fetch(`${httpUrl}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new Refused('unreachable', `Nobody answers at ${httpUrl}.`, { cause })
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok && answer !== undefined) return answer
  const error = (answer as { readonly error?: { readonly code: string; readonly message: string } } | undefined)?.error
  throw new Refused(error?.code ?? 'unknown', error?.message ?? `The server answered ${String(response.status)}.`)
}

// Kept per tab, so that two tabs can be two people.
const KEY = 'vue-chat-socket:person'

export const signIn = async (name: string): Promise<Person> => {
  const person = (await post('sign-in', { name })) as Person
  sessionStorage.setItem(KEY, JSON.stringify(person))
  return person
}

export const signOut = (): void => {
  sessionStorage.removeItem(KEY)
}

export const remembered = (): Person | undefined => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '') as Person
  } catch {
    return undefined
  }
}

/** A token that holds for another minute, asked for anew when it does not. */
export const freshToken = async (person: Person): Promise<string> => {
  const known = remembered() ?? person
  return known.expiresAt > Date.now() + 60_000 ? known.token : (await signIn(known.user.name)).token
}

/** The server refused the token: the next try asks for another one. */
export const distrustToken = (): void => {
  const known = remembered()
  if (known) sessionStorage.setItem(KEY, JSON.stringify({ ...known, expiresAt: 0 }))
}

export const hurt = (fault: Fault, user: string | undefined): Promise<unknown> =>
  post('faults', { do: fault, ...(user !== undefined && (fault === 'cut' || fault === 'mute') && { user }) })
