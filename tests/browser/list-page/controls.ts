/** What the page lets a test do. */
export interface ListControls {
  prepend(count: number): void
  append(count: number): void
  prependAndAppend(older: number, newer: number): void
  send(body: string): void
  grow(key: string, lines?: number): void
  edit(key: string, body: string): void
  insertAfter(key: string, count: number): void
  setGaps(seqs: number[]): void
  remove(keys: string[]): void
  /** The last ones. */
  keepOnly(count: number): void
  /** An image of this height appears; only with `slots` in the address. */
  imageIn(key: string, height: number): void
  go(room: string): void
  jump(target: string | number, options?: { focus?: boolean; maxPages?: number }): Promise<boolean>
  toBottom(): void
  /** How often an older page was asked for. */
  asked(): number
  /** Brings the page that was asked for. */
  deliver(): void
  /** Of the last message that came. */
  lastIndex(): number
}

declare global {
  interface Window {
    list: ListControls
  }
}
