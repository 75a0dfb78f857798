import type { Command, Dialect, DialectContext, Inbound } from '../../src/core/index.ts'

export const ANN = { id: 'ann-1', name: 'Ann' }

export const about = (more: Partial<DialectContext> = {}): DialectContext => ({ user: ANN, token: undefined, room: 'general', ...more })

export const NOBODY = about({ user: undefined })

/** What a dialect says for a command, parsed. */
export const said = (dialect: Dialect, command: Command, knows = about()): unknown => {
  const data = dialect.write(command, knows)
  return typeof data === 'string' ? (JSON.parse(data) as unknown) : data
}

export const send = (body: string, more: Partial<Extract<Command, { type: 'send' }>> = {}): Command => ({
  type: 'send',
  room: 'general',
  clientId: 'c1',
  body,
  ...more,
})

export const hello = (token?: string): Command => ({ type: 'hello', token, user: undefined })

/** What an object on the wire means. */
export const meant = (dialect: Dialect, frame: unknown, knows = about()): readonly Inbound[] =>
  dialect.read(typeof frame === 'string' ? frame : JSON.stringify(frame), knows)

/** Messages in what a frame means, in short. */
export const heard = (dialect: Dialect, frame: unknown, knows = about()): readonly unknown[] =>
  meant(dialect, frame, knows).flatMap((one) => (one.type === 'message' ? [[one.message.author.name, one.message.body]] : []))
