/** What a client does after a close: come back, fetch a new token once and come back, or stop. */
export type CloseAction = 'retry' | 'refresh' | 'stop'

// 3000 and 3003 are registered for "unauthorized" and "forbidden".
const REFRESH = [3000, 4401]
const STOP = [1000, 1003, 1008, 1010, 1015, 3003]
const GARBLED = [1002, 1007]
const SERVER_WIDE = [1001, 1012, 1013, 4001]

/**
 * Decides what a close code asks of a client. 4000-4499 come back and 4500-4999 stop, so that a client can
 * decide about a code it has never seen; any other code comes back.
 */
export const closeAction = (code: number): CloseAction => {
  if (REFRESH.includes(code)) return 'refresh'
  return STOP.includes(code) || (code >= 4500 && code <= 4999) ? 'stop' : 'retry'
}

/** Whether a close code means that all clients of the server were dropped together. */
export const isServerWide = (code: number): boolean => SERVER_WIDE.includes(code)

/**
 * Whether a close code means that the other side could not read a frame. Now and then the network spoils one, so a client
 * comes back; one whose frames are always unreadable has to stop after a few times in a row.
 */
export const isGarbled = (code: number | undefined): boolean => GARBLED.includes(code!)

/** What the codes say that have a meaning of their own, for logs and developer tools. */
export const CLOSE_TEXTS: Readonly<Record<number, string>> = {
  1000: 'The conversation was closed on purpose.',
  1001: 'The server is going away.',
  1002: 'A WebSocket protocol error.',
  1003: 'The server does not take this kind of data.',
  1005: 'The connection was closed without a code.',
  1006: 'The connection broke.',
  1007: 'A frame was not valid UTF-8.',
  1008: 'The server refused the connection by policy.',
  1009: 'A frame was too big.',
  1010: 'A required WebSocket extension is missing.',
  1011: 'The server failed.',
  1012: 'The server restarts.',
  1013: 'The server asks to try again later.',
  1014: 'A gateway got a bad answer.',
  1015: 'The TLS handshake failed.',
  3000: 'The server wants a valid login.',
  3003: 'This user may not connect.',
  4000: 'The server failed.',
  4001: 'The server shuts down.',
  4002: 'The server moves this connection elsewhere.',
  4005: 'The server cannot prove continuity; resume.',
  4401: 'The token has expired.',
  4408: 'No hello arrived in time.',
  4409: 'This client reads too slowly.',
  4429: 'Too many requests.',
  4500: 'A frame broke the protocol.',
  4501: 'The token was refused.',
  4502: 'The server speaks another protocol version.',
  4503: 'This user may not connect.',
  4504: 'Too many connections of this user.',
  4505: 'A newer connection took over.',
  4506: 'The session was revoked; sign in again.',
  4510: 'Too many errors on this connection.',
}

/** Codes that the server of this package sends, by name. */
export const CLOSE = {
  normal: 1000,
  unsupportedData: 1003,
  internalError: 4000,
  shutdown: 4001,
  tokenExpired: 4401,
  helloTimeout: 4408,
  slowConsumer: 4409,
  tooManyRequests: 4429,
  protocolViolation: 4500,
  unauthorized: 4501,
  versionMismatch: 4502,
  superseded: 4505,
} as const
