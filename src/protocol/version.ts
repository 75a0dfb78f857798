/** WebSocket sub-protocol name, offered by the client in `Sec-WebSocket-Protocol`. */
export const SUBPROTOCOL = 'chat.v1'

/** Version in `hello` and `welcome`; another one ends the connection with close code 4502. */
export const PROTOCOL_VERSION = 1
