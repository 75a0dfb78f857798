/** Who may do what in a room. Pure. */
import type { EventKind, RoomPermissions, UserRef } from '../../src/protocol/entities.ts'
import type { Membership, RoomFacts } from './tables.ts'

/** A room as one user stands to it. */
export interface Standing {
  readonly user: UserRef
  readonly facts: RoomFacts
  /** Absent for who is no member by name. */
  readonly membership: Membership | undefined
  /** The operator made it for everyone: all are members, and nobody leaves. */
  readonly isForAll: boolean
}

export const isMember = ({ membership, isForAll }: Standing): boolean => isForAll || membership !== undefined

/** Whether it exists, as far as they are told. */
export const mayEnter = (standing: Standing): boolean => isMember(standing) || !standing.facts.isPrivate

export const permissionsOf = (standing: Standing): RoomPermissions => {
  const { facts, membership, isForAll } = standing
  const isOwner = membership?.role === 'owner'
  const mayWrite = !facts.isReadOnly || isOwner
  const isRoom = facts.kind === 'room'
  return {
    send: mayWrite,
    react: true,
    attach: mayWrite,
    invite: isRoom && !isForAll && isMember(standing),
    manage: isRoom && isOwner && !isForAll,
    moderate: isRoom && isOwner,
  }
}

/** Whoever may no longer write may still take back what they wrote. */
export const maySend = (can: RoomPermissions, kind: EventKind): boolean =>
  kind === 'delete' || (kind === 'react' || kind === 'unreact' ? can.react : can.send)
