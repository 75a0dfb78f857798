/** Files to the server of `chat.v1`, with progress, which `fetch` does not tell. */
import { ChatError, type Attachment } from '../core/index.ts'
import type { UploadContext, UploadFile } from './types.ts'

export interface HttpUploadPort {
  /** @param isFresh the token that was told before is no longer taken */
  credentials(isFresh: boolean): Promise<{ readonly base: string; readonly token: string | undefined }>
}

/** An upload that gets on by nothing for this long is on a dead link, in milliseconds. */
const STALL_MS = 20_000

/** Server errors that pass by themselves. A full disk does not. */
const PASSING: readonly number[] = [0, 408, 429, 500, 502, 503, 504]

interface Reply {
  readonly status: number
  readonly body: unknown
}

const post = (url: string, file: File, token: string | undefined, { signal, onProgress }: UploadContext): Promise<Reply> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    let stalled: ReturnType<typeof setTimeout> | undefined
    const watch = (): void => {
      clearTimeout(stalled)
      stalled = setTimeout(() => request.abort(), STALL_MS)
    }
    const abort = (): void => request.abort()
    request.open('POST', url)
    request.responseType = 'json'
    if (token !== undefined) request.setRequestHeader('authorization', `Bearer ${token}`)
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => {
      watch()
      if (total > 0) onProgress(loaded / total)
    }
    request.onloadend = () => {
      clearTimeout(stalled)
      signal.removeEventListener('abort', abort)
      resolve({ status: request.status, body: request.response as unknown })
    }
    signal.addEventListener('abort', abort)
    watch()
    if (signal.aborted) request.onloadend?.(new ProgressEvent('loadend'))
    else request.send(file)
  })

const isAttachment = (value: unknown): value is Attachment => {
  const { id, name, type, size, url } = (value ?? {}) as Record<string, unknown>
  return [id, name, type, url].every((text) => typeof text === 'string') && typeof size === 'number'
}

const failureOf = ({ status, body }: Reply): ChatError => {
  const told = (body as { error?: { code?: unknown; message?: unknown } } | null)?.error
  const code = typeof told?.code === 'string' ? told.code : status === 0 ? 'upload_network' : 'upload_failed'
  const message = typeof told?.message === 'string' ? told.message : status === 0 ? 'The connection broke.' : `The server answered ${String(status)}.`
  return new ChatError(code, message, { retryable: PASSING.includes(status) })
}

/** Whoever knows that there is no login left may say so; asking again would not help. */
const unknown = (thrown: unknown): never => {
  const isOver = (thrown as { code?: unknown } | undefined)?.code === 'unauthorized'
  throw new ChatError(isOver ? 'unauthorized' : 'provider_failed', `The address or the token failed: ${String(thrown)}`, { retryable: !isOver, cause: thrown })
}

export const httpUpload =
  ({ credentials }: HttpUploadPort): UploadFile =>
  async (file, context) => {
    const attempt = async (isFresh: boolean): Promise<Reply> => {
      const { base, token } = await credentials(isFresh).catch(unknown)
      return post(`${base}files?name=${encodeURIComponent(file.name.replace(/\p{Cs}/gu, ''))}`, file, token, context)
    }
    const first = await attempt(false)
    const reply = first.status === 401 ? await attempt(true) : first
    if (reply.status === 201 && isAttachment(reply.body)) return reply.body
    throw failureOf(reply)
  }
