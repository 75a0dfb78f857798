/** What the page of the bench lets it do, and what it was started with. */
export interface PageConfig {
  readonly url: string
  readonly token: string
  readonly user: { readonly id: string; readonly name: string }
}

export interface RoomPage {
  /** Queues so many messages, some per frame, as a long time offline would. Resolves when they are shown. */
  queue(count: number): Promise<void>
  pendingCount(): number
  isOpen(): boolean
  /** Keys of the rows that are in the document. */
  keys(): readonly string[]
  /** Tries to connect now, as when the network comes back, and watches every frame until nothing waits. */
  flush(): Promise<FlushFigures>
}

export interface FlushFigures {
  readonly seconds: number
  /** Milliseconds between two frames. */
  readonly longestFrameMs: number
  readonly framesOver50: number
  readonly frames: number
  /** The longest piece of work that kept the page from listening, milliseconds; less than 50 counts as 0. */
  readonly longestTaskMs: number
}

declare global {
  /** When the first line of script ran. */
  var startedAt: number
  var room: RoomPage
}
