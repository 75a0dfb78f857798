/** Handshakes and frames byte by byte, for what no client library would send. */
import { connect } from 'node:net'

/** Sends raw bytes to the port and gives back the status line. */
export const statusOf = (port: number, text: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let got = ''
    socket.on('data', (chunk) => {
      got += chunk.toString()
      const found = /^HTTP\/1\.1 (\d{3})/.exec(got)
      if (found) {
        resolve(Number(found[1]))
        socket.destroy()
      }
    })
    socket.on('error', reject)
    socket.on('close', () => {
      reject(new Error(`closed after ${JSON.stringify(got)}`))
    })
  })

export interface Handshake {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
}

/** The text of a good handshake, but for the overrides. */
export const handshake = (port: number, overrides: Handshake = {}): string => {
  const headers = {
    Host: `127.0.0.1:${String(port)}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...overrides.headers,
  }
  const lines = Object.entries(headers).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${value!}\r\n`)
  return `${overrides.method ?? 'GET'} ${overrides.path ?? '/chat'} HTTP/1.1\r\n${lines.join('')}\r\n`
}

/** A frame as a client sends it, masked with zeros. */
export const masked = (opcode: number, payload: Buffer, options: { fin?: boolean; rsv?: number; length?: Buffer } = {}): Buffer => {
  const { fin = true, rsv = 0 } = options
  const length =
    options.length ??
    (payload.length < 126
      ? Buffer.from([payload.length])
      : payload.length < 65_536
        ? Buffer.from([126, payload.length >> 8, payload.length & 255])
        : Buffer.from([127, 0, 0, 0, 0, 0, payload.length >> 16, (payload.length >> 8) & 255, payload.length & 255]))
  length[0]! |= 0x80
  return Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | (rsv << 4) | opcode]), length, Buffer.alloc(4), payload])
}
/** The close code that the server writes, read from the raw stream; 1006 when it just ends. */
export const closeCodeAfter = (port: number, token: string, bytes: Buffer): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(handshake(port)))
    let got = Buffer.alloc(0)
    let isOpen = false
    socket.on('data', (chunk) => {
      got = Buffer.concat([got, chunk])
      const end = got.indexOf('\r\n\r\n')
      if (!isOpen && end >= 0) {
        isOpen = true
        got = got.subarray(end + 4)
        socket.write(masked(1, Buffer.from(JSON.stringify({ type: 'hello', version: 1, token }))))
        socket.write(bytes)
      }
      while (isOpen && got.length >= 2) {
        const short = got[1]! & 0x7f
        const offset = short === 126 ? 4 : 2
        const length = short === 126 ? got.readUInt16BE(2) : short
        if (got.length < offset + length) return
        if ((got[0]! & 0x0f) === 8) {
          resolve(length < 2 ? 1005 : got.readUInt16BE(offset))
          socket.destroy()
          return
        }
        got = got.subarray(offset + length)
      }
    })
    socket.on('error', reject)
    socket.on('close', () => {
      resolve(1006)
    })
  })
