import type { Attachment, ChatError } from '../core/index.ts'

export interface UploadContext {
  /** Aborted when the person takes the file back. */
  readonly signal: AbortSignal
  /** From 0 to 1. */
  onProgress(progress: number): void
}

/**
 * Brings one file to wherever files are kept. Rejects when that fails: a `ChatError` tells its `code` to the person, and is
 * tried again by itself when it is `retryable`, as is a `TypeError` (what `fetch` throws without a network).
 */
export type UploadFile = (file: File, context: UploadContext) => Promise<Attachment>

/** What may be attached. */
export interface AttachmentLimits {
  /** Bytes of one file. @default what the server says, or 10485760 */
  readonly maxSize?: number | undefined
  /** Like the `accept` of a file input: `image/*,.pdf`. @default everything */
  readonly accept?: string | undefined
  /** Files of one message. @default what the server says, or 10 */
  readonly maxCount?: number | undefined
}

export interface UploadOptions extends AttachmentLimits {
  /** @default to the chat server, at `<url>/files` */
  readonly upload?: UploadFile | undefined
}

/** Why a file is not taken, before anything is uploaded. */
export type FileFault = 'file_empty' | 'file_too_big' | 'file_type' | 'file_count'

/** A file on its way to the server. Its fields are reactive. */
export interface ChatUpload {
  /** Its name until the server gives another one. */
  readonly id: string
  readonly file: File
  /** `waiting`: for its turn, for the connection, or for the next try. */
  readonly state: 'waiting' | 'uploading' | 'done' | 'failed'
  /** From 0 to 1. */
  readonly progress: number
  /** Address of the picture in this page, while it is needed. */
  readonly preview: string | undefined
  /** Pixels of a picture, as soon as they are known. */
  readonly width: number | undefined
  readonly height: number | undefined
  readonly error: ChatError | undefined
  /** What the server made of it. */
  readonly attachment: Attachment | undefined
}
