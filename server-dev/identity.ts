/** Names that people choose, and the ids that follow from them. */
import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { UserRef } from '../src/protocol/entities.ts'

const MAX_NAME_LENGTH = 40

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16)

// Upper first: "ß" and "SS", or the sigmas, fold together only that way.
const fold = (name: string): string => name.toUpperCase().toLowerCase().normalize('NFKC')

/**
 * The user of a chosen name: spaces trimmed and joined, compatibility forms unified (NFKC), the same id
 * however it is capitalised. Undefined for a name that is empty, longer than 40 characters or has invisible ones.
 */
export const userOfName = (input: unknown): UserRef | undefined => {
  if (typeof input !== 'string' || input.length > 400) return undefined
  const name = input.normalize('NFKC').trim().replace(/\p{Zs}+/gu, ' ')
  const length = [...name].length
  if (length === 0 || length > MAX_NAME_LENGTH) return undefined
  // A joiner inside is how some scripts and many emoji are written; elsewhere it would make look-alikes.
  const visible = name.replace(/(?<=\S)[\u200c\u200d](?=\S)/gu, '')
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(visible) || !/[\p{L}\p{N}\p{P}\p{S}]/u.test(visible)) return undefined
  return { id: `u-${digest(fold(name))}`, name }
}

const GUEST = 'guest-'

/** Somebody without a name of their own. */
export const newGuest = (): UserRef => ({
  id: `${GUEST}${randomBytes(12).toString('base64url')}`,
  name: `Guest ${String(randomInt(1_000, 10_000))}`,
})

export const isGuestId = (id: unknown): boolean => typeof id === 'string' && id.startsWith(GUEST)
