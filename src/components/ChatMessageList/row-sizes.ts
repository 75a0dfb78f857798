import { createListLayout as createLayout } from 'virtua/unstable_core'

/** Heights of the rows of a list, by index; a row that was never measured counts with the usual height of the others. */
export interface RowSizes {
  readonly length: number
  /** All rows together, in pixels. */
  total(): number
  /** From the start of the list to the top of this row, in pixels. */
  offset(index: number): number
  /** The row at this distance from the start. */
  find(offset: number): number
  /** First and last row between two distances. */
  range(top: number, bottom: number): readonly [first: number, last: number]
  /** @param viewHeight the estimate is made once, when more than a view was measured */
  measure(sizes: readonly (readonly [index: number, height: number])[], viewHeight: number): void
  /** The height of a row; UNMEASURED when it was never drawn. */
  at(index: number): number
  has(index: number, height: number): boolean
  /** Rows were put in or taken out; the others keep their heights. */
  splice(start: number, removed: number, added: readonly number[]): void
}

/** Stands for a height that was never measured. */
export const UNMEASURED = -1

/** What we use of virtua's arithmetic. Its declarations leave these out. */
interface ListLayout {
  $getLength(): number
  $getTotalSize(): number
  $getItemOffset(index: number): number
  $getItemSize(index: number): number
  $findIndex(offset: number): number
  $getRange(start: number, end: number): [number, number]
  $isSizeEqual(index: number, size: number): boolean
  $setItemSizes(sizes: readonly (readonly [number, number])[], viewportSize: number): void
  $setLength(length: number, isShift?: boolean): void
  $snapshot(): [sizes: number[], defaultSize?: number]
}

const createListLayout = createLayout as unknown as (
  length: number,
  itemSize?: number,
  snapshot?: [sizes: number[], defaultSize?: number],
) => ListLayout

/**
 * virtua keeps the heights and finds the ranges: constant cost per change at the ends, whatever the length.
 * It is used for nothing else, so that one place alone writes the scroll position.
 */
export const createRowSizes = (length = 0): RowSizes => {
  let layout = createListLayout(length)
  const isNew = (sizes: readonly number[]): boolean => sizes.every((size) => size === UNMEASURED)

  return {
    get length() {
      return layout.$getLength()
    },
    total: () => layout.$getTotalSize(),
    // Asked for more than there is, it would remember nonsense.
    offset: (index) => layout.$getItemOffset(Math.min(index, layout.$getLength())),
    find: (offset) => layout.$findIndex(offset),
    range: (top, bottom) => (layout.$getLength() === 0 ? [0, -1] : layout.$getRange(Math.max(0, top), Math.max(0, bottom))),
    at: (index) => (layout.$isSizeEqual(index, UNMEASURED) ? UNMEASURED : layout.$getItemSize(index)),
    has: (index, height) => layout.$isSizeEqual(index, height),
    measure: (sizes, viewHeight) => layout.$setItemSizes(sizes, viewHeight),
    splice(start, removed, added) {
      const length = layout.$getLength()
      const isAtEnd = start === length
      if (removed === 0 && added.length === 0) return
      if (removed === 0 && isNew(added) && (isAtEnd || start === 0)) {
        layout.$setLength(length + added.length, !isAtEnd)
        return
      }
      const [sizes, usual] = layout.$snapshot()
      const spliced = sizes.slice(0, start).concat(added, sizes.slice(start + removed))
      layout = createListLayout(spliced.length, undefined, usual === undefined ? [spliced] : [spliced, usual])
    },
  }
}
