import { describe, expect, it } from 'vitest'
import { asked, check, heard, type HeartbeatPolicy, type HeartbeatTimes } from '../../src/core/heartbeat.ts'

const policy: HeartbeatPolicy = { intervalMs: 10_000, answerMs: 5_000, silenceMs: 15_000, canPing: true }
const times = (more: Partial<HeartbeatTimes> = {}): HeartbeatTimes => ({ heardAt: 0, pingAt: 0, ...more })
const open = (now: number): HeartbeatTimes => ({ heardAt: now, pingAt: now })
const own = { ...policy, silenceMs: Infinity }

describe('heartbeat', () => {
  it.each([
    ['[HB1] pings when its first ping is due', times(), policy, 0, 'ping', 5_000],
    ['[HB1] not before', times({ pingAt: 4_000 }), own, 3_000, 'ok', 1_000],
    ['[HB1] pings again one interval after the last ping', times({ pingAt: 10_000, heardAt: 4_000 }), own, 10_000, 'ping', 5_000],
    ['[HB1] asks to be asked when the next ping is due', times({ pingAt: 10_000, heardAt: 4_000 }), own, 7_000, 'ok', 3_000],
    ['[HB2] arriving frames do not put off a ping', times({ pingAt: 10_000, heardAt: 9_999 }), own, 10_000, 'ping', 5_000],
    ['[HB3] one ping is under way at a time', times({ askedAt: 0, pingAt: 1_000 }), { ...own, intervalMs: 1_000 }, 4_000, 'ok', 1_000],
    ['[HB4] an unanswered ping ends the link at its deadline', times({ askedAt: 1_000 }), policy, 6_000, 'dead', Infinity],
    ['[HB4] not a millisecond earlier', times({ askedAt: 1_000 }), policy, 5_999, 'ok', 1],
    ['[HB5] asks early enough that a silent server is found out in the time it promised', times({ pingAt: 65_000, heardAt: 5_000 }), policy, 15_000, 'ping', 5_000],
    ['[HB5] no later', times({ pingAt: 65_000, heardAt: 5_000 }), policy, 14_000, 'ok', 1_000],
    ['[HB6] without own pings only the promise of the server counts', times({ heardAt: 1_000 }), { ...policy, canPing: false }, 15_999, 'ok', 1],
    ['[HB6] and its end is the end', times({ heardAt: 1_000, dueAt: 16_000 }), { ...policy, canPing: false }, 16_000, 'dead', Infinity],
    ['[HB7] without pings and without a promise nothing is ever asked', times(), { ...own, canPing: false }, 1e9, 'ok', Infinity],
    ['[HB7] own pings off and no promise: nothing either', times({ pingAt: Infinity }), { ...own, intervalMs: Infinity }, 1e9, 'ok', Infinity],
    ['[HB7] not even with endless patience', times({ pingAt: Infinity }), { ...own, intervalMs: Infinity, answerMs: Infinity }, 1e9, 'ok', Infinity],
  ] as const)('%s', (_title, t, p, now, verdict, nextMs) => {
    expect(check(t, p, now)).toMatchObject({ verdict, nextMs })
  })

  it('[HB2] any frame answers a ping', () => {
    const waiting = asked(open(0), own, 1_000)
    expect(check(waiting, own, 6_000).verdict).toBe('dead')
    expect(check(heard(waiting, 5_999), own, 6_000).verdict).toBe('ok')
  })

  it('[HB8] a machine that slept over the deadline asks once more before it judges', () => {
    const first = check(open(0), policy, 0)
    const afterSleep = check(first.times, policy, 3_600_000)
    expect(afterSleep).toMatchObject({ verdict: 'ping', nextMs: 5_000 })
    expect(check(heard(afterSleep.times, 3_600_100), policy, 3_600_200).verdict).toBe('ok')
    expect(check(afterSleep.times, policy, 3_605_000).verdict).toBe('dead')
  })

  it('[HB8] a page whose timers are always late still finds a dead link at the second look', () => {
    const first = check(open(0), policy, 0)
    const second = check(first.times, policy, 60_000)
    expect(second.verdict).toBe('ping')
    expect(check(second.times, policy, 120_000).verdict).toBe('dead')
  })

  it('[HB8] a sleeping client of a server that leads gets one more span too', () => {
    const led = { ...policy, canPing: false }
    const first = check(open(0), led, 0)
    const woken = check(first.times, led, 1_000_000)
    expect(woken).toMatchObject({ verdict: 'ok', nextMs: 5_000 })
    expect(check(woken.times, led, 1_005_000).verdict).toBe('dead')
  })

  it('[HB5] an answer is awaited for at most half of the promised span', () => {
    const short = { ...policy, silenceMs: 4_000 }
    expect(check(times({ askedAt: 0 }), short, 1_999).verdict).toBe('ok')
    expect(check(times({ askedAt: 0 }), short, 2_000).verdict).toBe('dead')
  })
})
