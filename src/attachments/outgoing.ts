/** Messages that wait for their files. Each shows as a row from the start, and goes to the session when all is there. */
import { shallowRef, type ShallowRef } from 'vue'
import { ChatError, type OutgoingMessage, type Result, type SentMessage, type Session } from '../core/index.ts'
import { createId } from '../core/ids.ts'
import type { ChatStoreEvent } from '../stores/room-types.ts'
import type { ChatUpload } from './types.ts'
import { localAttachment, type Uploads } from './uploads.ts'

type Settled = Awaited<SentMessage['settled']>

interface Held {
  readonly message: OutgoingMessage & { readonly clientId: string }
  uploads: readonly ChatUpload[]
  isFailed: boolean
  readonly settle: (outcome: Settled | Promise<Settled>) => void
}

export interface OutgoingPort {
  readonly session: Pick<Session, 'sendMessage'>
  readonly uploads: Uploads
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
}

const keepPage = (event: Event): void => event.preventDefault()

export const createOutgoing = ({ session, uploads, dispatch }: OutgoingPort): Outgoing => {
  const held = new Map<string, Held>()
  const waiting = shallowRef(0)

  /** Files are not kept over a reload, so the browser asks before the page is left. */
  const watchPage = (): void => {
    waiting.value = [...held.values()].filter(({ isFailed }) => !isFailed).length
    if (held.size > 0) addEventListener('beforeunload', keepPage)
    else removeEventListener('beforeunload', keepPage)
  }

  const release = (clientId: string): Held | undefined => {
    const one = held.get(clientId)
    held.delete(clientId)
    watchPage()
    return one
  }

  const show = ({ message, uploads: files }: Held): void => {
    const attachments = [...(message.attachments ?? []), ...files.map(localAttachment)]
    dispatch({ type: 'queued', payload: { ...message, createdAt: Date.now(), attachments } })
  }

  const go = async (one: Held): Promise<void> => {
    const { message } = one
    const { clientId, room } = message
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
  }

  const cancel = (clientId: string): boolean => {
    const one = release(clientId)
    if (!one) return false
    const { room } = one.message
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
      const one: Held = { message: { ...message, clientId }, uploads: files, isFailed: false, settle }
      held.set(clientId, one)
      watchPage()
      show(one)
      void go(one)
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
        if (one.isFailed) retry(one.message.clientId)
        else void go(one)
      }
    },
    cancelAll() {
      for (const clientId of [...held.keys()]) cancel(clientId)
    },
  }
}
