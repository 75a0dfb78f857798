/** Files on their way: a few at a time, in order, again when the link broke, and with a picture of them meanwhile. */
import { shallowReactive } from 'vue'
import { ChatError, type Attachment } from '../core/index.ts'
import { createId } from '../core/ids.ts'
import type { ChatUpload, UploadFile } from './types.ts'

export interface UploadsPort {
  readonly upload: UploadFile
  /** Whether a try makes sense now. */
  isUp(): boolean
}

export interface Uploads {
  /** Takes a file and starts as soon as possible. */
  add(file: File): ChatUpload
  /** The file that goes by this id as long as it is on its way. Reactive. */
  get(id: string): ChatUpload | undefined
  /** Takes a file back, wherever it is. */
  remove(upload: ChatUpload): void
  /** Tries a failed one again. */
  retry(upload: ChatUpload): void
  /** Resolves when it is done, failed or taken back. */
  settled(upload: ChatUpload): Promise<void>
  /** A picture in this page of what lies on the server under this id. Reactive. */
  previewOf(id: string): string | undefined
  /** The server's picture is here, so ours is not needed. */
  dropPreview(id: string): void
  /** It was sent; its picture goes by the server's id from now on. */
  sent(upload: ChatUpload): void
  /** The connection is back. */
  resume(): void
  dispose(): void
}

type Item = { -readonly [K in keyof ChatUpload]: ChatUpload[K] }

interface Entry {
  readonly item: Item
  tries: number
  abort: AbortController | undefined
  timer: ReturnType<typeof setTimeout> | undefined
  readonly waiters: (() => void)[]
}

const AT_ONCE = 3
/** Tries on a link that seems to work; without one it waits for as long as it takes. */
const MAX_TRIES = 6
const FIRST_MS = 1_000
const MAX_MS = 30_000

/** What browsers show and no picture of them runs anything. */
const PICTURES = /^image\/(png|jpeg|gif|webp|avif|bmp)$/

const toError = (thrown: unknown): ChatError => {
  if (thrown instanceof ChatError) return thrown
  const isNetwork = thrown instanceof TypeError
  return new ChatError(isNetwork ? 'upload_network' : 'upload_failed', String(thrown), { retryable: isNetwork, cause: thrown })
}

export const createUploads = ({ upload, isUp }: UploadsPort): Uploads => {
  const entries = shallowReactive(new Map<string, Entry>())
  const previews = shallowReactive(new Map<string, string>())
  let active = 0

  const settle = ({ waiters }: Entry): void => {
    for (const tell of waiters.splice(0)) tell()
  }

  const show = (item: Item): void => {
    if (!PICTURES.test(item.file.type) || typeof URL.createObjectURL !== 'function') return
    const preview = URL.createObjectURL(item.file)
    item.preview = preview
    const image = new Image()
    image.onload = () => Object.assign(item, { width: image.naturalWidth, height: image.naturalHeight })
    // Not what it says it is.
    image.onerror = () => {
      if (item.preview === preview) hide(item)
    }
    image.src = preview
  }

  const hide = (item: Item): void => {
    if (item.preview !== undefined) URL.revokeObjectURL(item.preview)
    item.preview = undefined
  }

  const again = (entry: Entry): void => {
    const ms = Math.min(MAX_MS, FIRST_MS * 2 ** entry.tries) * (0.5 + Math.random() / 2)
    entry.tries += 1
    entry.timer = setTimeout(() => {
      entry.timer = undefined
      pump()
    }, ms)
  }

  const run = async (entry: Entry): Promise<void> => {
    const { item } = entry
    const abort = (entry.abort = new AbortController())
    active += 1
    Object.assign(item, { state: 'uploading', progress: 0, error: undefined })
    try {
      const attachment = await upload(item.file, {
        signal: abort.signal,
        onProgress(progress) {
          if (!abort.signal.aborted) item.progress = Math.min(1, Math.max(0, progress))
        },
      })
      if (!abort.signal.aborted) Object.assign(item, { state: 'done', progress: 1, attachment })
    } catch (thrown) {
      if (!abort.signal.aborted) failed(entry, toError(thrown))
    } finally {
      active -= 1
      entry.abort = undefined
      if (item.state !== 'waiting') settle(entry)
      pump()
    }
  }

  const failed = (entry: Entry, error: ChatError): void => {
    const isWaiting = error.retryable && (!isUp() || entry.tries < MAX_TRIES)
    Object.assign(entry.item, { state: isWaiting ? 'waiting' : 'failed', progress: 0, error })
    if (isWaiting) again(entry)
  }

  const pump = (): void => {
    for (const entry of entries.values()) {
      if (active >= AT_ONCE || !isUp()) return
      if (entry.item.state === 'waiting' && entry.timer === undefined && !entry.abort) void run(entry)
    }
  }

  const forget = (id: string): Entry | undefined => {
    const entry = entries.get(id)
    entries.delete(id)
    entry?.abort?.abort()
    clearTimeout(entry?.timer)
    return entry
  }

  const dropPreview = (id: string): void => {
    const preview = previews.get(id)
    if (preview === undefined) return
    previews.delete(id)
    URL.revokeObjectURL(preview)
  }

  return {
    add(file) {
      const blank = { state: 'waiting', progress: 0, preview: undefined, width: undefined, height: undefined, error: undefined, attachment: undefined } as const
      const item: Item = shallowReactive<Item>({ id: `local-${createId()}`, file, ...blank })
      entries.set(item.id, { item, tries: 0, abort: undefined, timer: undefined, waiters: [] })
      show(item)
      pump()
      return item
    },
    get: (id) => entries.get(id)?.item,
    remove({ id }) {
      const entry = forget(id)
      if (!entry) return
      hide(entry.item)
      settle(entry)
    },
    retry({ id }) {
      const entry = entries.get(id)
      if (entry?.item.state !== 'failed') return
      entry.tries = 0
      Object.assign(entry.item, { state: 'waiting', error: undefined })
      pump()
    },
    settled({ id }) {
      const entry = entries.get(id)
      if (!entry || entry.item.state === 'done' || entry.item.state === 'failed') return Promise.resolve()
      return new Promise((resolve) => entry.waiters.push(resolve))
    },
    previewOf: (id) => entries.get(id)?.item.preview ?? previews.get(id),
    dropPreview,
    sent({ id }) {
      const { attachment, preview } = entries.get(id)?.item ?? {}
      if (attachment && preview !== undefined) previews.set(attachment.id, preview)
      // Until its row shows what the server has; a picture that lost its address for a moment would flash.
      setTimeout(() => forget(id))
    },
    resume() {
      for (const entry of entries.values()) {
        clearTimeout(entry.timer)
        entry.timer = undefined
      }
      pump()
    },
    dispose() {
      for (const id of [...entries.keys()]) {
        const entry = forget(id)!
        hide(entry.item)
        settle(entry)
      }
      for (const id of [...previews.keys()]) dropPreview(id)
    },
  }
}

/** How a file is shown before the server has it. */
export const localAttachment = ({ id, file, width, height }: ChatUpload): Attachment => ({
  id,
  name: file.name,
  type: file.type,
  size: file.size,
  url: '',
  ...(width !== undefined && { width, height }),
})
