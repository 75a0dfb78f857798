import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { ChangedPart } from '../../composables/message-changes.ts'
import type { RowWindow, RowWindowTarget } from '../../composables/row-window.ts'
import type { HeldRow } from '../../composables/scroll-anchor.ts'
import { createRowSizes, UNMEASURED } from './row-sizes.ts'

interface Keyed {
  readonly key: string
}

/** Stands for rows that are not in the DOM. */
export interface SpaceRow {
  readonly kind: 'space'
  readonly key: string
  /** In pixels. */
  readonly height: number
  readonly start: number
  readonly end: number
}

/** Rows in order, never changed in place. */
export interface RowList<Row extends Keyed> {
  readonly length: number
  at(index: number): Row | undefined
  /** -1: no such row. */
  findKey(key: string): number
}

export interface RowWindowOptions<Row extends Keyed, Rows extends RowList<Row>> {
  readonly rows: () => Rows
  /** Where two lists of rows differ, or may. */
  readonly changed: (before: Rows, now: Rows) => ChangedPart
  /** Whether rows out of view leave the DOM. */
  readonly isVirtual: () => boolean
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  /** Whether a row is a place to come back to; its key has to be its own for ever. */
  readonly isAnchor: (row: Row) => boolean
  /** Whether two rows of one key look the same. */
  readonly isSame: (a: Row, b: Row) => boolean
  /** Has one child per entry of `rendered`, in their order, with its key as `data-row`. */
  readonly list: Readonly<Ref<HTMLElement | null>>
}

export interface UseRowWindowReturn<Row extends Keyed> extends RowWindow {
  rows(): RowList<Row>
  /** What to draw, in order; the same objects for as long as they look the same. */
  readonly rendered: ComputedRef<readonly (Row | SpaceRow)[]>
  /** Key of a row that stays in the DOM wherever the view goes. */
  readonly kept: Ref<string | undefined>
  indexOf(key: string): number
  /** Index of the row that is this far from another one, in pixels; heights of rows that were never drawn are estimates. */
  indexAway(from: number, distance: number): number
}

/**
 * Drawn beyond each end of the view, in pixels: at least what a frame of fast scrolling may need. More is left alone up to
 * a limit, so that not every row that comes or is scrolled to draws and takes away others.
 */
const OVERSCAN = { least: 240, usual: 400, most: 800 }
/** Before the view was measured. */
const USUAL_VIEW = 800

/**
 * The rows around the view, in normal flow between spaces that stand for the others. The heights of drawn rows are
 * read as soon as they are drawn, so that nothing is ever shown at an estimated place.
 */
