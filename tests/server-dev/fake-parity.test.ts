import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../server-dev/store.ts'
import type { EventKind } from '../../src/protocol/index.ts'
import { createRoomLog } from '../../src/testing/fake-room.ts'

const people = [
  { id: 'u1', name: 'Ada' },
  { id: 'u2', name: 'Bob' },
]

const attempt = fc.record({
  who: fc.nat({ max: 1 }),
  kind: fc.constantFrom<EventKind>('message', 'message', 'edit', 'delete', 'react', 'unreact'),
  about: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  body: fc.constantFrom('a', 'b'),
  /** Few, so that they are used again. */
  clientId: fc.integer({ min: 1, max: 15 }).map(String),
})

describe('the fake server', () => {
  it('[ED47] answers and keeps what the real one does', () => {
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 60 }), (attempts) => {
        const store = openStore({ database: ':memory:', now: () => 1 })
        store.saveRoom({ room: 'g', title: 'G' })
        store.members.add('g', 'u1', 'owner')
        const fake = createRoomLog({ room: 'g', title: 'G' }, 300, ['u1'])
        for (const { who, kind, about, body, clientId } of attempts) {
          const from = people[who]!
          const target = kind === 'message' ? undefined : (about ?? 1)
          const replyTo = kind === 'message' ? about : undefined
          const content = { kind, body: kind === 'delete' ? '' : body, ...(target && { target }), ...(replyTo && { replyTo }) }
          const real = store.append([{ room: 'g', from, clientId, ...content }])[0]!
          const faked = fake.append(from, clientId, content)
          expect('code' in faked ? faked.code : [faked.event.seq, faked.isDuplicate]).toEqual(real.ok ? [real.event.seq, real.duplicate] : real.code)
        }
        const plain = (events: readonly object[]) => events.map((event) => ({ ...event, ts: 0 }))
        expect(plain(fake.events())).toEqual(plain(store.page('g', { limit: 300 }).events))
        store.close(true)
      }),
      { numRuns: 600 },
    )
  })
})
