/** A row and where it is to stay. */
export interface HeldRow {
  readonly key: string
  /** Distance of its top from the top of the view, in pixels. */
  readonly offset: number
}

export interface MeasuredRow extends HeldRow {
  readonly element: HTMLElement
}

/** A few rows are enough: one of them survives whatever is taken away. */
const ROWS = 12

/** Rows that start lower than this part of the view say little about what is being read. */
const READ_PART = 0.75

/**
 * The rows in view. What is being read, to be held still: first those that start in view, from the top, because
 * a row that is cut off by the top may grow or go above what is being read.
 */
export const measureRows = (
  scroller: HTMLElement | null | undefined,
  content: HTMLElement | null | undefined,
): readonly MeasuredRow[] => {
  if (!scroller || !content) return []
  const rows = content.querySelectorAll<HTMLElement>('[data-key]')
  const view = scroller.getBoundingClientRect()
  const measured: MeasuredRow[] = []
  for (let index = firstBelow(rows, view.top); index < rows.length && measured.length < ROWS; index++) {
    const element = rows[index]!
    const { top } = element.getBoundingClientRect()
    if (top >= view.bottom && measured.length > 0) break
    measured.push({ key: element.dataset['key']!, element, offset: top - view.top })
  }
  const isRead = ({ offset }: MeasuredRow): boolean => offset >= 0 && offset <= view.height * READ_PART
  return [...measured.filter(isRead), ...measured.filter((row) => !isRead(row))]
}

export const offsetIn = (scroller: HTMLElement, element: HTMLElement): number =>
  element.getBoundingClientRect().top - scroller.getBoundingClientRect().top

export const distanceToEnd = (element: HTMLElement): number => element.scrollHeight - element.clientHeight - element.scrollTop

export const prefersStillness = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** The nearest position that a screen can show. */
export const onScreen = (top: number): number => Math.round(top * devicePixelRatio) / devicePixelRatio

export const findByKey = (content: HTMLElement | null | undefined, key: string): HTMLElement | undefined =>
  content?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? undefined

/** Rows stand in order, so that a few measurements find the first one whose end is below `edge`. */
const firstBelow = (rows: NodeListOf<HTMLElement>, edge: number): number => {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.getBoundingClientRect().bottom <= edge) low = middle + 1
    else high = middle
  }
  return low
}
