/** Raw data that waits for a socket. */
export type RawData = string | ArrayBuffer | Blob

export interface RawBuffer {
  /** @returns whether an open socket took it */
  send(data: RawData, useBuffer: boolean): boolean
  flush(): void
  clear(): void
}

/** @param transmit hands data to an open socket; false when there is none */
export const createRawBuffer = (transmit: (data: RawData) => boolean): RawBuffer => {
  let waiting: readonly RawData[] = []
  const flush = (): void => {
    let taken = 0
    for (const data of waiting) {
      if (!transmit(data)) break
      taken++
    }
    waiting = waiting.slice(taken)
  }
  return {
    send(data, useBuffer) {
      flush()
      if (waiting.length === 0 && transmit(data)) return true
      if (useBuffer) waiting = [...waiting, data]
      return false
    },
    flush,
    clear() {
      waiting = []
    },
  }
}
