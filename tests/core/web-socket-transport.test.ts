import { afterEach, describe, expect, it, vi } from 'vitest'
import { webSocketTransport } from '../../src/core/index.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const stub = () => {
  const made: Record<string, unknown>[] = []
  class FakeSocket {
    static OPEN = 1
    readyState = 0
    sent: unknown[] = []
    closed: unknown[][] = []
    args: unknown[]
    onopen?: () => void
    onmessage?: (event: { data: unknown }) => void
    onerror?: () => void
    onclose?: (event: { code: number; reason: string }) => void
    constructor(...args: unknown[]) {
      this.args = args
      made.push(this as never)
    }
    send(data: unknown) {
      this.sent.push(data)
    }
    close(...args: unknown[]) {
      this.closed.push(args)
    }
  }
  vi.stubGlobal('WebSocket', FakeSocket)
  return made as unknown as InstanceType<typeof FakeSocket>[]
}

describe('the transport of the environment', () => {
  it('[WT1] hands over what happens, and the end', () => {
    const made = stub()
    const handlers = { opened: vi.fn(), received: vi.fn(), closed: vi.fn() }
    const transport = webSocketTransport('ws://a/', ['p'], handlers)
    const [socket] = made
    expect(socket?.args).toEqual(['ws://a/', ['p']])
    expect(transport.socket).toBe(socket)
    socket?.onopen?.()
    socket?.onmessage?.({ data: 'x' })
    socket?.onerror?.()
    socket?.onclose?.({ code: 1006, reason: 'r' })
    expect([handlers.opened.mock.calls, handlers.received.mock.calls, handlers.closed.mock.calls]).toEqual([[[]], [['x']], [[1006, 'r']]])
  })

  it('[WT2] sends only through an open socket, and tells so', () => {
    const made = stub()
    const transport = webSocketTransport('ws://a/', [], { opened() {}, received() {}, closed() {} })
    const socket = made[0]!
    expect(transport.send('early')).toBe(false)
    socket.readyState = 1
    expect(transport.send('now')).toBe(true)
    socket.readyState = 2
    expect(transport.send('late')).toBe(false)
    expect(socket.sent).toEqual(['now'])
    transport.close()
    transport.close(4000, 'why')
    expect(socket.closed).toEqual([[undefined, undefined], [4000, 'why']])
  })

  it('[WT3] without a WebSocket it says what to do', () => {
    vi.stubGlobal('WebSocket', undefined)
    expect(() => webSocketTransport('ws://a/', [], { opened() {}, received() {}, closed() {} })).toThrow(/pass `transport`/)
  })
})
