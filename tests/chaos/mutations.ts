import { deedsOf } from './regressions.ts'
import type { Deed } from './support/commands.ts'

/** Safeguards, each taken out by a few lines. The checker has to notice every one of them. */

export interface Patch {
  readonly file: string
  readonly find: string
  readonly replace: string
}

export interface Mutation {
  readonly name: string
  readonly patches: readonly Patch[]
  /** Nothing is missing here, so nothing may be found. @default false */
  readonly isControl?: boolean
  /** What leads there, where seeds seldom do. @default seeds */
  readonly deeds?: readonly Deed[]
}

const commands = 'server-dev/commands.ts'

/** Reads from the log are synchronous, so that nothing can come between. Here they take a while, as another database's would. */
const READS_YIELD: readonly Patch[] = [
  { file: commands, find: '        const events = mergeEvents(', replace: '        setTimeout(() => {\n        if (room.seats.get(member) !== seat) return\n        const events = mergeEvents(' },
  { file: commands, find: '        if (userJoined) hub.announce(member, name)\n', replace: '        if (userJoined) hub.announce(member, name)\n        }, 100)\n' },
]

/** A slow reader, to whom the server leaves events out. */
const LEFT_OUT: readonly Deed[] = [
  { do: 'let', tab: 0, ms: 100, acks: 0 },
  { do: 'flood', tab: 1, rate: 20_000, rounds: 2, ms: 300 },
  { do: 'send', tab: 0, room: 0, count: 3, size: 0 },
]

/** A disk that is full for a moment, while a burst is on a slow way. */
const REFUSED = deedsOf('on a slow link later messages passed those that a full disk had refused')

export const MUTATIONS: readonly Mutation[] = [
  { name: 'nothing', patches: [], isControl: true },
  {
    name: 'dedupe of the server: a known client id is stored again',
    patches: [
      { file: 'server-dev/append.ts', find: '    if (before) return before\n', replace: '' },
      { file: 'server-dev/schema.ts', find: 'CREATE UNIQUE INDEX IF NOT EXISTS events_by_client_id', replace: 'CREATE INDEX IF NOT EXISTS events_by_client_id' },
    ],
  },
  {
    name: 'dedupe of the client: a known seq is told again',
    deeds: LEFT_OUT,
    patches: [
      {
        file: 'src/core/inbox.ts',
        find: '    if (!cursor || seq > cursor.seq) early.set(seq, message)\n',
        replace: '    if (cursor && seq <= cursor.seq) return [message]\n    early.set(seq, message)\n',
      },
    ],
  },
  { name: 'reads of the log that take a while, with the join buffer', patches: READS_YIELD, isControl: true },
  {
    name: 'join buffer of the server, where reads of the log take a while',
    patches: [...READS_YIELD, { file: commands, find: 'mergeEvents(answer.events, seat.buffer, info.top)', replace: 'mergeEvents(answer.events, [], info.top)' }],
  },
  {
    name: 'hold of the client: what comes too early is not held',
    deeds: LEFT_OUT,
    patches: [
      {
        file: 'src/core/inbox.ts',
        find: '    if (!cursor || seq > cursor.seq) early.set(seq, message)\n    return drain()\n',
        replace: '    if (cursor && seq <= cursor.seq) return []\n    cursor = { epoch: cursor?.epoch ?? "", seq }\n    return [message]\n',
      },
    ],
  },
  {
    name: 'generation guard: a socket that was given up is still listened to',
    patches: [
      { file: 'src/core/try.ts', find: '      if (isCurrent()) context.run(', replace: '      context.run(' },
      { file: 'src/core/connection.ts', find: 'if (mine === generation) meant(inbound)', replace: 'meant(inbound)' },
    ],
  },
  {
    name: 'resend order: what is sent again goes to the end of the queue',
    patches: [{ file: 'src/core/outbox.ts', find: '    take(all.get(entry.clientId), true)\n', replace: "    take(all.get(entry.clientId), entry.phase !== 'queued' || !entry.wasSent)\n" }],
  },
  {
    name: 'send gate: after a refusal later messages of the burst are taken',
    deeds: REFUSED,
    patches: [{ file: 'server-dev/rate-limit.ts', find: '      if (now < closedUntil) return penalise(now, 0, clientId)\n', replace: '      refused.clear()\n' }],
  },
]
