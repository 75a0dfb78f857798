/** What a client of `chat.v1` asks a server beside messages. */
import type { Person, RoomEvent, RoomListing, RoomMember } from './entities.ts'

/** What may be asked beside messages, and the answers; each has its own feature. */
export interface Requests {
  /** All rooms that one is a member of, and those one may join. */
  readonly rooms: { readonly ask: object; readonly answer: { readonly rooms: readonly RoomListing[] } }
  /** Makes a room; whoever asks is its owner. */
  readonly create: {
    readonly ask: { readonly title: string; readonly isPrivate?: boolean; readonly isReadOnly?: boolean; readonly members?: readonly string[] }
    readonly answer: { readonly listing: RoomListing }
  }
  /** The conversation with one other user, the same one for ever. */
  readonly direct: { readonly ask: { readonly user: string }; readonly answer: { readonly listing: RoomListing } }
  /** Becomes a member of a room that is open to everyone. */
  readonly enrol: { readonly ask: { readonly room: string }; readonly answer: { readonly listing: RoomListing } }
  /** Is a member no longer. */
  readonly quit: { readonly ask: { readonly room: string }; readonly answer: object }
  /** Makes somebody a member. */
  readonly invite: { readonly ask: { readonly room: string; readonly user: string }; readonly answer: { readonly listing: RoomListing } }
  /** Takes a member out. */
  readonly expel: { readonly ask: { readonly room: string; readonly user: string }; readonly answer: object }
  readonly rename: { readonly ask: { readonly room: string; readonly title: string }; readonly answer: { readonly listing: RoomListing } }
  /** Owners first, then by name. */
  readonly members: {
    readonly ask: { readonly room: string; readonly query?: string; readonly limit?: number }
    /** `count`: of all members, whatever was looked for. */
    readonly answer: { readonly members: readonly RoomMember[]; readonly count: number }
  }
  /** Others, by name; without a query those who are connected. */
  readonly people: { readonly ask: { readonly query: string; readonly limit?: number }; readonly answer: { readonly people: readonly Person[] } }
  readonly search: {
    readonly ask: { readonly room?: string; readonly query: string; readonly before?: number; readonly limit?: number }
    /** Newest first. */
    readonly answer: {
      readonly events: readonly RoomEvent[]
      readonly more: boolean
      /** Where to go on, as `before`; a server that stops in the middle, to stay quick, may have found nothing yet. */
      readonly next?: number
    }
  }
}
