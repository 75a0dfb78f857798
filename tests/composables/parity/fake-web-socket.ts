/** A browser's WebSocket whose other end is driven by hand. */
export class FakeWebSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  static made: FakeWebSocket[] = []

  static get last(): FakeWebSocket {
    return FakeWebSocket.made.at(-1)!
  }

  /** Closes that both sides asked for arrive now, as they do when the network works. */
  static deliverCloses(): void {
    for (const socket of FakeWebSocket.made) {
      if (socket.readyState === FakeWebSocket.CLOSING) socket.ended(socket.closedWith?.code ?? 1005, socket.closedWith?.reason ?? '')
    }
  }

  readonly url: string
  readonly protocols: string | readonly string[]
  readonly sent: unknown[] = []
  readyState: number = FakeWebSocket.CONNECTING
  binaryType: BinaryType = 'blob'
  closedWith: { readonly code: number | undefined; readonly reason: string | undefined } | undefined
  onopen: ((event: Event) => void) | null = null
  onmessage: ((event: MessageEvent) => void) | null = null
  onerror: ((event: Event) => void) | null = null
  onclose: ((event: CloseEvent) => void) | null = null

  constructor(url: string | URL, protocols: string | readonly string[] = []) {
    this.url = String(url)
    this.protocols = protocols
    FakeWebSocket.made.push(this)
  }

  send(data: unknown): void {
    if (this.readyState === FakeWebSocket.CONNECTING) throw new DOMException('Still in CONNECTING state.', 'InvalidStateError')
    if (this.readyState === FakeWebSocket.OPEN) this.sent.push(data)
  }

  close(code?: number, reason?: string): void {
    if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
      throw new DOMException(`The close code ${code} is not allowed.`, 'InvalidAccessError')
    }
    if (this.readyState >= FakeWebSocket.CLOSING) return
    this.closedWith = { code, reason }
    this.readyState = FakeWebSocket.CLOSING
  }

  /** The handshake succeeds. */
  accept(): void {
    this.readyState = FakeWebSocket.OPEN
    this.onopen?.(new Event('open'))
  }

  /** The server says something. */
  say(...frames: unknown[]): void {
    for (const data of frames) this.onmessage?.(new MessageEvent('message', { data }))
  }

  /** The handshake fails, or the line breaks. */
  break(): void {
    this.onerror?.(new Event('error'))
    this.ended(1006, '')
  }

  /** The server closes. */
  ended(code: number, reason = ''): void {
    this.readyState = FakeWebSocket.CLOSED
    this.onclose?.(new CloseEvent('close', { code, reason, wasClean: code !== 1006 }))
  }
}
