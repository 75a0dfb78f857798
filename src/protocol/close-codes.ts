/** What a client does after a close: come back, fetch a new token once and come back, or stop. */
export type CloseAction = 'retry' | 'refresh' | 'stop'

interface CloseCodeInfo {
  readonly action: CloseAction
  /** The whole server or node goes away, so every client comes back at once: spread the first try. */
  readonly serverWide?: true
  readonly text: string
}

/**
 * Every close code that has a meaning of its own. The rest follows {@link closeAction}.
 * 4000-4499 come back, 4500-4999 stop: a client can decide about a code it has never seen.
 */
export const CLOSE_CODES: Readonly<Record<number, CloseCodeInfo>> = {
  1000: { action: 'stop', text: 'The conversation was closed on purpose.' },
  1001: { action: 'retry', serverWide: true, text: 'The server is going away.' },
  1002: { action: 'stop', text: 'A WebSocket protocol error.' },
  1003: { action: 'stop', text: 'The server does not take this kind of data.' },
  1005: { action: 'retry', text: 'The connection was closed without a code.' },
  1006: { action: 'retry', text: 'The connection broke.' },
  1007: { action: 'stop', text: 'A frame was not valid UTF-8.' },
  1008: { action: 'stop', text: 'The server refused the connection by policy.' },
  1009: { action: 'stop', text: 'A frame was too big.' },
  1010: { action: 'stop', text: 'A required WebSocket extension is missing.' },
  1011: { action: 'retry', text: 'The server failed.' },
  1012: { action: 'retry', serverWide: true, text: 'The server restarts.' },
  1013: { action: 'retry', serverWide: true, text: 'The server asks to try again later.' },
  1014: { action: 'retry', text: 'A gateway got a bad answer.' },
  1015: { action: 'stop', text: 'The TLS handshake failed.' },
  4000: { action: 'retry', text: 'The server failed.' },
  4001: { action: 'retry', serverWide: true, text: 'The server shuts down.' },
  4002: { action: 'retry', text: 'The server moves this connection elsewhere.' },
  4005: { action: 'retry', text: 'The server cannot prove continuity; resume.' },
  4401: { action: 'refresh', text: 'The token has expired.' },
  4408: { action: 'retry', text: 'No hello arrived in time.' },
  4409: { action: 'retry', text: 'This client reads too slowly.' },
  4429: { action: 'retry', text: 'Too many requests.' },
  4500: { action: 'stop', text: 'A frame broke the protocol.' },
  4501: { action: 'stop', text: 'The token was refused.' },
  4502: { action: 'stop', text: 'The server speaks another protocol version.' },
  4503: { action: 'stop', text: 'This user may not connect.' },
  4504: { action: 'stop', text: 'Too many connections of this user.' },
  4505: { action: 'stop', text: 'A newer connection took over.' },
  4506: { action: 'stop', text: 'The session was revoked; sign in again.' },
  4510: { action: 'stop', text: 'Too many errors on this connection.' },
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

/** Decides what a close code asks of a client. Unknown codes: 4500-4999 stop, everything else comes back. */
export const closeAction = (code: number): CloseAction =>
  CLOSE_CODES[code]?.action ?? (code >= 4500 && code <= 4999 ? 'stop' : 'retry')

/** Whether a close code means that all clients of the server were dropped together. */
export const isServerWide = (code: number): boolean => CLOSE_CODES[code]?.serverWide === true
