import type { Attachment } from '../../core/index.ts'
import type { ChatLocale } from '../../locale/en.ts'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** "512 byte", "1.4 MB": the locale's way, in steps of 1,000 as file managers count. */
export const fileSize = (bytes: number, { tag }: ChatLocale): string => {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1_000 ** step
  const format = { style: 'unit', unit: UNITS[step]!, unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 } as const
  return new Intl.NumberFormat(tag, format).format(value)
}

/** A name without what would turn it around: `invoice[RLO]fdp.exe` looks like `invoiceexe.pdf`. */
export const plainName = (name: string): string => name.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')

/** The end of a name that is always shown: the extension and some letters before it. */
export const splitName = (name: string): readonly [start: string, end: string] => {
  const all = Array.from(plainName(name))
  const dot = all.lastIndexOf('.')
  const extension = dot > 0 && all.length - dot <= 12 ? all.length - dot : 0
  const end = Math.min(all.length, extension + 4)
  return all.length - end < 4 ? [all.join(''), ''] : [all.slice(0, -end).join(''), all.slice(-end).join('')]
}

/** What a file is called for people: its extension, or what its type says. */
export const fileKind = ({ name, type }: Pick<Attachment, 'name' | 'type'>): string =>
  (/\.(\w{1,8})$/u.exec(name)?.[1] ?? type.split('/')[1] ?? '').slice(0, 12).toUpperCase()

/** What a name promises, and the types that keep it. */
const PROMISES: readonly (readonly [extension: RegExp, type: RegExp])[] = [
  [/\.(png|jpe?g|gif|webp|avif)$/i, /^image\//],
  [/\.(mp[34]|webm|m4a|ogg|wav)$/i, /^(audio|video)\//],
  [/\.pdf$/i, /^application\/pdf$/],
]

/** A stored file whose name says one thing and whose type, which is found in its bytes, another. */
export const isMislabelled = ({ name, type, url }: Pick<Attachment, 'name' | 'type' | 'url'>): boolean =>
  url !== '' && PROMISES.some(([extension, is]) => extension.test(name) && !is.test(type))

export type FileShape = 'image' | 'video' | 'audio' | 'file'

const SHAPES: readonly (readonly [RegExp, FileShape])[] = [
  [/^image\/(png|jpeg|gif|webp|avif|bmp)$/, 'image'],
  [/^video\//, 'video'],
  [/^audio\//, 'audio'],
]

export const shapeOf = (type: string): FileShape => SHAPES.find(([is]) => is.test(type))?.[1] ?? 'file'

const MAX_WIDTH = 320
const MAX_HEIGHT = 320

export type PictureBox = Readonly<Record<'width' | 'aspectRatio', string>>

/** The place of a picture, before it is there. Very long ones are cropped. */
export const pictureBox = (width = 0, height = 0): PictureBox => {
  const ratio = width > 0 && height > 0 ? Math.min(3, Math.max(0.5, width / height)) : 1.5
  const shown = Math.min(Math.max(width || MAX_WIDTH, 96), MAX_WIDTH, MAX_HEIGHT * ratio)
  return { width: `${Math.round(shown)}px`, aspectRatio: String(Math.round(ratio * 1_000) / 1_000) }
}