export const useRowWindow = <Row extends Keyed, Rows extends RowList<Row>>(options: RowWindowOptions<Row, Rows>): UseRowWindowReturn<Row> => {
  const { rows, changed, isVirtual, isAnchor, isSame, scroller, list } = options
  const sizes = createRowSizes()
  const range = shallowRef<readonly [start: number, end: number]>([0, 0])
  const kept = shallowRef<string>()
  let taken: Rows | undefined
  let keptAt = -1
  let wasVirtual = false
  let height = USUAL_VIEW
  /** What was drawn when the heights were read last. */
  let read: ReadonlySet<unknown> = new Set()

  /** As it was measured last: to ask for it in the midst of a change would lay out the page. */
  const viewHeight = (): number => height
  const between = (start: number, end: number): number => sizes.offset(end) - sizes.offset(start)
  const space = (start: number, end: number): SpaceRow => ({
    kind: 'space',
    // Each stays on its side of the kept row: a row that is moved in the DOM would lose the focus.
    key: `space:${start === 0 ? 'first' : end === taken?.length ? 'last' : end === keptAt ? 'to-kept' : 'from-kept'}`,
    height: between(start, end),
    start,
    end,
  })

  const indexOf = (key: string, near = 0): number => {
    const all = rows()
    if (all.at(near)?.key === key) return near
    // Mostly it is about what is drawn.
    const [start, end] = range.value
    for (let index = start; index < end; index++) if (all.at(index)?.key === key) return index
    return all.findKey(key)
  }

  const indexes = computed<readonly number[]>(() => {
    const { length } = rows()
    const [start, end] = isVirtual() ? range.value : [0, length]
    const inside = Array.from({ length: Math.max(0, Math.min(end, length) - start) }, (_, index) => start + index)
    if (!isVirtual() || kept.value === undefined) return inside
    keptAt = indexOf(kept.value, keptAt)
    if (keptAt < 0 || (keptAt >= start && keptAt < end)) return inside
    return keptAt < start ? [keptAt, ...inside] : [...inside, keptAt]
  })

  const rendered = computed<readonly (Row | SpaceRow)[]>((before) => {
    const all = rows()
    const known = new Map(before?.map((piece) => [piece.key, piece]))
    const pieces: (Row | SpaceRow)[] = []
    let next = 0
    for (const index of indexes.value) {
      if (index > next) pieces.push(space(next, index))
      const row = all.at(index)!
      const old = known.get(row.key)
      pieces.push(old && !isSpace(old) && isSame(old, row) ? old : row)
      next = index + 1
    }
    if (next < all.length) pieces.push(space(next, all.length))
    return pieces
  })

  const sync = (): void => {
    const now = rows()
    // Rows that leave the DOM for the first time leave their heights behind.
    if (isVirtual() && !wasVirtual) measureAll()
    wasVirtual = isVirtual()
    if (now === taken) return
    const before = taken
    taken = now
    let { start, endBefore, endNow } = before ? changed(before, now) : { start: 0, endBefore: 0, endNow: now.length }
    // Another row of the same key keeps its height.
    while (start < endBefore && start < endNow && before!.at(start)!.key === now.at(start)!.key) start += 1
    while (endBefore > start && endNow > start && before!.at(endBefore - 1)!.key === now.at(endNow - 1)!.key) {
      endBefore -= 1
      endNow -= 1
    }
    if (start === endBefore && start === endNow) return
    const heights = new Map<string, number>()
    for (let index = start; index < endBefore; index++) heights.set(before!.at(index)!.key, sizes.at(index))
    const added = new Array<number>(endNow - start).fill(UNMEASURED)
    if (heights.size > 0) added.forEach((_, index) => (added[index] = heights.get(now.at(start + index)!.key) ?? UNMEASURED))
    sizes.splice(start, endBefore - start, added)
    follow(endBefore, endNow - endBefore)
  }

  /** What was drawn below a change is drawn on. */
  const follow = (end: number, moved: number): void => {
    const [from, to] = range.value
    if (moved !== 0 && end <= from) setRange(from + moved, to + moved)
  }

  const setRange = (start: number, end: number): void => {
    const [oldStart, oldEnd] = range.value
    if (start !== oldStart || end !== oldEnd) range.value = [start, end]
  }

  const show = (top: number, bottom: number): void => {
    const [start, end] = range.value
    const beyond = (pixels: number): readonly [start: number, end: number] => {
      const [first, last] = sizes.range(top - pixels, bottom + pixels)
      return [first, last + 1]
    }
    const least = beyond(OVERSCAN.least)
    const most = beyond(OVERSCAN.most)
    const usual = beyond(OVERSCAN.usual)
    const isFar = end <= least[0] || start >= least[1]
    setRange(
      isFar || start > least[0] || start < most[0] ? usual[0] : start,
      isFar || end < least[1] || end > most[1] ? usual[1] : end,
    )
  }

  /** Distance of the rows' start from the top of the view. */
  const listOffset = (): number =>
    (list.value?.getBoundingClientRect().top ?? 0) - (scroller.value?.getBoundingClientRect().top ?? 0)

  const aim = (target: RowWindowTarget): boolean => {
    if (!isVirtual()) return target === 'end' || 'from' in target || indexOf(target.key) >= 0
    if (isAhead()) return true
    const total = sizes.total()
    if (target === 'end') show(total - height, total)
    else if ('from' in target) show(-listOffset(), target.toEnd ? total : -listOffset() + height)
    else {
      const index = indexOf(target.key, range.value[0])
      if (index < 0) return false
      const top = sizes.offset(index) - target.offset
      show(top, top + height)
    }
    return true
  }

  /** The element of a piece; none while what is to be drawn is ahead of what was drawn. */
  const elementAt = (child: number, { key }: Keyed): HTMLElement | undefined => {
    const element = list.value?.children[child] as HTMLElement | undefined
    return element?.dataset['row'] === key ? element : undefined
  }

  const measureChildren = (pieces: readonly (Keyed | SpaceRow)[], isPart = false): void => {
    const view = scroller.value?.clientHeight
    if (!view) return
    height = view
    const found: [number, number][] = []
    let index = 0
    pieces.forEach((piece, child) => {
      if (isSpace(piece)) {
        index = piece.end
        return
      }
      const height = isPart && read.has(piece) ? undefined : elementAt(child, piece)?.getBoundingClientRect().height
      if (height !== undefined && !sizes.has(index, height)) found.push([index, height])
      index += 1
    })
    if (found.length > 0) sizes.measure(found, view)
    read = new Set(pieces)
  }

  const measureAll = (): void => measureChildren(Array.from({ length: taken?.length ?? 0 }, (_, index) => taken!.at(index)!))

  /** Between a change and its flush the rows are ahead of their heights. */
  const isAhead = (): boolean => rows() !== taken

  const measure = (isPart?: boolean): void => {
    if (!isVirtual() || isAhead()) {
      height = scroller.value?.clientHeight || height
      return
    }
    measureChildren(rendered.value, isPart)
    // A better estimate changes the spaces too.
    const isStale = rendered.value.some((piece) => isSpace(piece) && piece.height !== between(piece.start, piece.end))
    if (isStale) range.value = [...range.value]
  }

  const elementOf = (key: string): HTMLElement | undefined => {
    const at = rendered.value.findIndex((row) => row.key === key)
    return at < 0 ? undefined : elementAt(at, rendered.value[at]!)
  }

  return {
    rendered,
    plan: () => [range.value, kept.value],
    kept,
    rows,
    sync,
    aim,
    measure,
    nudge(pixels) {
      if (list.value) list.value.style.marginBlockStart = `${pixels}px`
    },
    elementOf,
    indexOf,
    isVirtual,
    indexAway(from, distance) {
      if (!isVirtual()) measureAll()
      return sizes.find(sizes.offset(from) + distance)
    },
    unrendered() {
      if (!isVirtual() || isAhead() || !taken?.length) return undefined
      const top = -listOffset()
      const index = sizes.find(top)
      const [start, end] = range.value
      // Part of the view is enough to hold on to; the rest of it would be guessed.
      if (index < end && sizes.offset(start) < top + viewHeight()) return undefined
      const near: HeldRow[] = []
      for (let at = index; at < index + 4; at++) {
        const row = taken.at(at)
        if (row && isAnchor(row)) near.push({ key: row.key, offset: sizes.offset(at) - top })
      }
      return near
    },
  }
}

const isSpace = (piece: Keyed | SpaceRow): piece is SpaceRow => 'kind' in piece && piece.kind === 'space'
