/** What is said of files. */
export interface AttachmentTexts {
  /** Of a file that is not what its name says; `kind` is its extension. */
  readonly byNameOnly: (kind: string) => string
  /** Accessible name of the files for the next message. */
  readonly list: string
  /** In place of a message without text. */
  readonly summary: (names: readonly string[]) => string
  readonly open: (name: string) => string
  readonly download: (name: string, details: string) => string
  /** Before the name of a file. */
  readonly downloadWord: string
  readonly remove: (name: string) => string
  readonly cancel: (name: string) => string
  readonly retry: (name: string) => string
  readonly uploading: (name: string) => string
  readonly uploaded: (name: string) => string
  readonly failed: (name: string, reason: string) => string
  readonly waiting: string
  /** Without a connection: what becomes of the files. */
  readonly notKept: string
  readonly pictureFailed: string
  readonly close: string
  readonly previous: string
  readonly next: string
  /** Which picture of how many. */
  readonly place: (index: number, count: number) => string
  readonly dismiss: string
  /** Why a file is not taken, and what to do. `limit` is a size, or a number of files. */
  readonly refused: Readonly<Record<'file_empty' | 'file_too_big' | 'file_type' | 'file_count', (name: string, limit: string) => string>>
}
