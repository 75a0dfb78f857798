/** Checks what a user passed. Runs in development only. */
import { ChatUsageError } from './errors.ts'
import type { SessionOptions } from './options.ts'

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** @throws ChatUsageError with the fix, for what can never work */
export const checkOptions = ({ dialect, token, heartbeat, autoReconnect, ...options }: SessionOptions): void => {
  if (typeof dialect?.write !== 'function') {
    throw new ChatUsageError('`dialect` is missing; pass one, such as `chatV1Dialect()`.')
  }
  if (token !== undefined && typeof token !== 'string' && typeof token !== 'function') {
    throw new ChatUsageError('`token` must be a text or a function that returns one.')
  }
  for (const protocol of options.protocols ?? []) {
    if (!TOKEN.test(protocol)) {
      throw new ChatUsageError(`"${protocol}" in \`protocols\` is no sub-protocol name; use letters, digits and "-._" without spaces.`)
    }
  }
  positive('connectTimeout', options.connectTimeout)
  positive('outbox.maxCount', options.outbox?.maxCount)
  positive('outbox.maxSize', options.outbox?.maxSize)
  positive('outbox.maxAge', options.outbox?.maxAge)
  if (typeof heartbeat === 'object') checkHeartbeat(heartbeat)
  if (typeof autoReconnect === 'object') checkReconnect(autoReconnect)
}

const checkHeartbeat = (heartbeat: Exclude<SessionOptions['heartbeat'], boolean | undefined>): void => {
  for (const name of ['interval', 'timeout', 'hiddenInterval', 'silence'] as const) positive(`heartbeat.${name}`, heartbeat[name])
  const { interval, hiddenInterval } = heartbeat
  if (interval !== undefined && hiddenInterval !== undefined && hiddenInterval < interval) {
    throw new ChatUsageError(
      `\`heartbeat.hiddenInterval\` (${hiddenInterval}) is below \`interval\` (${interval}); a hidden page beats less often, so raise it or leave it out.`,
    )
  }
}

const checkReconnect = (given: Exclude<SessionOptions['autoReconnect'], boolean | undefined>): void => {
  const { retries = -1, delay, minDelay = 1_000, maxDelay = 30_000 } = given
  if (delay !== undefined && (given.minDelay !== undefined || given.maxDelay !== undefined)) {
    throw new ChatUsageError('`autoReconnect.delay` replaces `minDelay` and `maxDelay`; pass either the one or the others.')
  }
  for (const name of ['minDelay', 'maxDelay', 'hiddenMaxDelay', 'minUptime'] as const) notNegative(`autoReconnect.${name}`, given[name])
  if (typeof delay === 'number') notNegative('autoReconnect.delay', delay)
  if (minDelay > maxDelay) {
    throw new ChatUsageError(`\`autoReconnect.minDelay\` (${minDelay}) is above \`maxDelay\` (${maxDelay}); swap them or raise \`maxDelay\`.`)
  }
  if (typeof retries === 'number' && (!Number.isInteger(retries) || retries < -1)) {
    throw new ChatUsageError(`\`autoReconnect.retries\` is ${retries}; give a whole number, or -1 to never give up.`)
  }
}

const positive = (name: string, value: unknown): void => {
  if (value === undefined || (typeof value === 'number' && value > 0)) return
  throw new ChatUsageError(`\`${name}\` is ${String(value)}; give a number above 0.`)
}

const notNegative = (name: string, value: unknown): void => {
  if (value === undefined || (typeof value === 'number' && value >= 0)) return
  throw new ChatUsageError(`\`${name}\` is ${String(value)}; give a number of milliseconds from 0.`)
}

/** @throws ChatUsageError for a code that browsers refuse */
export const checkCloseCode = (code = 1000): void => {
  if (code === 1000 || (Number.isInteger(code) && code >= 3000 && code <= 4999)) return
  throw new ChatUsageError(`Close code ${code} is not for clients; use 1000, or one from 3000 to 4999.`)
}

/** @throws ChatUsageError for a value that is no text */
export const checkText = (name: string, value: unknown): void => {
  if (typeof value !== 'string') throw new ChatUsageError(`\`${name}\` is ${String(value)}; give a text.`)
}
