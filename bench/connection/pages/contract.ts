/** What every page of the bench offers to the driver. */

export interface Subject {
  /** Starts one more client with the settings that its documentation recommends, heartbeat and reconnect included. */
  connect(url: string): void
}

export interface BenchPage {
  subject: Subject
  /** Frames that reached the consumer, by the way they took. */
  readonly counts: Record<string, number>
}

declare global {
  var benchPage: BenchPage
}

const counts: Record<string, number> = {}

/** One more came this way. */
export const count = (way: string): void => {
  counts[way] = (counts[way] ?? 0) + 1
}

/** One more message came this way, and was taken apart as an app would. */
export const countJson = (way: string, data: unknown): void => {
  // A plain text is what the burst of identical frames is made of.
  if (typeof data === 'string' && data.startsWith('{') && (JSON.parse(data) as { seq?: number }).seq === undefined) return
  count(way)
}

export const offer = (subject: Subject): void => {
  globalThis.benchPage = { subject, counts }
}
