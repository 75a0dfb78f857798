/** Who sits here, and what this page asks its server over HTTP. */
import type { ChatUser } from 'vue-chat-socket'
import { readAddress } from './address.ts'
import { backEnds } from './back-ends.ts'

export interface Person {
  readonly user: ChatUser
  /** From a server that signs people in. */
  readonly token?: string
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
}

export type Fault = 'cut' | 'mute' | 'refuse' | 'restart'

/** The server said no, or nothing at all (`unreachable`). */
export class Refused extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

const httpUrl = (): string | undefined => {
  const { backEnd, server } = readAddress()
  return backEnds[backEnd].httpUrl(server)
}

const post = async (path: string, body: unknown): Promise<unknown> => {
  const base = String(httpUrl())
  const response = await fetch(`${base}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new Refused('unreachable', `Nobody answers at ${base}.`, { cause })
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok && answer !== undefined) return answer
  const error = (answer as { readonly error?: { readonly code: string; readonly message: string } } | undefined)?.error
  throw new Refused(error?.code ?? 'unknown', error?.message ?? `The server answered ${String(response.status)}.`)
}

// Kept per tab, so that two tabs can be two people.
const KEY = 'vue-chat-socket:person'

const remember = (person: Person): Person => {
  sessionStorage.setItem(KEY, JSON.stringify(person))
  return person
}

const LONGEST_NAME = 40

/** Somebody for a server that takes everybody's word. */
const introduce = (wanted: string): Person => {
  const name = wanted.trim()
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name) || [...name].length > LONGEST_NAME) {
    throw new Refused('bad_name', 'A name has 1 to 40 visible characters.')
  }
  const id = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { user: { id, name } }
}

export const signIn = async (name: string): Promise<Person> => {
  const { hasSignIn } = backEnds[readAddress().backEnd]
  return remember(hasSignIn ? ((await post('sign-in', { name })) as Person) : introduce(name))
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

/** A token that holds for another minute, asked for anew when it does not. Nothing where nobody asks for one. */
export const freshToken = async (person: Person): Promise<string | undefined> => {
  if (!backEnds[readAddress().backEnd].hasSignIn) return undefined
  const known = remembered() ?? person
  return (known.expiresAt ?? 0) > Date.now() + 60_000 ? known.token : (await signIn(known.user.name)).token
}

/** The server refused the token, or another one is asked: the next try asks for another token. */
export const distrustToken = (): void => {
  const known = remembered()
  if (known) remember({ ...known, expiresAt: 0 })
}

/** Whether the faults of the drawer reach the server. */
export const canHurt = (): boolean => httpUrl() !== undefined

export const hurt = (fault: Fault, user: string | undefined): Promise<unknown> =>
  post('faults', { do: fault, ...(user !== undefined && (fault === 'cut' || fault === 'mute') && { user }) })
