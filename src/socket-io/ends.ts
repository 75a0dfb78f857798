/** What the end of a Socket.IO connection means, as a close code. Pure. */

export interface Ending {
  readonly code: number
  readonly reason: string
}

const BROKEN = 1006
const WITHOUT_CODE = 1005
const EXPIRED = 4401
const FAILED = 4000
const REFUSED = 4501
const BANNED = 4503

/** A refusal by a middleware of the server, as `connect_error` brings it. */
export interface Refusal {
  readonly message: string
  /** What the server attached to its error. */
  readonly data?: unknown
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})

const isCloseCode = (code: unknown): code is number =>
  Number.isInteger(code) && (((code as number) > 1000 && (code as number) < 1016) || ((code as number) >= 3000 && (code as number) < 5000))

/** The event with which a server says why it is about to disconnect: `{ code, reason? }`. */
export const readFarewell = (args: readonly unknown[]): Ending | undefined => {
  const { code, reason } = fieldsOf(args[0])
  return isCloseCode(code) ? { code, reason: typeof reason === 'string' ? reason : '' } : undefined
}

const LOGIN_IS_OLD = /\b(?:token|jwt|session|login).{0,20}\bexpired\b|token_expired|\bexpired (?:token|jwt|session)\b/i
const NO_LOGIN =
  /unauthori[sz]ed|not authori[sz]ed|unauthenticated|authentication (?:error|failed|required)|(?:invalid|bad|wrong|missing|no|malformed) (?:token|jwt|credentials|signature|password)|jwt (?:malformed|must be provided)|forbidden|access denied/i

const HTTP_CODES: Readonly<Record<number, number>> = { 401: REFUSED, 403: BANNED }

/**
 * A server that did not let us in. A code in `data` (a close code, 401 or 403, as `code` or `status`) decides,
 * otherwise the words do; what is not about the login may pass, so it is tried again.
 */
export const endOfRefusal = ({ message, data }: Refusal): Ending => {
  const { code, status, statusCode } = fieldsOf(data)
  for (const told of [code, status, statusCode].map(Number)) {
    if (isCloseCode(told)) return { code: told, reason: message }
    const known = HTTP_CODES[told]
    if (known !== undefined) return { code: known, reason: message }
  }
  const words = `${message} ${typeof code === 'string' ? code : ''} ${typeof data === 'string' ? data : ''}`
  if (LOGIN_IS_OLD.test(words)) return { code: EXPIRED, reason: message }
  return { code: NO_LOGIN.test(words) ? REFUSED : FAILED, reason: message }
}

/** The code of the WebSocket below, where it tells more than that the link is gone. */
const codeBelow = (details: unknown): number | undefined => {
  const { code } = fieldsOf(fieldsOf(details)['context'])
  // Servers of several languages end with 1000 when they go down, which asks nobody to stay away.
  return isCloseCode(code) && code !== BROKEN && code !== WITHOUT_CODE ? code : undefined
}

/** A link that was up. @param farewell what the server said last, if that was why it ends */
export const endOfLink = (reason: string, details: unknown, farewell: Ending | undefined): Ending => {
  if (reason === 'io server disconnect') return farewell ?? { code: WITHOUT_CODE, reason }
  if (reason === 'transport close') return farewell ?? { code: codeBelow(details) ?? BROKEN, reason }
  return { code: BROKEN, reason }
}
