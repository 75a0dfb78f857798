import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RoomListing } from '../../src/core/index.ts'
import { apply } from '../../src/stores/room-state.ts'
import { EMPTY_CHAT, type ChatState, type ChatStoreEvent } from '../../src/stores/room-types.ts'
import { tallyOf, type Tally } from '../../src/stores/tally.ts'
import { ada, bob, entered, message, stored, welcome } from './support.ts'

const listing = (top: number, unread: number): RoomListing => ({
  room: 'general',
  title: 'General',
  kind: 'room',
  isMember: true,
  isPrivate: false,
  memberCount: 2,
  top,
  unread,
  can: { send: true, react: true, attach: true, invite: false, manage: false },
})

type Step = 'bob' | 'ada' | 'react' | 'mention' | 'read' | 'server'

/** What happens, each with how many of what waits the listening tab hears before the next one, of the leader and of the other tab. */
const steps = fc.array(
  fc.record({ does: fc.constantFrom<Step>('bob', 'bob', 'ada', 'react', 'mention', 'read', 'server'), leader: fc.nat(3), tab: fc.nat(3), to: fc.nat() }),
  { maxLength: 40 },
)

describe('two tabs, one in the room and one beside it', () => {
  it('[LI54] have the same number in the end, in whatever order frames and counts of the other tab come', () => {
    fc.assert(
      fc.property(steps, (course) => {
        let inside: ChatState = apply(EMPTY_CHAT, [welcome(), entered()])
        let beside: ChatState = apply(EMPTY_CHAT, [welcome(), { type: 'listings', rooms: [listing(0, 0)] }])
        const fromLeader: ChatStoreEvent[] = []
        const fromTab: ChatStoreEvent[] = []
        let told: Tally | undefined
        let top = 0
        let said = 0
        const count = (): void => {
          const tally = tallyOf(inside.rooms.get('general')!, ada.id, told)
          // As tabs tell each other: when the number is another one.
          if (tally && (told?.unread !== tally.unread || told.isWhole !== tally.isWhole)) fromTab.push({ type: 'tally', tally })
          told = tally ?? told
        }
        const hear = (queue: ChatStoreEvent[], howMany: number): void => void (beside = apply(beside, queue.splice(0, howMany)))

        for (const { does, leader, tab, to } of course) {
          if (does === 'read') {
            inside = apply(inside, [{ type: 'read', room: 'general', seq: top === 0 ? 0 : (to % top) + 1 }])
          } else if (does === 'server') {
            // It has heard of nothing that was read.
            if (top > 0) fromLeader.push({ type: 'listing', payload: { ...listing(top, said), last: stored(top) } })
          } else {
            top += 1
            said += does === 'bob' || does === 'mention' ? 1 : 0
            const fields = does === 'react' ? { kind: 'react', target: 1, body: '👍', author: bob } : { author: does === 'ada' ? ada : bob, ...(does === 'mention' && { mentions: [ada.id] }) }
            inside = apply(inside, [message(top, fields)])
            fromLeader.push({ type: 'elsewhere', payload: stored(top, fields) })
          }
          count()
          hear(fromLeader, leader)
          hear(fromTab, tab)
        }
        hear(fromLeader, Infinity)
        hear(fromTab, Infinity)
        const shown = beside.listings!.get('general')!
        expect(shown.unread).toBe(inside.rooms.get('general')!.unread)
        expect(shown.top).toBe(top)
      }),
      { numRuns: 400 },
    )
  }, 60_000)
})
