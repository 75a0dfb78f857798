/** Which seqs of a log are known: ranges that do not touch, ascending. */
export type Span = readonly [from: number, to: number]

/** Index of the first range that ends at or after `seq`. */
const find = (spans: readonly Span[], seq: number): number => {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (spans[middle]![1] < seq) low = middle + 1
    else high = middle
  }
  return low
}

export const hasSeq = (spans: readonly Span[], seq: number): boolean => {
  const span = spans[find(spans, seq)]
  return span !== undefined && span[0] <= seq
}

/** Adds `seq` in place. @returns whether it was new */
export const addSeq = (spans: Span[], seq: number): boolean => {
  const at = find(spans, seq)
  const above = spans[at]
  if (above && above[0] <= seq) return false
  const below = spans[at - 1]
  const joinsBelow = below?.[1] === seq - 1
  const joinsAbove = above?.[0] === seq + 1
  if (joinsBelow && joinsAbove) spans.splice(at - 1, 2, [below[0], above[1]])
  else if (joinsBelow) spans[at - 1] = [below[0], seq]
  else if (joinsAbove) spans[at] = [seq, above[1]]
  else if (above) spans.splice(at, 0, [seq, seq])
  else spans.push([seq, seq])
  return true
}

/** The newest known seq below `seq`. */
export const seqBelow = (spans: readonly Span[], seq: number): number | undefined => {
  const at = find(spans, seq)
  const span = spans[at]
  return span && span[0] < seq ? seq - 1 : spans[at - 1]?.[1]
}

/** The oldest known seq above `seq`. */
export const seqAbove = (spans: readonly Span[], seq: number): number | undefined => {
  const span = spans[find(spans, seq + 1)]
  return span && Math.max(span[0], seq + 1)
}

/** The ranges without the seqs from `from` to before `to`. */
export const cutSpans = (spans: readonly Span[], from: number, to: number): Span[] =>
  spans.flatMap(([first, last]) => {
    if (from >= to || last < from || first >= to) return [[first, last] as const]
    const parts: Span[] = []
    if (first < from) parts.push([first, from - 1])
    if (last >= to) parts.push([to, last])
    return parts
  })
