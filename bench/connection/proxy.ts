/** A wire between browser and server that can be hurt the same way for everyone. Times are those of this process. */
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

export interface Line {
  /** When the handshake was asked for; unknown before its first bytes came. */
  upgradeAt: number | undefined
  /** When the server's 101 was passed on. */
  openAt: number | undefined
}

export interface Proxy {
  /** `ws://127.0.0.1:PORT/chat` */
  readonly url: string
  /** Every connection that was accepted, in order. */
  readonly lines: readonly Line[]
  /** Connections that exist now stay open, but nothing is read from or written to them any more. New ones work. */
  mute(): void
  close(): Promise<void>
}

export interface ProxyOptions {
  readonly targetPort: number
  /** Accepts connections and never answers. */
  readonly isHolding?: boolean
}

export const createProxy = async ({ targetPort, isHolding = false }: ProxyOptions): Promise<Proxy> => {
  const lines: Line[] = []
  const ends = new Set<Socket>()
  const silence: (() => void)[] = []

  const keep = (socket: Socket): void => {
    ends.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => ends.delete(socket))
  }

  const server = createServer((near) => {
    const line: Line = { upgradeAt: undefined, openAt: undefined }
    lines.push(line)
    keep(near)
    near.on('data', (bytes) => {
      if (line.upgradeAt !== undefined) return
      if (bytes.toString('latin1').toLowerCase().includes('upgrade: websocket')) line.upgradeAt = performance.now()
    })
    if (isHolding) return
    const far = connect(targetPort, '127.0.0.1')
    keep(far)
    let isMute = false
    near.on('data', (bytes) => {
      if (!isMute) far.write(bytes)
    })
    far.on('data', (bytes) => {
      if (isMute) return
      if (line.openAt === undefined && bytes.toString('latin1', 0, 12) === 'HTTP/1.1 101') line.openAt = performance.now()
      near.write(bytes)
    })
    near.on('close', () => far.destroy())
    far.on('close', () => {
      if (!isMute) near.destroy()
    })
    silence.push(() => {
      isMute = true
      near.pause()
      far.pause()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `ws://127.0.0.1:${String(port)}/chat`,
    lines,
    mute() {
      for (const hush of silence.splice(0)) hush()
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const end of ends) end.destroy()
      await closed
    },
  }
}
