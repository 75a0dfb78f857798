/** Whether two lists of flat objects say the same, so that the old one can stay and nothing renders again. */
export const isSameList = <T extends object>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, index) => isSame(item, b[index]!))

const isSame = <T extends object>(a: T, b: T): boolean =>
  (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key])
