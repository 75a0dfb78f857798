import { describe, expect, it } from 'vitest'
import { createRowBuilder, isSameRow, type ListRow, type MessageRow } from '../../src/components/ChatMessageList/rows.ts'
import type { ChatMessage } from '../../src/core/index.ts'
import { listed } from './support/rows.ts'
import { message, MINUTE, NOON, own } from './support/samples.ts'

const buildRows = (messages: readonly ChatMessage[], gaps: readonly number[]): readonly ListRow[] => listed(createRowBuilder()(messages, { gaps }))

const positions = (rows: readonly ListRow[]): string[] => rows.filter((row): row is MessageRow => row.kind === 'message').map((row) => row.position)

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

  it('[UI4] rows that did not change look the same, and lines are the same', () => {
    const build = createRowBuilder()
    const list = [message(1), own('a')]
    const before = listed(build(list))
    const after = listed(build([list[0]!, own('a', 'sent')]))
    expect(after.map((row, index) => isSameRow(row, before[index]!))).toEqual([true, true, false])
    expect(after[0]).toBe(before[0])
  })

  it('[UI4] a page put before them leaves the rows below as they are', () => {
    const build = createRowBuilder()
    const list = Array.from({ length: 5 }, (_, index) => message(index + 10))
    const before = listed(build(list))
    const after = listed(build([message(9, { author: { id: 'lin', name: 'Lin' } }), ...list]))
    expect(after.slice(-5).map((row, index) => isSameRow(row, before.slice(-5)[index]!))).toEqual([true, true, true, true, true])
  })

  it('[UI4] a row is found by its key, and its day above it', () => {
    const evening = new Date(2026, 2, 10, 23, 59).getTime()
    const rows = createRowBuilder()([message(1, { createdAt: evening }), message(2, { createdAt: evening + 2 * MINUTE })], { gaps: [2] })
    const all = listed(rows)
    expect(all.map(({ key }) => rows.findKey(key))).toEqual([0, 1, 2, 3, 4])
    expect(rows.findKey('nobody')).toBe(-1)
    expect([0, 1, 4].map((index) => rows.dayAbove(index))).toEqual([all[0], all[0], all[3]].map((row) => row?.kind === 'day' && row.day))
    expect(rows.dayAbove(-1)).toBeUndefined()
    expect([rows.at(-1), rows.at(5)]).toEqual([undefined, undefined])
  })

  it('[UI2] survives a time that is no date', () => {
    expect(buildRows([message(1, { createdAt: Number.NaN }), message(2, { createdAt: 1e20 })], []).length).toBeGreaterThan(1)
  })
})
