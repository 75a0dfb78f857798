/** How far we are in a room. */
export interface OwnMark {
  readonly read?: number
  readonly received?: number
}

/** What goes furthest of both; `before` itself when `now` goes nowhere. */
export const further = (before: OwnMark | undefined, now: OwnMark): OwnMark | undefined => {
  const isFurther = (name: keyof OwnMark): boolean => now[name] !== undefined && now[name] > (before?.[name] ?? 0)
  if (!isFurther('read') && !isFurther('received')) return before
  return { ...before, ...(isFurther('read') && { read: now.read! }), ...(isFurther('received') && { received: now.received! }) }
}
