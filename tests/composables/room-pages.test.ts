import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useChatRoom } from '../../src/composables/index.ts'
import type { Feature } from '../../src/protocol/index.ts'
import type { FakeServer } from '../../src/testing.ts'
import { createTestChat, mount, settle } from './support.ts'

const bob = { id: 'b', name: 'Bob' }
let chat: ReturnType<typeof createTestChat> | undefined

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  chat?.dispose()
  vi.useRealTimers()
})

const enter = async (count: number, features: readonly Feature[] = ['edits', 'reactions', 'replies', 'around'], more: (server: FakeServer) => void = () => {}) => {
  chat = createTestChat({ features: [...features], limits: { pageSize: 20 } })
  for (let n = 1; n <= count; n++) chat.server.say('general', bob, `m${n}`)
  more(chat.server)
  const { result: room } = mount(() => useChatRoom('general'), chat.provide)
  await settle()
  const seqs = (): (number | undefined)[] => room.messages.value.map(({ seq }) => seq)
  const run = async <T>(work: Promise<T>): Promise<T> => {
    await settle()
    return work
  }
  const asked = () => chat!.server.received.filter(({ type }) => type === 'history').length
  return { room, seqs, run, asked, server: chat.server }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('jumpTo', () => {
  it('[CR20] takes one page around a message that is far back; what is between is a gap', async () => {
    const { room, seqs, run, asked } = await enter(300)
    expect(await run(room.jumpTo(100))).toEqual({ ok: true, key: 'general:100' })
    expect(asked()).toBe(1)
    expect(seqs()).toEqual([...range(91, 110), ...range(281, 300)])
    expect(room.gaps.value).toEqual([281])
    expect(room.hasOlder.value).toBe(true)
    expect(await run(room.jumpTo(105))).toMatchObject({ ok: true })
    expect(asked()).toBe(1)
  })

  it('[CR20] what lies between is loaded from either side, until all is one', async () => {
    const { room, seqs, run } = await enter(300)
    await run(room.jumpTo(245))
    await run(room.loadGap(281, 'above'))
    expect(seqs()).toEqual([...range(236, 275), ...range(281, 300)])
    await run(room.loadGap(281, 'above'))
    expect([seqs(), room.gaps.value]).toEqual([range(236, 300), []])
    await run(room.jumpTo(150))
    await run(room.loadGap(236, 'below'))
    expect(room.gaps.value).toEqual([216])
    await run(room.loadOlder())
    expect(seqs()[0]).toBe(121)
  })

  it('[CR21] a message that came while somebody reads far back stands at the end', async () => {
    const { room, seqs, run, server } = await enter(100)
    await run(room.jumpTo(10))
    server.say('general', bob, 'new')
    await settle()
    expect(seqs().at(-1)).toBe(101)
    expect(room.gaps.value).toEqual([81])
  })

  it('[CR22] leads from an edit to its message, and to the place of a deleted one', async () => {
    const { room, run } = await enter(5, undefined, (server) => {
      server.say('general', bob, 'changed', { kind: 'edit', target: 3 })
      server.say('general', bob, '', { kind: 'delete', target: 2 })
      for (let n = 0; n < 60; n++) server.say('general', bob, 'more')
    })
    expect(await run(room.jumpTo(6))).toEqual({ ok: true, key: 'general:3' })
    expect(await run(room.jumpTo(2))).toEqual({ ok: true, key: 'general:2' })
    expect(room.messages.value.find(({ seq }) => seq === 2)).toMatchObject({ isDeleted: true, body: '' })
  })

  it('[CR23] says why there is no way to a message', async () => {
    const { room, run, server } = await enter(50)
    expect(await run(room.jumpTo(999))).toEqual({ ok: false, reason: 'not_found' })
    server.refuse(true)
    server.drop()
    await settle()
    expect(await run(room.jumpTo(3))).toMatchObject({ ok: false, reason: 'not_loaded', error: { code: 'not_connected' } })
  })

  it('[CR24] goes back page by page where the server knows no pages around a message', async () => {
    const { room, seqs, run, server } = await enter(100, ['edits', 'reactions', 'replies'])
    expect(await run(room.jumpTo(35))).toMatchObject({ ok: true })
    expect(seqs()).toEqual(range(21, 100))
    expect(server.received.some((frame) => frame.type === 'history' && frame.around !== undefined)).toBe(false)
    expect(await run(room.jumpTo(999))).toEqual({ ok: false, reason: 'not_found' })
  })
})

describe('readingAt', () => {
  it('[CR25] lets a long room go of what is far from there, and fetches it again', async () => {
    const { room, seqs, run, server } = await enter(20)
    room.readingAt(undefined)
    for (let n = 21; n <= 2_600; n++) server.say('general', bob, `m${n}`)
    await vi.advanceTimersByTimeAsync(500)
    expect(seqs().length).toBeLessThanOrEqual(2_250)
    expect(seqs().at(-1)).toBe(2_600)
    expect(room.hasOlder.value).toBe(true)
    const first = seqs()[0]!
    await run(room.loadOlder())
    expect(seqs()[0]).toBe(first - 20)
  })

  it('[CR25] a room of which nobody tells keeps all', async () => {
    const { seqs, server } = await enter(20)
    for (let n = 21; n <= 2_600; n++) server.say('general', bob, `m${n}`)
    await vi.advanceTimersByTimeAsync(500)
    expect(seqs()).toHaveLength(2_600)
  })
})
