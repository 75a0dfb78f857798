/** Whether a file may be attached; asked before anything leaves, and told with what to do. */
import type { AttachmentLimits, FileFault } from './types.ts'

export const DEFAULT_MAX_SIZE = 10 * 1024 * 1024
export const DEFAULT_MAX_COUNT = 10

/** As browsers read the `accept` of a file input. Nothing given takes everything. */
export const isAccepted = ({ name, type }: Pick<File, 'name' | 'type'>, accept = ''): boolean => {
  const wanted = accept.split(',').map((each) => each.trim().toLowerCase()).filter((each) => each !== '')
  const kind = type.toLowerCase()
  return (
    wanted.length === 0 ||
    wanted.some((each) => {
      if (each.startsWith('.')) return name.toLowerCase().endsWith(each)
      return each === '*/*' || each === kind || (each.endsWith('/*') && kind.startsWith(each.slice(0, -1)))
    })
  )
}

/** @param count files that are there already */
export const fileFault = (file: Pick<File, 'name' | 'type' | 'size'>, { maxSize = DEFAULT_MAX_SIZE, maxCount = DEFAULT_MAX_COUNT, accept }: AttachmentLimits, count = 0): FileFault | undefined => {
  if (!isAccepted(file, accept)) return 'file_type'
  // A folder that was dropped is such a file too.
  if (file.size === 0) return 'file_empty'
  if (file.size > maxSize) return 'file_too_big'
  return count >= maxCount ? 'file_count' : undefined
}
