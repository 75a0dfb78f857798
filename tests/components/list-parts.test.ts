import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, reactive, shallowRef, watch } from 'vue'
import { createRowSizes, UNMEASURED } from '../../src/components/ChatMessageList/row-sizes.ts'
import { createRowBuilder } from '../../src/components/ChatMessageList/rows.ts'
import { snapshot } from '../../src/components/ChatMessageList/snapshot.ts'
import { findUnread } from '../../src/components/ChatMessageList/unread.ts'
import { useMessageJump } from '../../src/components/ChatMessageList/useMessageJump.ts'
import { useRowWindow } from '../../src/components/ChatMessageList/useRowWindow.ts'
import { changedPart } from '../../src/composables/message-changes.ts'
import type { ChatMessage } from '../../src/core/index.ts'
import { listed } from './support/rows.ts'
import { message, NOON, own } from './support/samples.ts'

const list = (from: number, to: number): ChatMessage[] => Array.from({ length: to - from }, (_, index) => message(from + index))

describe('rows that are built again and again', () => {
  /** Any change of a list: a part of it in place of another part, at a few hours' distance, by three people. */
  const someMessage = fc.record({ id: fc.integer({ min: 0, max: 40 }), hours: fc.integer({ min: 0, max: 60 }), author: fc.integer({ min: 0, max: 2 }) })
  const toMessage = ({ id, hours, author }: { id: number; hours: number; author: number }): ChatMessage =>
    message(id, { createdAt: NOON + hours * 3_600_000, author: { id: String(author), name: 'A' } })
  const step = fc.record({ at: fc.nat(30), remove: fc.nat(5), add: fc.array(someMessage, { maxLength: 6 }), gap: fc.option(fc.nat(40)) })

  it('[LV21] are the same as rows that are built at once, whatever changes, and keep what did not', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const build = createRowBuilder()
        let messages: readonly ChatMessage[] = []
        for (const { at, remove, add, gap } of steps) {
          const start = Math.min(at, messages.length)
          const known = new Set(messages.map(({ key }) => key))
          const fresh = add.map(toMessage).filter(({ key }, index, all) => !known.has(key) && all.findIndex((other) => other.key === key) === index)
          messages = [...messages.slice(0, start), ...fresh, ...messages.slice(start + remove)]
          const gaps = gap === null ? [] : [gap]
          const rows = build(messages, { gaps })
          expect(listed(rows)).toEqual(listed(createRowBuilder()(messages, { gaps })))
          expect(build(messages, { gaps })).toBe(rows)
        }
      }),
    )
  })

  it('[LV21] look at the neighbours of a change only', () => {
    const read = new Set<number>()
    const messages = list(0, 1_000).map(
      (row, index) => new Proxy(row, { get: (target, name) => (read.add(index), Reflect.get(target, name)) }),
    )
    const build = createRowBuilder()
    build(messages)
    expect(read.size).toBe(1_000)
    read.clear()
    const rows = build([...messages.slice(0, 500), message(500, { body: 'edited' }), ...messages.slice(501)])
    expect([...read].sort((a, b) => a - b)).toEqual([498, 499, 501])
    // The day comes first.
    expect(rows.at(502)).toMatchObject({ position: 'middle' })
    expect([...read].sort((a, b) => a - b)).toEqual([498, 499, 501, 502])
  })

  it('[LV5] a line stands above the first unread message and ends the group', () => {
    const rows = listed(createRowBuilder()(list(0, 5), { unread: { key: 'general:3', count: 2 } }))
    expect(rows.map((row) => row.kind)).toEqual(['day', 'message', 'message', 'message', 'unread', 'message', 'message'])
    expect(rows[3]).toMatchObject({ position: 'last' })
    expect(rows[5]).toMatchObject({ position: 'first' })
  })
})

describe('the part of a list that changed', () => {
  it('[LV21] is found from both ends', () => {
    expect(changedPart([1, 2, 3, 4], [1, 9, 8, 3, 4])).toEqual({ start: 1, endBefore: 2, endNow: 3 })
    expect(changedPart([1, 1], [1, 1, 1])).toEqual({ start: 2, endBefore: 2, endNow: 3 })
    expect(changedPart([], [1])).toEqual({ start: 0, endBefore: 0, endNow: 1 })
    expect(changedPart([1], [])).toEqual({ start: 0, endBefore: 1, endNow: 0 })
  })
})

describe('heights of rows', () => {
  const known = (sizes: ReturnType<typeof createRowSizes>): number[] => Array.from({ length: sizes.length }, (_, index) => sizes.at(index))

  it('[LV22] keep their row when others are put in or taken out, anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(20), remove: fc.nat(4), add: fc.array(fc.constantFrom(UNMEASURED, 30, 70), { maxLength: 4 }) })),
        (steps) => {
          const sizes = createRowSizes()
          let model: number[] = []
          for (const { at, remove, add } of steps) {
            const start = Math.min(at, model.length)
            const removed = Math.min(remove, model.length - start)
            sizes.splice(start, removed, add)
            model = [...model.slice(0, start), ...add, ...model.slice(start + removed)]
            expect(known(sizes)).toEqual(model)
          }
        },
      ),
    )
  })

  it('[LV22] of rows that were never drawn are those of the others, once a view of them was measured', () => {
    const sizes = createRowSizes()
    sizes.splice(0, 0, Array.from({ length: 100 }, () => UNMEASURED))
    sizes.measure([[98, 60], [99, 80], [97, 60]], 100)
    expect(sizes.offset(97)).toBe(97 * 60)
    expect(sizes.total()).toBe(97 * 60 + 200)
    expect(sizes.find(61)).toBe(1)
    expect(sizes.range(-50, 130)).toEqual([0, 2])
  })

  it('[LV22] a row that is not there yet does no harm', () => {
    const sizes = createRowSizes()
    sizes.splice(0, 0, [30, 30])
    expect(sizes.offset(9)).toBe(60)
    sizes.splice(2, 0, [UNMEASURED])
    expect(sizes.total()).toBeGreaterThan(60)
  })

  it('[LV22] an empty list has no range', () => {
    expect(createRowSizes().range(0, 100)).toEqual([0, -1])
  })
})

