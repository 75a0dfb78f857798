/** The browser's WebSocket, as far as the peers look at it, in a world of virtual time. */
import type { Line, World } from './world.ts'

/** @param world the server behind every address; the client's number is the address's `client` parameter */
export const createFakeWebSocket = (world: World) =>
  class FakeWebSocket extends EventTarget {
    static readonly CONNECTING = 0
    static readonly OPEN = 1
    static readonly CLOSING = 2
    static readonly CLOSED = 3
    readyState = 0
    binaryType = 'blob'
    bufferedAmount = 0
    extensions = ''
    protocol = ''
    onopen: ((event: Event) => void) | null = null
    onclose: ((event: Event) => void) | null = null
    onerror: ((event: Event) => void) | null = null
    onmessage: ((event: Event) => void) | null = null
    readonly #line: Line
    readonly url: string

    constructor(url: string) {
      super()
      this.url = url
      for (const type of ['open', 'close', 'error', 'message'] as const) {
        this.addEventListener(type, (event) => this[`on${type}`]?.(event))
      }
      this.#line = world.connect(Number(new URL(url).searchParams.get('client')), {
        opened: () => {
          this.readyState = 1
          this.dispatchEvent(new Event('open'))
        },
        closed: (code) => {
          const hadOpened = this.readyState === 1
          this.readyState = 3
          if (!hadOpened) this.dispatchEvent(Object.assign(new Event('error'), { message: 'refused' }))
          this.dispatchEvent(Object.assign(new Event('close'), { code, reason: '', wasClean: code !== 1006 }))
        },
        received: (data) => {
          this.dispatchEvent(Object.assign(new Event('message'), { data }))
        },
      })
    }

    send(data: string): void {
      this.#line.send(data)
    }

    close(code = 1000): void {
      if (this.readyState >= 2) return
      this.readyState = 3
      this.#line.close()
      queueMicrotask(() => {
        this.dispatchEvent(Object.assign(new Event('close'), { code, reason: '', wasClean: true }))
      })
    }
  }
