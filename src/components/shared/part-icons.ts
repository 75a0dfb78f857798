/** Icons of parts that are loaded later, and of those around a room. */
import { icon } from './icons.ts'

export const ReplyIcon = icon('M6.4 3.6 2.6 7.4l3.8 3.8', 'M2.8 7.4h6.4a4 4 0 0 1 4 4v1')
export const EditIcon = icon('m3 13 .7-3L10.6 3.1a1.3 1.3 0 0 1 1.9 0l.4.4a1.3 1.3 0 0 1 0 1.9L6 12.3Z')
export const BinIcon = icon('M2.8 4.4h10.4', 'M6.2 4.2V2.8h3.6v1.4', 'm4 4.6.6 8.6h6.8l.6-8.6')
export const CopyIcon = icon('M5.8 5.8h7.4v7.4H5.8Z', 'M10.2 5.6V2.8H2.8v7.4h2.8')
export const SmileIcon = icon('M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2Z', 'M5.6 9.4a2.8 2.8 0 0 0 4.8 0', 'M6 6.4v.1', 'M10 6.4v.1')
export const MoreIcon = icon('M3.2 8h.1', 'M8 8h.1', 'M12.8 8h.1')
export const FileIcon = icon('M9.2 2.2H4.6A1.2 1.2 0 0 0 3.4 3.4v9.2a1.2 1.2 0 0 0 1.2 1.2h6.8a1.2 1.2 0 0 0 1.2-1.2V5.6Z', 'M9.2 2.2v3.4h3.4')
export const NextIcon = icon('m6 3.6 4.4 4.4L6 12.4')
export const CloseIcon = icon('m4 4 8 8', 'm12 4-8 8')
export const PlusIcon = icon('M8 3v10', 'M3 8h10')
export const LockIcon = icon('M4 7.2h8v5.6H4Z', 'M5.6 7V5.2a2.4 2.4 0 0 1 4.8 0V7')
export const BackIcon = icon('M9.8 3.4 5.2 8l4.6 4.6')
export const TakeOutIcon = icon('M6 7.4a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z', 'M1.8 13c0-2.2 1.8-3.8 4.2-3.8s4.2 1.6 4.2 3.8', 'M10.6 6.6h3.8')
export const PeopleIcon = icon('M6 7.4a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z', 'M1.8 13c0-2.2 1.8-3.8 4.2-3.8s4.2 1.6 4.2 3.8', 'M10.4 3a2.2 2.2 0 0 1 0 4.2', 'M11.6 9.4c1.6.3 2.7 1.7 2.7 3.6')
export const OfflineIcon = icon(
  'M2 2l12 12',
  'M8 12.6v.1',
  'M5.7 10a3.4 3.4 0 0 1 4.2-.3',
  'M3.4 7.5A6.8 6.8 0 0 1 5.6 6.2',
  'M8 5.6a6.8 6.8 0 0 1 4.6 1.9',
  'M1.4 5.2A9.6 9.6 0 0 1 3.2 4',
  'M6.2 3a9.6 9.6 0 0 1 8.4 2.2',
)
