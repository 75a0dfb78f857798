/** Ways to hurt the server on purpose, for development: what a network or a crash would do. */
import { isFields, isId } from '../src/protocol/shape.ts'
import type { Chat } from './chat.ts'

export interface Fault {
  readonly do: 'cut' | 'mute' | 'refuse' | 'restart'
  /** Whose sockets; all when absent. */
  readonly user?: string
  readonly ms?: number
}

const KINDS: readonly string[] = ['cut', 'mute', 'refuse', 'restart']
const MAX_MS = 600_000

export const readFault = (value: unknown): Fault | undefined => {
  if (!isFields(value) || typeof value['do'] !== 'string' || !KINDS.includes(value['do'])) return undefined
  const { user, ms } = value
  if (user !== undefined && !isId(user)) return undefined
  if (ms !== undefined && !(typeof ms === 'number' && ms >= 0 && ms <= MAX_MS)) return undefined
  return { do: value['do'] as Fault['do'], ...(user !== undefined && { user }), ...(ms !== undefined && { ms }) }
}

const REFUSE_MS = 10_000
const RESTART_MS = 1_000

export interface Faults {
  apply(fault: Fault): void
  isRefusing(): boolean
  isDown(): boolean
  stop(): void
}

export const createFaults = (chat: Chat): Faults => {
  let refusing: NodeJS.Timeout | undefined
  let down: NodeJS.Timeout | undefined

  const chosen = (user: string | undefined) =>
    [...chat.connections].filter((connection) => user === undefined || connection.userId() === user)

  const cut = (user?: string): void => {
    for (const connection of chosen(user)) connection.terminate()
  }

  const rise = (): void => {
    try {
      chat.openStorage()
      down = undefined
    } catch (error) {
      chat.settings.log({ level: 'error', event: 'storage_failed', error: String(error) })
      down = setTimeout(rise, RESTART_MS)
    }
  }

  return {
    apply({ do: kind, user, ms }) {
      chat.settings.log({ level: 'warn', event: 'fault', kind, user, ms })
      switch (kind) {
        case 'cut':
          cut(user)
          return
        case 'mute':
          for (const connection of chosen(user)) connection.mute()
          return
        case 'refuse':
          clearTimeout(refusing)
          refusing = setTimeout(() => {
            refusing = undefined
          }, ms ?? REFUSE_MS)
          cut()
          return
        case 'restart':
          clearTimeout(down)
          chat.closeStorage(false)
          cut()
          down = setTimeout(rise, ms ?? RESTART_MS)
      }
    },
    isRefusing: () => refusing !== undefined,
    isDown: () => down !== undefined,
    stop() {
      clearTimeout(refusing)
      clearTimeout(down)
      refusing = down = undefined
    },
  }
}
