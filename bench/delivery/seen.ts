/** What stood on a screen or in a log, held against what was said. */

export interface Seen {
  /** Everything that was ever there. */
  readonly bodies: readonly string[]
  /** What was there more than once at the same time. */
  readonly doubled: readonly string[]
  /** What stood below something that its author said later. */
  readonly disordered: readonly string[]
}

export interface ListWatch {
  /** The list is this one now. */
  look(list: readonly string[]): void
  seen(): Seen
}

/** `A 17` is the 17th that A said. */
const parse = (body: string): readonly [author: string, number: number] => {
  const [author = '', number] = body.split(' ')
  return [author, Number(number)]
}

export const watchList = (): ListWatch => {
  const bodies = new Set<string>()
  const doubled = new Set<string>()
  const disordered = new Set<string>()
  return {
    look(list) {
      const now = new Set<string>()
      const last = new Map<string, number>()
      for (const body of list) {
        const [author, number] = parse(body)
        const before = last.get(author) ?? 0
        if (now.has(body)) doubled.add(body)
        else if (number < before) disordered.add(body)
        now.add(body)
        bodies.add(body)
        last.set(author, Math.max(before, number))
      }
    },
    seen: () => ({ bodies: [...bodies], doubled: [...doubled], disordered: [...disordered] }),
  }
}

export interface Tally {
  readonly lost: number
  readonly doubled: number
  readonly disordered: number
}

/**
 * One author's messages, over all the pages on which they could have been seen. A page that was loaded anew starts with
 * an empty screen: what it shows again is not doubled, and what an earlier page showed is not lost.
 */
export const tally = (author: string, said: readonly string[], pages: readonly Seen[]): Tally => {
  const ofAuthor = (list: readonly string[]): readonly string[] => list.filter((body) => parse(body)[0] === author)
  const there = new Set(pages.flatMap(({ bodies }) => bodies))
  return {
    lost: said.filter((body) => !there.has(body)).length,
    doubled: new Set(pages.flatMap(({ doubled }) => ofAuthor(doubled))).size,
    disordered: new Set(pages.flatMap(({ disordered }) => ofAuthor(disordered))).size,
  }
}

/** Neighbours of a list of numbers taken together: `3–7`. */
export const ranges = (numbers: readonly number[]): readonly string[] => {
  const found: [first: number, last: number][] = []
  for (const number of numbers) {
    const open = found.at(-1)
    if (open && open[1] === number - 1) open[1] = number
    else found.push([number, number])
  }
  return found.map(([first, last]) => (first === last ? String(first) : `${String(first)}–${String(last)}`))
}