describe('the rows around the view', () => {
  it('[LV22] may be looked at before the heights of new rows are known', () => {
    const keys = (count: number) => {
      const all = Array.from({ length: count }, (_, index) => ({ key: String(index) }))
      return { length: count, at: (index: number) => all[index], findKey: (key: string) => all.findIndex((row) => row.key === key) }
    }
    const rows = shallowRef(keys(500))
    const around = useRowWindow({
      rows: () => rows.value,
      isVirtual: () => true,
      isAnchor: () => true,
      isSame: (a, b) => a.key === b.key,
      changed: (before, now) => ({ start: before.length, endBefore: before.length, endNow: now.length }),
      scroller: shallowRef(null),
      list: shallowRef(null),
    })
    const total = (): number => around.rendered.value.reduce((sum, row) => sum + ('height' in row ? row.height : 0), 0)
    around.sync()
    around.aim('end')
    const before = total()
    expect(before).toBeGreaterThan(1_000)
    rows.value = keys(540)
    expect(Number.isFinite(total())).toBe(true)
    around.sync()
    around.aim('end')
    expect(total()).toBeGreaterThan(before)
    expect(around.rendered.value.at(-1)).toEqual({ key: '539' })
  })
})

describe('the unread line', () => {
  it('[LV5] counts messages of others from the end, and stays where it is while new ones come', () => {
    const first = findUnread([...list(0, 4), own('a', 'sent')], { count: 2, after: undefined }, undefined)
    expect(first).toMatchObject({ key: 'general:2', count: 2 })
    expect(findUnread([...list(0, 4), own('a', 'sent'), ...list(4, 9)], { count: 2, after: undefined }, first)).toBe(first)
  })

  it('[LV5] goes with an own message, and is above all of them when all are unread', () => {
    const first = findUnread(list(0, 4), { count: 9, after: undefined }, undefined)
    expect(first).toMatchObject({ key: 'general:0', count: 9 })
    expect(findUnread([...list(0, 4), own('a')], { count: 9, after: undefined }, first)?.key).toBe('')
    expect(findUnread([own('a', 'sent')], { count: 3, after: undefined }, undefined)?.key).toBe('')
    expect(findUnread(list(0, 4), { count: 0, after: undefined }, undefined)).toBeUndefined()
    expect(findUnread([], { count: 4, after: undefined }, undefined)).toBeUndefined()
  })
})

describe('a list that is changed in place', () => {
  it('[LV18] is another one after each push, splice and replacement', async () => {
    const messages = reactive([message(1)])
    const seen: number[] = []
    const scope = effectScope()
    scope.run(() => watch(() => snapshot(messages), (now) => seen.push(now.length)))
    for (const act of [() => messages.push(message(2)), () => messages.splice(0, 1), () => (messages[0] = message(3))]) {
      act()
      await nextTick()
    }
    scope.stop()
    expect(seen).toEqual([2, 1, 1])
  })
})

describe('going to a message', () => {
  const setup = (pages: number, isEmpty = false) => {
    const messages = shallowRef<readonly ChatMessage[]>(list(100, 110))
    const isLoading = shallowRef(false)
    const held: string[] = []
    let asked = 0
    const scope = effectScope()
    const jump = scope.run(() =>
      useMessageJump({
        messages: () => messages.value,
        scroller: shallowRef(null),
        hold: ({ key }) => held.push(key),
        focus: () => {},
        canLoadOlder: () => asked < pages,
        isLoadingOlder: () => isLoading.value,
        loadOlder() {
          asked += 1
          isLoading.value = true
          void nextTick(() => {
            const first = messages.value[0]!.seq!
            if (!isEmpty) messages.value = [...list(first - 10, first), ...messages.value]
            isLoading.value = false
          })
        },
      }),
    )!
    return { jump, held, asked: () => asked, messages, scope }
  }

  it('[LV6] loads no page for what is there, nor for what cannot be further up', async () => {
    const { jump, held, asked } = setup(9)
    expect(await jump.scrollToMessage(105)).toBe(true)
    expect(await jump.scrollToMessage(999)).toBe(false)
    expect([held, asked()]).toEqual([['general:105'], 0])
  })

  it('[LV6] loads as many pages as it takes, and no more than allowed', async () => {
    const { jump, asked } = setup(9)
    expect(await jump.scrollToMessage('general:75')).toBe(true)
    expect(asked()).toBe(3)
    expect(await jump.scrollToMessage('general:1', { maxPages: 2 })).toBe(false)
    expect(asked()).toBe(5)
  })

  it('[LV6] ends when a page brings nothing', async () => {
    const { jump, asked } = setup(9, true)
    expect(await jump.scrollToMessage('general:75')).toBe(false)
    expect(asked()).toBe(1)
  })

  it('[LV6] the last message that was asked for wins', async () => {
    const { jump, held } = setup(9)
    const first = jump.scrollToMessage('general:75')
    expect(await jump.scrollToMessage('general:101')).toBe(true)
    expect(await first).toBe(false)
    expect(held).toEqual(['general:101'])
  })
})
