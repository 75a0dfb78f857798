/** The addresses of files below the chat's path. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Chat } from '../chat.ts'
import { problem, respond, type Answer } from '../http.ts'
import { isAllowedOrigin, pathOf, type Refusal } from '../upgrade.ts'
import { createDownload } from './download.ts'
import { createUpload } from './upload.ts'

/** After a refusal the rest of a body is read and thrown away for this long, so that the answer is not lost with it. */
const LINGER_MS = 1_000

const bearerOf = ({ headers }: IncomingMessage): string | undefined => /^Bearer +([\x21-\x7e]+)$/i.exec(headers.authorization ?? '')?.[1]

const nameOf = (request: IncomingMessage): string => {
  const url = request.url ?? ''
  return new URLSearchParams(url.slice(pathOf(request).length)).get('name') ?? ''
}

/** @returns a handler that answers the addresses of files and says whether it did; undefined where the server takes none */
export const createFileEndpoints = (chat: Chat, unavailable: () => Refusal | undefined): ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined => {
  const { settings, files } = chat
  if (!files) return undefined
  const base = `${settings.path}/files`
  const log = (event: string, fields: Readonly<Record<string, unknown>>): void => {
    settings.log({ level: event === 'storage_failed' ? 'error' : 'info', event, ...fields })
  }
  const upload = createUpload({ files, log })
  const download = createDownload(files)

  const post = async (request: IncomingMessage, response: ServerResponse): Promise<Answer | undefined> => {
    const token = bearerOf(request)
    const auth = token === undefined ? undefined : await chat.identify(token)
    // A token in the answer is a new guest's: whoever was sent here had another identity.
    if (!auth?.ok || auth.token !== undefined) {
      return problem({ status: 401, code: 'unauthorized', message: 'Send the token of the hello frame: "Authorization: Bearer …".', headers: { 'www-authenticate': 'Bearer' } })
    }
    return upload(request, response, auth.user, nameOf(request))
  }

  const answer = async (request: IncomingMessage, response: ServerResponse, rest: string | undefined, cors: Readonly<Record<string, string>>): Promise<Answer | undefined> => {
    const methods = rest === undefined ? 'POST' : 'GET, HEAD'
    if (!isAllowedOrigin(request, settings.origins)) {
      return problem({ status: 403, code: 'forbidden_origin', message: 'This origin may not ask; add it to "origins".' })
    }
    if (request.method === 'OPTIONS') {
      const headers = { allow: methods, 'access-control-allow-methods': methods, 'access-control-allow-headers': 'authorization, content-type', 'access-control-max-age': '600' }
      return { status: 200, body: {}, headers }
    }
    if (!methods.split(', ').includes(request.method ?? '')) {
      return problem({ status: 405, code: 'method_not_allowed', message: `Use ${methods}.`, headers: { allow: methods } })
    }
    const down = unavailable()
    if (down) return problem(down)
    if (rest === undefined) return post(request, response)
    await download(request, response, rest, cors)
    return undefined
  }

  return (request, response) => {
    const path = pathOf(request)
    if (path !== base && !path.startsWith(`${base}/`)) return false
    const rest = path === base ? undefined : path.slice(base.length + 1)
    const { origin } = request.headers
    const cors = origin === undefined ? {} : { 'access-control-allow-origin': origin, vary: 'origin' }
    void answer(request, response, rest, cors)
      .catch((error: unknown): Answer => {
        log('storage_failed', { error: String(error) })
        return problem({ status: 503, code: 'storage_unavailable', message: 'The server cannot do this now.', headers: { 'retry-after': '2' } })
      })
      .then((result) => {
        if (!result || response.headersSent) return
        const isRead = request.complete
        respond(response, { ...result, headers: { ...result.headers, ...(result.status !== 403 || isAllowedOrigin(request, settings.origins) ? cors : {}), ...(!isRead && { connection: 'close' }) } })
        if (isRead) return
        request.on('error', () => undefined).resume()
        setTimeout(() => request.destroy(), LINGER_MS).unref()
      })
    return true
  }
}
