/**
 * Pixels of a picture, read from its head, so that its place is kept before it is loaded. Every number in a file may lie:
 * each offset is checked, nothing is allocated by what a file says, and each step goes forward.
 */

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** What browsers can show at all; more is a lie or a trap. */
const MAX_SIDE = 65_535

const sizeOf = (width: number, height: number): ImageSize | undefined =>
  width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE ? { width, height } : undefined

type Reader = (view: DataView) => ImageSize | undefined

const tag = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))

const png: Reader = (view) => (tag(view, 12) === 'IHDR' ? sizeOf(view.getUint32(16), view.getUint32(20)) : undefined)

const gif: Reader = (view) => sizeOf(view.getUint16(6, true), view.getUint16(8, true))

/** Whether the EXIF note says that the picture lies on its side, as photos of telephones do. */
const isOnItsSide = (view: DataView, start: number, end: number): boolean => {
  if (end - start < 14 || tag(view, start) !== 'Exif') return false
  const tiff = start + 6
  const order = view.getUint16(tiff)
  if (order !== 0x4949 && order !== 0x4d4d) return false
  const isLittle = order === 0x4949
  const list = tiff + view.getUint32(tiff + 4, isLittle)
  if (list + 2 > end) return false
  const count = view.getUint16(list, isLittle)
  for (let i = 0; i < count; i++) {
    const entry = list + 2 + i * 12
    if (entry + 12 > end) return false
    if (view.getUint16(entry, isLittle) === 0x0112) return view.getUint16(entry + 8, isLittle) >= 5 && view.getUint16(entry + 8, isLittle) <= 8
  }
  return false
}

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

const jpeg: Reader = (view) => {
  let at = 2
  let isTurned = false
  while (at + 4 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = view.getUint16(at + 2)
    if (length < 2) return undefined
    if (isFrame(marker)) {
      const height = view.getUint16(at + 5)
      const width = view.getUint16(at + 7)
      return isTurned ? sizeOf(height, width) : sizeOf(width, height)
    }
    if (marker === 0xda || marker === 0xd9) return undefined
    const end = at + 2 + length
    if (marker === 0xe1 && end <= view.byteLength) isTurned ||= isOnItsSide(view, at + 4, end)
    at = end
  }
  return undefined
}

const uint24 = (view: DataView, at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)

const webp: Reader = (view) => {
  switch (tag(view, 12)) {
    case 'VP8X':
      return sizeOf(uint24(view, 24) + 1, uint24(view, 27) + 1)
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return sizeOf((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
    }
    case 'VP8 ':
      return sizeOf(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff)
    default:
      return undefined
  }
}

/** Boxes of ISO base media that lead to `ispe`, and the bytes of each before its first child. */
const PATH: Readonly<Record<string, number>> = { meta: 12, iprp: 8, ipco: 8 }

const avif: Reader = (view) => {
  let best: ImageSize | undefined
  let isTurned = false
  const walk = (start: number, end: number, depth: number): void => {
    let at = start
    while (at + 8 <= end) {
      const length = view.getUint32(at)
      const name = tag(view, at + 4)
      const last = length === 0 ? end : at + length
      if (length !== 0 && (length < 8 || last > end)) return
      if (name === 'ispe' && at + 20 <= last) {
        const size = sizeOf(view.getUint32(at + 12), view.getUint32(at + 16))
        // A picture may consist of tiles; the biggest one is the whole.
        if (size && size.width * size.height > (best ? best.width * best.height : 0)) best = size
      } else if (name === 'irot' && at + 9 <= last) isTurned = view.getUint8(at + 8) % 2 === 1
      const inner = PATH[name]
      if (inner !== undefined && depth < 4) walk(at + inner, last, depth + 1)
      at = last
    }
  }
  walk(0, view.byteLength, 0)
  return best && isTurned ? sizeOf(best.height, best.width) : best
}

const READERS: Readonly<Record<string, Reader>> = { 'image/png': png, 'image/gif': gif, 'image/jpeg': jpeg, 'image/webp': webp, 'image/avif': avif }

/** The size as it is shown, turned where the picture says so. Undefined where the head does not tell. Never throws. */
export const imageSize = (type: string, head: Uint8Array): ImageSize | undefined => {
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined
  try {
    return read?.(new DataView(head.buffer, head.byteOffset, head.byteLength))
  } catch {
    // A DataView throws at its end, and nowhere else.
    return undefined
  }
}
