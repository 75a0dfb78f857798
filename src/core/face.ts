/** What every kind of connection offers, over the driver that does it. */
import type { Driver } from './driver.ts'
import { checkCloseCode } from './check-options.ts'
import { ChatError } from './errors.ts'
import { createRawBuffer, type RawBuffer } from './raw-buffer.ts'
import type { SessionContext } from './session-context.ts'
import type { Connection } from './session-types.ts'

export interface Face extends Connection {
  isDisposed(): boolean
}

export interface FacePorts {
  readonly driver: Driver
  readonly raw: RawBuffer
  /** The end, after the disconnect. */
  disposed?(): void
}

export const rawBufferOf = (context: SessionContext, driver: () => Driver, maxCount?: number): RawBuffer =>
  createRawBuffer(
    {
      transmit: (data) => driver().ensure() && driver().transmit(data),
      full() {
        context.emit('error', new ChatError('outbox_full', 'Too much waits.'))
      },
    },
    maxCount,
  )

/** @param signal ends it when it is aborted */
export const faceOf = (context: SessionContext, { driver, raw, disposed }: FacePorts, signal?: AbortSignal): Face => {
  const { run } = context
  let isDisposed = !!signal?.aborted

  /** Commands mean nothing once everything is forgotten. */
  const command =
    <A extends unknown[]>(work: (...args: A) => void) =>
    (...args: A): void => {
      if (!isDisposed) run(() => work(...args))
    }

  const dispose = (): void => {
    if (isDisposed) return
    run(() => {
      driver.disconnect()
      raw.clear()
      disposed?.()
      isDisposed = true
    })
    signal?.removeEventListener('abort', dispose)
    context.silence()
  }
  signal?.addEventListener('abort', dispose)

  const connect = command(driver.connect)
  return {
    snapshot: context.snapshot,
    subscribe: context.subscribe,
    on: context.on,
    open: connect,
    reconnect: connect,
    close: command((code?: number, reason?: string) => {
      if (process.env.NODE_ENV !== 'production') checkCloseCode(code)
      driver.disconnect(code, reason)
    }),
    terminate: command(driver.terminate),
    hint: command(driver.hint),
    sendRaw: (data, useBuffer = true) => !isDisposed && run(() => raw.send(data, useBuffer)),
    socket: driver.socket,
    dispose,
    isDisposed: () => isDisposed,
  }
}
