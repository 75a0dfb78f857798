/** What every page of this bench offers to the driver. */
import type { Seen } from '../seen.ts'
import { watchList } from '../seen.ts'

/** What a page is told by its address, after `#`. */
export interface PageConfig {
  readonly url: string
  readonly token?: string
  readonly user?: { readonly id: string; readonly name: string }
  readonly withOffsets?: boolean
}

export interface Subject {
  say(body: string): void
  /** Connected, with nothing left to send as far as it knows. */
  isCalm(): boolean
}

export interface DeliveryPage extends Subject {
  seen(): Seen
  /** Messages of ours that the library told us it could not deliver. */
  refused(): readonly string[]
}

declare global {
  var deliveryPage: DeliveryPage
}

const { look, seen } = watchList()
const list: string[] = []
const refused: string[] = []

/** The list on the screen is this one now. */
export { look }

/** One more line at the end of the screen. */
export const show = (body: string): void => {
  list.push(body)
  look(list)
}

export const refuse = (body: string): void => {
  refused.push(body)
}

export const config = JSON.parse(decodeURIComponent(location.hash.slice(1))) as PageConfig

export const offer = (subject: Subject): void => {
  globalThis.deliveryPage = { ...subject, seen, refused: () => refused }
}
