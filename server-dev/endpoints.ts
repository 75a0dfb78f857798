/** The HTTP endpoints below the chat's path. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isFields } from '../src/protocol/shape.ts'
import type { Chat } from './chat.ts'
import { readFault, type Faults } from './faults.ts'
import { createFileEndpoints } from './files/endpoints.ts'
import { problem, readJson, respond, type Answer } from './http.ts'
import { userOfName } from './identity.ts'
import { createBucket, type Bucket } from './rate-limit.ts'
import type { Tokens } from './tokens.ts'
import { isAllowedOrigin, pathOf, type Refusal } from './upgrade.ts'

const SIGN_IN_RATE = { perSecond: 2, burst: 60 }
const MAX_ADDRESSES = 10_000

interface EndpointDeps {
  readonly chat: Chat
  readonly tokens: Tokens
  readonly faults: Faults
  readonly unavailable: () => Refusal | undefined
}

type Endpoint = (request: IncomingMessage) => Answer | Promise<Answer>

/** @returns a handler that answers the chat's paths and says whether it did */
export const createEndpoints = ({ chat, tokens, faults, unavailable }: EndpointDeps) => {
  const { settings } = chat
  const signIns = new Map<string, Bucket>()
  const files = createFileEndpoints(chat, unavailable)

  const signInWait = (address: string): number => {
    const now = performance.now()
    let bucket = signIns.get(address)
    if (!bucket) {
      if (signIns.size >= MAX_ADDRESSES) signIns.clear()
      signIns.set(address, (bucket = createBucket(SIGN_IN_RATE, now)))
    }
    return bucket.take(now)
  }

  const signIn: Endpoint = async (request) => {
    const down = unavailable()
    if (down) return problem(down)
    const wait = signInWait(request.socket.remoteAddress ?? 'unknown')
    if (wait > 0) {
      const headers = { 'retry-after': String(Math.ceil(wait / 1000)) }
      return problem({ status: 429, code: 'rate_limited', message: 'Too many sign-ins; wait a moment.', headers })
    }
    const body = await readJson(request)
    const wanted = userOfName(isFields(body) ? body['name'] : undefined)
    if (!wanted) {
      return problem({ status: 400, code: 'bad_name', message: 'Send {"name"}: 1 to 40 visible characters.' })
    }
    try {
      const user = chat.store().saveUser(wanted)
      return { status: 200, body: { ...(await tokens.issue(user)), user } }
    } catch (error) {
      settings.log({ level: 'error', event: 'storage_failed', error: String(error) })
      return problem({ status: 503, code: 'storage_unavailable', message: 'The server cannot store anything now.' })
    }
  }

  const fault: Endpoint = async (request) => {
    const wanted = readFault(await readJson(request))
    if (!wanted) {
      return problem({ status: 400, code: 'bad_request', message: 'Send {"do": "cut"|"mute"|"refuse"|"restart", "user"?, "ms"?}.' })
    }
    faults.apply(wanted)
    return { status: 200, body: { ok: true } }
  }

  const ready: Endpoint = () => {
    const isReady = unavailable() === undefined && chat.isHealthy()
    return { status: isReady ? 200 : 503, body: { ready: isReady } }
  }

  const notFound: Endpoint = () => problem({ status: 404, code: 'not_found', message: 'This endpoint is switched off.' })
  const plain: Endpoint = () =>
    problem({
      status: 426,
      code: 'upgrade_required',
      message: 'This address takes WebSockets.',
      headers: { upgrade: 'websocket', connection: 'upgrade' },
    })

  const routes = new Map<string, { readonly method: 'GET' | 'POST'; readonly run: Endpoint }>([
    [settings.path, { method: 'GET', run: plain }],
    ...(settings.socketIo ? ['', '/'].map((end) => [`${settings.path}/socket.io${end}`, { method: 'GET', run: plain }] as const) : []),
    [`${settings.path}/health`, { method: 'GET', run: () => ({ status: 200, body: { ok: true } }) }],
    [`${settings.path}/ready`, { method: 'GET', run: ready }],
    [`${settings.path}/sign-in`, { method: 'POST', run: settings.signIn ? signIn : notFound }],
    [`${settings.path}/faults`, { method: 'POST', run: settings.faults ? fault : notFound }],
  ])

  const answer = async (request: IncomingMessage, route: { readonly method: string; readonly run: Endpoint }): Promise<Answer> => {
    const { method } = request
    if (!isAllowedOrigin(request, settings.origins)) {
      return problem({ status: 403, code: 'forbidden_origin', message: 'This origin may not ask; add it to "origins".' })
    }
    if (method === 'OPTIONS') {
      return { status: 200, body: {}, headers: { allow: route.method, 'access-control-allow-methods': route.method, 'access-control-allow-headers': 'content-type' } }
    }
    if (method !== route.method && !(method === 'HEAD' && route.method === 'GET')) {
      return problem({ status: 405, code: 'method_not_allowed', message: `Use ${route.method}.`, headers: { allow: route.method } })
    }
    return route.run(request)
  }

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const route = routes.get(pathOf(request))
    if (!route) return files?.(request, response) ?? false
    const { origin } = request.headers
    void answer(request, route)
      .catch((error: unknown): Answer => {
        settings.log({ level: 'error', event: 'request_failed', error: String(error) })
        return problem({ status: 500, code: 'internal', message: 'The server failed.' })
      })
      .then((result) => {
        const isAllowed = origin !== undefined && result.status !== 403
        const cors = isAllowed ? { 'access-control-allow-origin': origin, vary: 'origin' } : {}
        respond(response, { ...result, headers: { ...result.headers, ...cors } })
      })
    return true
  }
}
