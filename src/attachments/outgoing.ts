/** Messages that wait for their files. Each shows as a row from the start, and goes to the session when all is there. */
import { shallowRef, type ShallowRef } from 'vue'
import { ChatError, type Attachment, type OutgoingMessage, type Result, type SentMessage, type Session } from '../core/index.ts'
import { createId } from '../core/ids.ts'
import type { KeptSending, SendingShelf } from '../storage/types.ts'
import type { ChatStoreEvent } from '../stores/room-types.ts'
import type { ChatUpload } from './types.ts'
import { localAttachment, type Uploads } from './uploads.ts'

type Settled = Awaited<SentMessage['settled']>

interface Held {
  readonly message: KeptSending['message']
  uploads: readonly ChatUpload[]
  isFailed: boolean
  /** It survives the page. */
  isKept: boolean
  /** Files that did not survive an earlier page. */
  readonly lost: readonly Attachment[]
  readonly settle: (outcome: Settled | Promise<Settled>) => void
}

export interface OutgoingPort {
  readonly session: Pick<Session, 'sendMessage'>
  readonly uploads: Uploads
  /** Where messages are kept that wait. */
  shelf?(): SendingShelf | undefined
  dispatch(event: ChatStoreEvent): void
}

export interface Outgoing {
  /** Messages that wait for their files. */
  readonly waiting: Readonly<ShallowRef<number>>
  send(message: OutgoingMessage, uploads: readonly ChatUpload[]): SentMessage
  /** Tries the files of a failed message again. False when it is none of these. */
  retry(clientId: string): boolean
  /** Takes a message and its files back. False when it is none of these. */
  cancel(clientId: string): boolean
  /** Takes one file out of its message; the last one of a message without text takes the message along. */
  drop(upload: ChatUpload): void
  cancelAll(): void
  /** Goes on with what an earlier page left. */
  restore(left: readonly KeptSending[]): void
}

/** What is kept of it is removed when the session's own storage has it, in milliseconds. */
const HANDED_ON_MS = 500

/** By its name, for there is no picture of it. */
const UNSHOWN = 'application/octet-stream'

const keepPage = (event: Event): void => event.preventDefault()

export const createOutgoing = ({ session, uploads, shelf = () => undefined, dispatch }: OutgoingPort): Outgoing => {
  const held = new Map<string, Held>()
  const waiting = shallowRef(0)

  /** The browser asks before a page is left whose files would be lost. */
  const watchPage = (): void => {
    const all = [...held.values()]
    waiting.value = all.filter(({ isFailed }) => !isFailed).length
    if (all.some(({ isKept }) => !isKept)) addEventListener('beforeunload', keepPage)
    else removeEventListener('beforeunload', keepPage)
  }

  const release = (clientId: string): Held | undefined => {
    const one = held.get(clientId)
    held.delete(clientId)
    watchPage()
    return one
  }

  const show = ({ message, uploads: files, lost }: Held): void => {
    const attachments = [...(message.attachments ?? []), ...files.map(localAttachment), ...lost]
    dispatch({ type: 'queued', payload: { ...message, attachments } })
  }

  const keep = async (one: Held): Promise<void> => {
    const files = one.uploads.map(({ file }) => ({ name: file.name, type: file.type, size: file.size, file }))
    const isKept = await shelf()?.put({ message: one.message, files })
    if (isKept === undefined) return
    one.isKept = isKept
    watchPage()
  }

  const take = (one: Held): void => {
    held.set(one.message.clientId, one)
    watchPage()
    show(one)
    void go(one)
  }

  const go = async (one: Held): Promise<void> => {
    const { createdAt: _createdAt, ...message } = one.message
    const { clientId, room } = message
    if (one.lost.length > 0) return lose(one)
    await Promise.all(one.uploads.map(uploads.settled))
    if (held.get(clientId) !== one || one.isFailed) return
    const error = one.uploads.find(({ state }) => state === 'failed')?.error
    if (error) {
      one.isFailed = true
      watchPage()
      dispatch({ type: 'rejected', payload: { room, clientId, error } })
      return
    }
    const uploaded = one.uploads.flatMap(({ attachment }) => attachment ?? [])
    // One of them was taken out while we waited; whoever did that goes on.
    if (uploaded.length < one.uploads.length) return
    release(clientId)
    one.uploads.forEach(uploads.sent)
    one.settle(session.sendMessage({ ...message, attachments: [...(message.attachments ?? []), ...uploaded] }).settled)
    const from = shelf()
    setTimeout(() => from?.remove(clientId), HANDED_ON_MS)
  }

  const lose = (one: Held): void => {
    const { room, clientId } = one.message
    one.isFailed = true
    watchPage()
    const error = new ChatError('file_lost', 'Its files did not survive the page in which they were chosen; choose them again.', { room, clientId })
    dispatch({ type: 'rejected', payload: { room, clientId, error } })
  }

  const cancel = (clientId: string): boolean => {
    const one = release(clientId)
    if (!one) return false
    const { room } = one.message
    shelf()?.remove(clientId)
    one.uploads.forEach(uploads.remove)
    dispatch({ type: 'cancelled', payload: { room, clientId } })
    one.settle({ ok: false, error: new ChatError('cancelled', 'The message was taken back.', { room, clientId }) } satisfies Result<never>)
    return true
  }

  const retry = (clientId: string): boolean => {
    const one = held.get(clientId)
    if (!one?.isFailed) return false
    one.isFailed = false
    watchPage()
    one.uploads.forEach(uploads.retry)
    dispatch({ type: 'retried', payload: { room: one.message.room, clientId } })
    void go(one)
    return true
  }

  return {
    waiting,
    send(message, files) {
      const clientId = message.clientId ?? createId()
      let settle: Held['settle'] = () => undefined
      const settled = new Promise<Settled>((resolve) => (settle = resolve))
      const one: Held = { message: { ...message, clientId, createdAt: Date.now() }, uploads: files, isFailed: false, isKept: false, lost: [], settle }
      take(one)
      if (files.some(({ state }) => state !== 'done')) void keep(one)
      return { clientId, settled }
    },
    retry,
    cancel,
    drop(upload) {
      const one = [...held.values()].find(({ uploads: files }) => files.includes(upload))
      if (!one) return uploads.remove(upload)
      const rest = one.uploads.filter((other) => other !== upload)
      if (rest.length === 0 && !one.message.attachments && one.message.body.trim() === '') cancel(one.message.clientId)
      else {
        one.uploads = rest
        uploads.remove(upload)
        show(one)
        void keep(one)
        if (one.isFailed) retry(one.message.clientId)
        else void go(one)
      }
    },
    cancelAll() {
      for (const clientId of [...held.keys()]) cancel(clientId)
    },
    restore(left) {
      for (const { message, files } of left) {
        if (held.has(message.clientId)) continue
        const isWhole = files.every(({ file }) => file)
        take({
          message,
          uploads: isWhole ? files.map(({ file, name, type }) => uploads.add(new File([file!], name, { type }))) : [],
          lost: isWhole ? [] : files.map(({ name, size }, index) => ({ id: `lost-${message.clientId}-${index}`, name, type: UNSHOWN, size, url: '' })),
          isFailed: false,
          isKept: true,
          settle: () => undefined,
        })
      }
    },
  }
}
