import { describe, expect, it } from 'vitest'
import { createHub, EPHEMERAL_LIMIT, EVENT_LIMIT } from '../../server-dev/hub.ts'
import type { RoomEvent } from '../../src/protocol/entities.ts'
import { testMember, type TestMember } from './support/member.ts'

type Frame = { readonly type: string; readonly [field: string]: unknown }

const member = (id: string) => testMember<Frame>(id)

const event = (seq: number): RoomEvent => ({
  room: 'g', seq, kind: 'message', from: { id: 'x', name: 'X' }, clientId: `c${String(seq)}`, ts: seq, body: '',
})

const setUp = () => {
  const hub = createHub<TestMember<Frame>>()
  const [a, b] = [member('a'), member('b')]
  for (const each of [a, b]) hub.enter(each, 'g').seat.phase = 'live'
  return { hub, a, b }
}
const types = (m: TestMember<Frame>) => m.got.map((f) => f.type)

describe('hub', () => {
  it('[SV10] tells the others who comes and who goes', () => {
    const { hub, a, b } = setUp()
    hub.announce(b, 'g')
    expect(a.got).toEqual([{ type: 'presence', room: 'g', count: 2, joined: [b.user] }])
    expect(b.got).toEqual([])
    hub.leaveAll(b)
    expect(a.got.at(-1)).toEqual({ type: 'presence', room: 'g', count: 1, left: ['b'] })
  })

  it('[SV15] leaves nothing behind when everyone has gone', () => {
    const { hub, a, b } = setUp()
    hub.leaveAll(a)
    hub.leaveAll(b)
    expect(hub.roomCount()).toBe(0)
    expect([...a.rooms, ...b.rooms]).toEqual([])
  })

  it('[SV12] holds presence back from a slow link and tells the net change when it drains', () => {
    const { hub, a, b } = setUp()
    a.waiting = EPHEMERAL_LIMIT + 1
    const c = member('c')
    hub.enter(c, 'g')
    hub.announce(c, 'g')
    hub.leaveAll(b)
    expect(a.got).toEqual([])
    expect(a.lags).toBeGreaterThan(0)
    a.waiting = 0
    hub.drained(a)
    expect(a.got).toEqual([{ type: 'presence', room: 'g', count: 2, joined: [c.user], left: ['b'] }])
  })

  it('[SV12] gives a slow link one gap for all it missed, and others every event', () => {
    const { hub, a, b } = setUp()
    a.waiting = EVENT_LIMIT + 1
    hub.publish(event(1))
    hub.publish(event(2))
    expect(types(a)).toEqual([])
    expect(types(b)).toEqual(['event', 'event'])
    a.waiting = 0
    hub.drained(a)
    hub.publish(event(3))
    expect(a.got).toMatchObject([{ type: 'gap', from: 1, top: 2 }, { type: 'event', seq: 3 }])
  })

  it('[SV12] drops typing, not events, between the two limits', () => {
    const { hub, a, b } = setUp()
    a.waiting = EPHEMERAL_LIMIT + 1
    hub.setTyping(b, 'g', true)
    hub.publish(event(1))
    expect(types(a)).toEqual(['event'])
  })

  it('[SV16] typing goes to others, its end only after a start, and ends with the connection', () => {
    const { hub, a, b } = setUp()
    hub.setTyping(b, 'g', false)
    expect(a.got).toEqual([])
    hub.setTyping(b, 'g', true)
    hub.leaveAll(b)
    expect(a.got).toMatchObject([{ type: 'typing', on: true }, { type: 'typing', on: false }, { type: 'presence' }])
    expect(b.got).toEqual([])
  })

  it('[SV17] tells the tops that changed since it last told them', () => {
    const { hub, a } = setUp()
    expect(hub.tops(a)).toBeUndefined()
    hub.publish(event(1))
    expect(hub.tops(a)).toEqual({ g: 1 })
    expect(hub.tops(a)).toBeUndefined()
  })

  it('[SV18] a room may be called __proto__', () => {
    const { hub, a } = setUp()
    hub.enter(a, '__proto__').room.top = 4
    expect(Object.entries(hub.tops(a)!)).toEqual([['__proto__', 4]])
  })
})
