import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChatError, type ChatMessage, type ReceivedMessage } from '../../src/core/index.ts'
import { apply } from '../../src/stores/room-state.ts'
import { EMPTY_CHAT, type ChatState, type ChatStoreEvent } from '../../src/stores/room-types.ts'
import { ada, bob, entered, welcome } from './support.ts'

const people = [ada, bob, { id: 'u3', name: 'Cyd' }]
const EMOJI = ['👍', '🎉']

/** What a person tries; the log takes only what a server would. */
const attempt = fc.record({
  who: fc.nat({ max: 2 }),
  kind: fc.constantFrom('message', 'message', 'edit', 'delete', 'react', 'react', 'unreact' as const),
  at: fc.nat({ max: 30 }),
  emoji: fc.constantFrom(...EMOJI),
})
type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never

interface Shown {
  readonly body: string
  readonly isDeleted: boolean
  /** Where it was not the author. */
  readonly deletedBy: string | undefined
  readonly isEdited: boolean
  /** `emoji: user ids`, in the order in which they came. */
  readonly reactions: readonly string[]
  readonly replyTo: number | undefined
}

/** The log, and what a reader who saw all of it in order would show. As simple as can be. */
const serve = (attempts: readonly Attempt[]) => {
  const log: ReceivedMessage[] = []
  const shown = new Map<number, { body: string; isDeleted: boolean; deletedBy: string | undefined; isEdited: boolean; on: string[]; replyTo: number | undefined; author: string }>()
  for (const { who, kind, at, emoji } of attempts) {
    const author = people[who]!
    const seq = log.length + 1
    const target = (at % Math.max(1, log.length)) + 1
    const state = shown.get(target)
    const entry = { room: 'general', seq, clientId: `c${seq}`, author, createdAt: 1_000 + seq }
    if (kind === 'message') {
      const replyTo = state && at % 3 === 0 ? target : undefined
      const body = `text ${seq}`
      log.push({ ...entry, body, ...(replyTo !== undefined && { replyTo }) })
      shown.set(seq, { body, isDeleted: false, deletedBy: undefined, isEdited: false, on: [], replyTo, author: author.id })
      continue
    }
    if (!state || state.isDeleted) continue
    const mark = `${emoji} ${author.id}`
    if (kind === 'react' || kind === 'unreact') {
      if (state.on.includes(mark) === (kind === 'react')) continue
      log.push({ ...entry, kind, target, body: emoji })
      state.on = kind === 'react' ? [...state.on, mark] : state.on.filter((other) => other !== mark)
      // All but Bob own the room.
    } else if (state.author === author.id || (kind === 'delete' && author !== bob)) {
      const body = kind === 'edit' ? `edit ${seq}` : ''
      log.push({ ...entry, kind, target, body })
      Object.assign(state, kind === 'edit' ? { body, isEdited: true } : { body, isEdited: false, isDeleted: true, deletedBy: state.author === author.id ? undefined : author.id, on: [] })
    }
  }
  const rows = [...shown].map(([seq, { body, isDeleted, deletedBy, isEdited, on, replyTo }]): [number, Shown] => {
    const emojis = [...new Set(on.map((mark) => mark.split(' ')[0]!))]
    const reactions = emojis.map((emoji) => `${emoji}: ${on.flatMap((mark) => (mark.startsWith(emoji) ? mark.split(' ')[1]! : [])).join(' ')}`)
    return [seq, { body, isDeleted, deletedBy, isEdited, reactions, replyTo }]
  })
  return { log, rows: new Map(rows) }
}

/** An entry as a page shows it once the log has grown to `asOf`: what was deleted by then has no text. */
const asOf = (log: readonly ReceivedMessage[], entry: ReceivedMessage, length: number): ReceivedMessage => {
  const about = entry.kind === undefined ? entry.seq : entry.kind === 'edit' ? entry.target : undefined
  const by = log.slice(0, length).find(({ kind, target }) => kind === 'delete' && target === about)?.author
  const isByOther = by !== log[about! - 1]?.author
  return by ? { ...entry, body: '', isDeleted: true, ...(isByOther && { deletedBy: by }) } : entry
}

const shownOf = (row: ChatMessage): Shown => ({
  body: row.body,
  isDeleted: row.isDeleted ?? false,
  deletedBy: row.deletedBy?.id,
  isEdited: row.isEdited ?? false,
  reactions: (row.reactions ?? []).map(({ emoji, users }) => `${emoji}: ${users.map(({ id }) => id).join(' ')}`),
  replyTo: row.replyTo,
})

const rowsOf = (state: ChatState) => state.rooms.get('general')?.messages ?? []

const scenario = fc.record({
  attempts: fc.array(attempt, { minLength: 5, maxLength: 40 }),
  news: fc.array(fc.record({ at: fc.nat({ max: 40 }), length: fc.integer({ min: 1, max: 8 }), age: fc.nat({ max: 40 }), isPage: fc.boolean() }), { maxLength: 40 }),
  order: fc.infiniteStream(fc.nat({ max: 1_000 })),
  refused: fc.array(fc.record({ at: fc.nat({ max: 40 }), what: attempt, after: fc.nat({ max: 30 }) }), { maxLength: 6 }),
  queuedHere: fc.infiniteStream(fc.boolean()),
  cuts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 10 }),
})

