/** One direction of a wire: bytes in, the same bytes out, in order, at the pace and with the faults that are asked for. */
import type { Socket } from 'node:net'

export interface FlowRules {
  readonly delayMs: number
  /** Bytes a second. */
  readonly rate: number
  readonly isHeld: boolean
}

export interface Flow {
  set(rules: FlowRules): void
  /** From now on everything disappears. */
  swallow(): void
  cutAfter(bytes: number, cut: () => void): void
}

type End = 'end' | 'reset'
interface Piece {
  readonly what: Buffer | End
  readonly dueAt: number
}

/** Bytes that the wire itself holds; the sender has to wait for more. */
const CAPACITY = 64 * 1024
/** How often a slow wire moves, in milliseconds. */
const TICK_MS = 10

/** RST. One that is already saying goodbye cannot be reset, and Node then never closes it. */
export const reset = (socket: Socket): void => {
  if (socket.writableEnded || socket.connecting || socket.remoteAddress === undefined) socket.destroy()
  else if (!socket.destroyed) socket.resetAndDestroy()
}

export const createFlow = (source: Socket, sink: Socket, initial: FlowRules): Flow => {
  const queue: Piece[] = []
  let rules = initial
  let queued = 0
  let freeAt = 0
  let timer: NodeJS.Timeout | undefined
  let isSwallowing = false
  let isBlocked = false
  let left = Infinity
  let cut = (): void => undefined

  const pace = (): void => {
    const isFull = queued >= CAPACITY || rules.isHeld || isBlocked
    if (isFull && !isSwallowing) source.pause()
    else source.resume()
  }

  const put = (what: Buffer | End): void => {
    if (isSwallowing) return
    queue.push({ what, dueAt: performance.now() + rules.delayMs })
    if (typeof what !== 'string') queued += what.length
    pump()
    pace()
  }

  const write = (bytes: Buffer): void => {
    const whole = bytes.length <= left
    if (!sink.destroyed && !sink.write(whole ? bytes : bytes.subarray(0, left))) {
      isBlocked = true
      sink.once('drain', () => {
        isBlocked = false
        pump()
        pace()
      })
    }
    left -= bytes.length
    if (left <= 0) {
      left = Infinity
      // Nothing after it, or it would be a wire that spoils bytes; what came before must still get through.
      swallow()
      setImmediate(cut)
    }
  }

  const pump = (): void => {
    clearTimeout(timer)
    timer = undefined
    while (queue.length > 0 && !rules.isHeld && !isBlocked && !sink.destroyed) {
      const { what, dueAt } = queue[0]!
      const now = performance.now()
      const waitMs = Math.max(dueAt, freeAt) - now
      if (waitMs > 0) {
        timer = setTimeout(pump, waitMs)
        return
      }
      if (typeof what === 'string') {
        queue.shift()
        if (what === 'end') sink.end()
        else reset(sink)
        continue
      }
      const size = rules.rate === Infinity ? what.length : Math.max(1, Math.floor((rules.rate * TICK_MS) / 1_000))
      if (rules.rate !== Infinity) freeAt = now + TICK_MS
      if (size >= what.length) queue.shift()
      else queue[0] = { what: what.subarray(size), dueAt }
      const piece = what.subarray(0, size)
      queued -= piece.length
      write(piece)
    }
  }

  const swallow = (): void => {
    isSwallowing = true
    queue.length = queued = 0
    clearTimeout(timer)
    pace()
  }

  source.on('data', put)
  source.on('end', () => put('end'))
  source.on('close', (hadError) => {
    if (hadError) put('reset')
    else if (!source.readableEnded) put('end')
  })
  sink.on('close', () => {
    clearTimeout(timer)
    queue.length = queued = 0
  })
  pace()

  return {
    set(next) {
      rules = next
      pump()
      pace()
    },
    swallow,
    cutAfter(bytes, then) {
      left = bytes
      cut = then
    },
  }
}
