/** What can never work in a dialect of a user's own, told where it is made. */
import { ChatUsageError } from '../core/errors.ts'
import { isFields } from '../protocol/shape.ts'

const COMMANDS = ['hello', 'auth', 'enter', 'leave', 'send', 'history', 'typing', 'ping']
const CAPABILITIES = ['acks', 'history', 'rooms', 'presence', 'members', 'typing', 'replies']
const OPTIONS = ['name', 'format', 'protocols', 'capabilities', 'ready', 'heartbeat', 'write', 'read']
const BEATS = ['interval', 'timeout', 'hiddenInterval', 'first', 'pause', 'silence']

/** Capabilities that the session asks the server for, and the command it does that with. */
const NEEDS: Readonly<Record<string, string>> = { history: 'history', rooms: 'enter', typing: 'typing' }

const fail = (sentence: string): never => {
  throw new ChatUsageError(`defineDialect(): ${sentence}`)
}

const known = (what: string, value: object, names: readonly string[]): void => {
  for (const name of Object.keys(value)) if (!names.includes(name)) fail(`${what} has no \`${name}\`; it takes ${names.join(', ')}.`)
}

const oneOf = (name: string, value: unknown, values: readonly string[]): void => {
  if (value !== undefined && !values.includes(value as string)) {
    fail(`\`${name}\` is ${String(value)}; give ${values.map((v) => `'${v}'`).join(' or ')}.`)
  }
}

/** @throws ChatUsageError with the fix */
export const checkDefinition = (definition: unknown): void => {
  if (!isFields(definition)) return fail('pass an object with `name`, `write` and `read`.')
  known('it', definition, OPTIONS)
  const { name, format, protocols = [], capabilities = {}, ready, heartbeat = {}, write, read } = definition
  if (typeof name !== 'string' || name === '') fail("`name` is missing; give it one, such as name: 'my-server'.")
  oneOf('format', format, ['json', 'text', 'raw'])
  oneOf('ready', ready, ['open', 'welcome'])
  if (!Array.isArray(protocols)) fail('`protocols` must be a list of names.')
  if (typeof read !== 'function') fail('`read` is missing; give a function that says what a frame means.')
  if (!isFields(write)) return fail('`write` is missing; give an object with a function per command, such as { send: … }.')
  known('`write`', write, COMMANDS)
  for (const [command, writer] of Object.entries(write)) {
    if (writer !== undefined && typeof writer !== 'function') fail(`\`write.${command}\` must be a function that returns the frame.`)
  }
  if (!write['send']) fail('`write.send` is missing, so nobody could say anything; add send: ({ body }) => ({ … }).')
  checkCapabilities(capabilities, write)
  checkHeartbeat(heartbeat, write)
}

const checkCapabilities = (capabilities: unknown, write: Readonly<Record<string, unknown>>): void => {
  if (!isFields(capabilities)) return fail('`capabilities` must be an object, such as { presence: true }.')
  known('`capabilities`', capabilities, CAPABILITIES)
  for (const [capability, command] of Object.entries(NEEDS)) {
    if (capabilities[capability] && !write[command]) {
      fail(`\`capabilities.${capability}\` needs \`write.${command}\`; add it, or leave the capability out.`)
    }
  }
}

const checkHeartbeat = (heartbeat: unknown, write: Readonly<Record<string, unknown>>): void => {
  if (!isFields(heartbeat)) return fail('`heartbeat` must be an object, such as { interval: 10000, timeout: 5000 }.')
  known('`heartbeat`', heartbeat, BEATS)
  for (const span of ['interval', 'timeout', 'hiddenInterval', 'silence']) {
    const value = heartbeat[span]
    if (value !== undefined && !(typeof value === 'number' && value > 0)) {
      fail(`\`heartbeat.${span}\` is ${String(value)}; give milliseconds above 0.`)
    }
  }
  oneOf('heartbeat.first', heartbeat['first'], ['now', 'random'])
  if (heartbeat['interval'] !== undefined && !write['ping']) {
    fail('`heartbeat.interval` needs `write.ping`; add it, or give `silence` when the server beats.')
  }
}
