import { isReactive, toRaw } from 'vue'

/** A list that is changed in place is another list each time, so that what changed can be seen. */
export const snapshot = <Item>(list: readonly Item[]): readonly Item[] => {
  if (!isReactive(list)) return list
  // Any change of the array counts; looking at one entry is enough to be told of all.
  list.some(() => true)
  return toRaw(list).slice()
}
