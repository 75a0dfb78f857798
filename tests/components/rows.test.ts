import { describe, expect, it } from 'vitest'
import { buildRows, type MessageRow } from '../../src/components/ChatMessageList/rows.ts'
import { message, MINUTE, NOON, own } from './support/samples.ts'

const positions = (rows: ReturnType<typeof buildRows>): string[] =>
  rows.filter((row): row is MessageRow => row.kind === 'message').map((row) => row.position)

describe('rows of the list', () => {
  it('[UI1] joins messages of one author within five minutes', () => {
    const at = (seq: number, minutes: number) => message(seq, { createdAt: NOON + minutes * MINUTE })
    expect(positions(buildRows([at(1, 0), at(2, 4), at(3, 8), at(4, 13)], []))).toEqual(['first', 'middle', 'last', 'single'])
  })

  it('[UI1] another author starts a new group', () => {
    const other = { author: { id: 'lin', name: 'Lin' } }
    expect(positions(buildRows([message(1), message(2, other), message(3)], []))).toEqual(['single', 'single', 'single'])
  })

  it('[UI2] puts a day before the first message of each day, and ends the group there', () => {
    const evening = new Date(2026, 2, 10, 23, 59).getTime()
    const rows = buildRows([message(1, { createdAt: evening }), message(2, { createdAt: evening + 2 * MINUTE })], [])
    expect(rows.map((row) => row.kind)).toEqual(['day', 'message', 'day', 'message'])
    expect(positions(rows)).toEqual(['single', 'single'])
  })

  it('[UI2] gives every row a key of its own, even when clocks jump to and fro', () => {
    const day = 24 * 60 * MINUTE
    const rows = buildRows([0, 1, 0, 1, 0].map((days, seq) => message(seq, { createdAt: NOON + days * day })), [])
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
  })

  it('[UI3] marks a gap before the message it belongs to, and ends the group there', () => {
    const rows = buildRows([message(1), message(5)], [5])
    expect(rows.map((row) => row.kind)).toEqual(['day', 'message', 'gap', 'message'])
    expect(positions(rows)).toEqual(['single', 'single'])
  })

  it('[UI4] rows that did not change keep their identity', () => {
    const list = [message(1), own('a')]
    const before = buildRows(list, [])
    const after = buildRows([list[0]!, own('a', 'sent')], [], before)
    expect(after.slice(0, 2).map((row, index) => row === before[index])).toEqual([true, true])
    expect(after[2]).not.toBe(before[2])
  })

  it('[UI4] a page put before them leaves the rows below as they are', () => {
    const list = Array.from({ length: 5 }, (_, index) => message(index + 10))
    const before = buildRows(list, [])
    const after = buildRows([message(9, { author: { id: 'lin', name: 'Lin' } }), ...list], [], before)
    expect(after.slice(-5)).toEqual(before.slice(-5))
    expect(after.slice(-5).every((row, index) => row === before.slice(-5)[index])).toBe(true)
  })

  it('[UI2] survives a time that is no date', () => {
    expect(buildRows([message(1, { createdAt: Number.NaN }), message(2, { createdAt: 1e20 })], []).length).toBeGreaterThan(1)
  })
})