/** Everything that a client hears, in some order, everything at least once. */
const hearings = ({ attempts, news, order, refused, queuedHere }: typeof scenario extends fc.Arbitrary<infer T> ? T : never) => {
  const { log, rows } = serve(attempts)
  const events: ChatStoreEvent[] = []
  for (const entry of log) {
    if (entry.author !== ada || !queuedHere.next().value) continue
    const { author: _author, seq: _seq, clientId = '', ...content } = entry
    events.push({ type: 'queued', payload: { ...content, clientId } })
  }
  for (const { at, length, age, isPage } of news) {
    if (log.length === 0) break
    const from = at % log.length
    const range = log.slice(from, from + length)
    const heard = range.map((entry) => asOf(log, entry, Math.max(age, entry.seq!)))
    if (isPage) events.push({ type: 'history', page: { room: 'general', messages: heard, more: true }, before: from + length + 1 })
    else events.push({ type: 'message', payload: heard[0]! })
  }
  const rest = log.map((entry) => ({ entry, rank: order.next().value! })).sort((a, b) => a.rank - b.rank)
  for (const { entry } of rest) {
    if (entry.author === ada && entry.seq! % 2 === 0) {
      events.push({ type: 'acked', payload: { room: 'general', clientId: entry.clientId!, seq: entry.seq, createdAt: entry.createdAt } })
    }
    events.push({ type: 'message', payload: asOf(log, entry, entry.seq!) })
  }
  refused.forEach(({ at, what: { kind, emoji }, after }, i) => {
    const change = { room: 'general', clientId: `no ${i}`, createdAt: 1, kind: kind === 'message' ? 'edit' : kind, target: (at % Math.max(1, log.length)) + 1, body: emoji }
    const index = at % (events.length + 1)
    events.splice(index, 0, { type: 'queued', payload: change })
    const error = new ChatError('forbidden', 'no')
    events.splice(Math.min(events.length, index + 1 + after), 0, { type: 'rejected', payload: { room: 'general', clientId: change.clientId, error } })
  })
  return { log, rows, events }
}

/** Seqs of the rows that a batch may change. */
const touchedBy = (batch: readonly ChatStoreEvent[], targetOf: ReadonlyMap<string, number | undefined>): ReadonlySet<number | undefined> =>
  new Set(
    batch.flatMap((event) => {
      if (event.type === 'message') return [event.payload.seq, event.payload.target]
      if (event.type === 'history') return event.page.messages.flatMap(({ seq, target }) => [seq, target])
      if (event.type === 'acked') return [event.payload.seq, targetOf.get(event.payload.clientId)]
      return event.type === 'queued' || event.type === 'rejected' ? [targetOf.get(event.payload.clientId)] : []
    }),
  )

describe('any order of pages and events', () => {
  it('[ED20] shows what a reader of the whole log would show, with keys and identities that last', () => {
    fc.assert(
      fc.property(scenario, (input) => {
        const { rows, events } = hearings(input)
        const targetOf = new Map(events.flatMap((event) => (event.type === 'queued' ? [[event.payload.clientId, event.payload.target] as const] : [])))
        let state = apply(EMPTY_CHAT, [welcome(), entered()])
        const keyOf = new Map<number, string>()
        for (let at = 0, i = 0; at < events.length; i++) {
          const size = input.cuts[i % input.cuts.length]!
          const before = new Map(rowsOf(state).map((row) => [row.key, row]))
          const batch = events.slice(at, at + size)
          const touched = touchedBy(batch, targetOf)
          state = apply(state, batch)
          at += size
          expect(new Set(rowsOf(state).map(({ key }) => key)).size).toBe(rowsOf(state).length)
          for (const row of rowsOf(state)) {
            const old = before.get(row.key)
            const isTouched = touched.has(row.seq) || (row.replyTo !== undefined && touched.has(row.replyTo))
            if (old?.seq !== undefined && !isTouched) expect(row).toBe(old)
            if (row.seq !== undefined) expect(keyOf.get(row.seq) ?? row.key).toBe(row.key)
            if (row.seq !== undefined) keyOf.set(row.seq, row.key)
          }
        }
        expect(rowsOf(state).map((row) => [row.seq, shownOf(row)])).toEqual([...rows])
        for (const row of rowsOf(state)) {
          expect(row.pendingChange).toBeUndefined()
          expect(row.reactions?.some(({ isPending }) => isPending) ?? false).toBe(false)
          for (const { isOwn, users } of row.reactions ?? []) expect(isOwn).toBe(users.some(({ id }) => id === ada.id))
          const quoted = row.replyTo === undefined || row.isDeleted ? undefined : rowsOf(state).find(({ seq }) => seq === row.replyTo)
          expect(row.quote && [row.quote.key, row.quote.body]).toEqual(quoted && [quoted.key, quoted.body])
        }
      }),
      { numRuns: 400 },
    )
  })

  it('[ED20] gives the same in one batch as in many', () => {
    fc.assert(
      fc.property(scenario, (input) => {
        const { events } = hearings(input)
        const once = apply(EMPTY_CHAT, [welcome(), entered(), ...events])
        const many = [welcome(), entered(), ...events].reduce((state, event) => apply(state, [event]), EMPTY_CHAT)
        expect(rowsOf(once)).toEqual(rowsOf(many))
        expect(once.rooms.get('general')?.known).toEqual(many.rooms.get('general')?.known)
        expect(once.rooms.get('general')?.unread).toBe(many.rooms.get('general')?.unread)
      }),
      { numRuns: 200 },
    )
  })
})
