/**
 * What the protocol promises on the wire, held against every frame that reaches a client. Clients heal much by
 * themselves; a server that relies on it would hurt the next client, so it is caught here.
 */
import type { ServerFrame } from '../../../src/protocol/index.ts'
import type { Report } from './report.ts'

type Frame = Extract<ServerFrame, { readonly type: string }>
type Event = Extract<Frame, { type: 'joined' }>['events'][number]

/** What all clients of a scenario were told, so that nobody is told something else. */
export interface CommonLog {
  event(room: string, event: Event): void
  ack(user: string, clientId: string, room: string, seq: number): void
  /** Events were left out for a slow reader. */
  gap(): void
}

export const createCommonLog = (report: Report, gap: () => void): CommonLog => {
  const events = new Map<string, string>()
  const acks = new Map<string, string>()
  const same = (known: Map<string, string>, key: string, value: string, rule: string): void => {
    const before = known.get(key)
    if (before === undefined) known.set(key, value)
    else if (before !== value) report(rule, `${key} was ${before} and now is ${value}`)
  }
  return {
    event(room, { seq, clientId, from, ts, body, kind, target, replyTo }) {
      const key = `${room}:${String(seq)}`
      same(events, key, JSON.stringify([from.id, clientId, ts, kind, target, replyTo]), 'two-truths')
      // A deletion takes the text from what was said before; nothing else may change it.
      if (body !== '') same(events, `${key} text`, body, 'two-truths')
    },
    ack(user, clientId, room, seq) {
      same(acks, `${user}/${clientId}`, `${room}:${String(seq)}`, 'acked-twice')
    },
    gap,
  }
}

export interface WireWatch {
  sent(text: string): void
  received(text: string): void
}

/** @param who whose connection it is, for reports */
export const watchWire = (report: Report, log: CommonLog, who: string, user: string): WireWatch => {
  const asked = new Map<number, number | undefined>()
  /** Newest seq that was given, per room that is live. */
  const given = new Map<string, number>()

  const joined = (frame: Extract<Frame, { type: 'joined' }>): void => {
    const { room, top, recovered, events } = frame
    const since = asked.get(frame.id)
    const first = recovered ? (since ?? NaN) + 1 : (events[0]?.seq ?? top + 1)
    const isWhole = events.every(({ seq }, i) => seq === first + i) && first + events.length - 1 === top
    if (!isWhole) {
      const seqs = `${String(events[0]?.seq)}..${String(events.at(-1)?.seq)} (${String(events.length)})`
      report('part-for-whole', `${who} joined ${room} since ${String(since)}, recovered ${String(recovered)}, top ${String(top)}, got ${seqs}`)
    }
    given.set(room, top)
  }

  const live = ({ room, seq }: Event): void => {
    const before = given.get(room)
    if (before === undefined) report('event-uninvited', `${who} got ${room}:${String(seq)} without being in the room`)
    else if (seq !== before + 1) report('event-order', `${who} got ${room}:${String(seq)} after ${String(before)}`)
    given.set(room, seq)
  }

  return {
    sent(text) {
      const frame = JSON.parse(text) as { type: string; id: number; since?: { seq: number } }
      if (frame.type === 'join') asked.set(frame.id, frame.since?.seq)
    },
    received(text) {
      const frame = JSON.parse(text) as Frame
      switch (frame.type) {
        case 'joined':
          for (const event of frame.events) log.event(frame.room, event)
          joined(frame)
          return
        case 'left':
          given.delete(frame.room)
          return
        case 'event':
          log.event(frame.room, frame)
          live(frame)
          return
        case 'page':
          for (const event of frame.events) log.event(frame.room, event)
          return
        case 'gap':
          log.gap()
          if (given.get(frame.room) !== frame.from - 1 || frame.top < frame.from) {
            report('gap-lies', `${who} was told a gap ${String(frame.from)}..${String(frame.top)} after ${String(given.get(frame.room))}`)
          }
          given.set(frame.room, frame.top)
          return
        case 'ack':
          log.ack(user, frame.clientId, frame.room, frame.seq)
      }
    },
  }
}
