/** What a frame looks like to a developer: readable, short, and without anything that opens a door. */

const MASK = '•••'

/** UTF-16 code units of a frame that are shown. */
export const MAX_SHOWN = 2_000

const SECRET_NAME = 'token|secret|passw|passcode|authorization|credential|api[-_]?key|ticket|jwt|session[-_]?id|cookie'

const secretKey = new RegExp(`${SECRET_NAME}|^auth$`, 'i')

/** A name, a separator and a value: in JSON, in JSON inside a JSON text, in a query, in a header. */
const secretPair = new RegExp(
  `((?:[\\w-]*(?:${SECRET_NAME})[\\w-]*|\\bauth)\\\\*["']?\\s*[:=]\\s*)` +
    `(?!null\\b|true\\b|false\\b|[[{])` +
    `(\\\\+"(?:(?!\\\\+")[^])*|"(?:[^"\\\\]|\\\\[^])*|'[^']*|(?:bearer\\s+|basic\\s+)?[^\\s,;&"'}\\]]+)`,
  'gi',
)

const jwt = /\beyJ[\w-]{6,}(?:\.[\w-]*){1,4}/g

/** Long and with letters and digits: before the server has accepted us that is most likely a proof of who we are. */
const opaque = /(?=[\w.~+=-]*\d)(?=[\w.~+=-]*[A-Za-z])[\w.~+=-]{16,}/g

/** @param isLogin also hides what merely looks like a secret */
export const maskText = (text: string, isLogin = false): string => {
  const masked = text
    .replace(secretPair, (_all, name: string, value: string) => name + (/^\\*["']/.exec(value)?.[0] ?? '') + MASK)
    .replace(jwt, MASK)
  return isLogin ? masked.replace(opaque, MASK) : masked
}

const maskValue = (value: unknown, isLogin: boolean): unknown => {
  if (typeof value === 'string') return maskText(value, isLogin)
  if (Array.isArray(value)) return value.map((item) => maskValue(item, isLogin))
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value) || isBlob(value)) return sizeOf(value)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, isSecret(key, item) ? MASK : maskValue(item, isLogin)]))
}

const isSecret = (key: string, item: unknown): boolean =>
  secretKey.test(key) && (typeof item === 'string' || typeof item === 'number')

/** An address without passwords and tickets. */
export const maskUrl = (url: string): string => {
  const [head = '', ...query] = url.replace(/\/\/[^/?#]*@/, `//${MASK}@`).split('?')
  return query.length === 0 ? head : `${head}?${maskText(query.join('?'), true)}`
}

export interface ShownFrame {
  /** A value where the frame is JSON and short; else a text. */
  readonly frame: unknown
  readonly size: string
  /** One line. */
  readonly summary: string
}

/** @param isLogin the server has not accepted us yet */
export const showFrame = (data: unknown, isLogin = false): ShownFrame => {
  const size = sizeOf(data)
  const text = textOf(data, isLogin)
  if (text === undefined) return { frame: size, size, summary: size }
  if (text.length > MAX_SHOWN) {
    // Clipped before it is masked: a megabyte must not be searched. A secret that is cut in two still has its name.
    const frame = `${maskText(text.slice(0, MAX_SHOWN), isLogin)}…`
    return { frame, size, summary: lineOf(frame) }
  }
  const value = parse(text)
  const frame = value === undefined ? maskText(text, isLogin) : maskValue(value, isLogin)
  return { frame, size, summary: lineOf(typeof frame === 'string' ? frame : JSON.stringify(frame)) }
}

const lineOf = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const textOf = (data: unknown, isLogin: boolean): string | undefined => {
  if (typeof data === 'string') return data
  if (typeof data !== 'object' || data === null || data instanceof ArrayBuffer || ArrayBuffer.isView(data) || isBlob(data)) return undefined
  try {
    return JSON.stringify(maskValue(data, isLogin))
  } catch {
    return undefined
  }
}

const isBlob = (data: unknown): data is Blob => typeof Blob !== 'undefined' && data instanceof Blob

const sizeOf = (data: unknown): string => {
  if (typeof data === 'string') return `${data.length} characters`
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return `${data.byteLength} bytes`
  if (isBlob(data)) return `${data.size} bytes`
  return typeof data === 'object' && data !== null ? 'an event' : String(data)
}
