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

/** Neighbours, added up. */
interface Chunk {
  length: number
  /** Undefined while none of them was measured. */
  heights: number[] | undefined
  /** Of those that were measured. */
  sum: number
  measured: number
}

const CHUNK = 512
/** Before anything was measured, in pixels. */
const FIRST_GUESS = 64

const chunkOf = (heights: number[]): Chunk => {
  const known = heights.filter((height) => height !== UNMEASURED)
  return {
    length: heights.length,
    heights: known.length > 0 ? heights : undefined,
    sum: known.reduce((a, b) => a + b, 0),
    measured: known.length,
  }
}

const heightsOf = ({ length, heights }: Chunk): readonly number[] => heights ?? new Array<number>(length).fill(UNMEASURED)

const chunksOf = (heights: readonly number[]): Chunk[] => {
  const parts = Math.ceil(heights.length / CHUNK)
  const size = Math.ceil(heights.length / parts)
  return Array.from({ length: parts }, (_, part) => chunkOf(heights.slice(part * size, (part + 1) * size)))
}

/** In chunks, so that a change costs what a chunk costs, and a position the number of chunks, whatever the length. */
export const createRowSizes = (length = 0): RowSizes => {
  const chunks = chunksOf(new Array<number>(length).fill(UNMEASURED))
  let count = length
  let usual = FIRST_GUESS
  let isGuess = true

  const heightOf = (chunk: Chunk): number => chunk.sum + (chunk.length - chunk.measured) * usual
  const inside = (chunk: Chunk, index: number): number => {
    const height = chunk.heights?.[index] ?? UNMEASURED
    return height === UNMEASURED ? usual : height
  }

  /** The chunk with this index; the last one for the end. */
  const locate = (index: number): { readonly at: number; readonly first: number } => {
    let first = 0
    let at = 0
    while (at < chunks.length - 1 && first + chunks[at]!.length <= index) first += chunks[at++]!.length
    return { at, first }
  }

  const at: RowSizes['at'] = (index) => {
    const { at, first } = locate(index)
    return chunks[at]?.heights?.[index - first] ?? UNMEASURED
  }

  const find: RowSizes['find'] = (offset) => {
    let top = 0
    let first = 0
    for (const chunk of chunks) {
      const height = heightOf(chunk)
      if (top + height > offset) {
        let index = 0
        for (; index < chunk.length - 1; index++) {
          top += inside(chunk, index)
          if (top > offset) break
        }
        return first + index
      }
      top += height
      first += chunk.length
    }
    return Math.max(0, count - 1)
  }

  const set = (index: number, height: number): void => {
    const { at, first } = locate(index)
    const chunk = chunks[at]!
    const heights = (chunk.heights ??= new Array<number>(chunk.length).fill(UNMEASURED))
    const before = heights[index - first]!
    if (before === UNMEASURED) chunk.measured += 1
    chunk.sum += height - (before === UNMEASURED ? 0 : before)
    heights[index - first] = height
  }

  return {
    get length() {
      return count
    },
    total: () => chunks.reduce((sum, chunk) => sum + heightOf(chunk), 0),
    offset(index) {
      let left = Math.min(index, count)
      let top = 0
      for (const chunk of chunks) {
        if (left >= chunk.length) {
          top += heightOf(chunk)
          left -= chunk.length
          continue
        }
        for (let inner = 0; inner < left; inner++) top += inside(chunk, inner)
        break
      }
      return top
    },
    find,
    range: (top, bottom) => (count === 0 ? [0, -1] : [find(Math.max(0, top)), find(Math.max(0, bottom))]),
    at,
    has: (index, height) => at(index) === height,
    measure(sizes, viewHeight) {
      for (const [index, height] of sizes) set(index, height)
      if (!isGuess) return
      if (chunks.reduce((sum, chunk) => sum + chunk.sum, 0) <= viewHeight) return
      isGuess = false
      const known = chunks.flatMap(({ heights = [] }) => heights.filter((height) => height !== UNMEASURED)).sort((a, b) => a - b)
      usual = known[known.length >> 1]!
    },
    splice(start, removed, added) {
      if (removed === 0 && added.length === 0) return
      count += added.length - removed
      const { at: from, first } = locate(start)
      const offset = start - first
      const touched: Chunk[] = []
      for (let length = 0; from + touched.length < chunks.length && (touched.length === 0 || length < offset + removed); ) {
        const chunk = chunks[from + touched.length]!
        touched.push(chunk)
        length += chunk.length
      }
      const [only] = touched
      const isBlank = removed === 0 && only !== undefined && !only.heights && added.every((height) => height === UNMEASURED)
      if (isBlank && only.length + added.length <= 2 * CHUNK) {
        only.length += added.length
        return
      }
      const heights = touched.flatMap(heightsOf)
      const now = heights.slice(0, offset).concat(added, heights.slice(offset + removed))
      chunks.splice(from, touched.length, ...(now.length > 2 * CHUNK ? chunksOf(now) : now.length > 0 ? [chunkOf(now)] : []))
    },
  }
}
