/** What a file is, by its first bytes. What somebody says it is does not count. */

/** Bytes of the beginning that `sniff` and `imageSize` want to see; pictures may have long notes before their size. */
export const HEAD_BYTES = 256 * 1024

export const UNKNOWN_TYPE = 'application/octet-stream'
export const TEXT_TYPE = 'text/plain'

/** The types that `sniff` can find. */
export const KNOWN_TYPES = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'application/pdf',
  'application/zip',
  'video/mp4',
  'video/webm',
  'audio/mpeg',
  'audio/ogg',
  'audio/mp4',
  'audio/wav',
  TEXT_TYPE,
  UNKNOWN_TYPE,
] as const

/** Pictures of pixels only: they run nothing, so browsers may show them in place. SVG is text here. */
export const INLINE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']

const ascii = (head: Uint8Array, from: number, to: number): string => String.fromCharCode(...head.subarray(from, to))

const has = (head: Uint8Array, offset: number, ...bytes: readonly number[]): boolean =>
  head.length >= offset + bytes.length && bytes.every((byte, i) => head[offset + i] === byte)

const AVIF_BRANDS = ['avif', 'avis']
const AUDIO_BRANDS = ['M4A ', 'M4B ']

/** ISO base media: a box `ftyp` with a brand, and brands that it is compatible with. */
const isoMedia = (head: Uint8Array): string | undefined => {
  if (head.length < 16 || ascii(head, 4, 8) !== 'ftyp') return undefined
  const length = new DataView(head.buffer, head.byteOffset).getUint32(0)
  const brands = [ascii(head, 8, 12)]
  for (let at = 16; at + 4 <= Math.min(length, head.length, 256); at += 4) brands.push(ascii(head, at, at + 4))
  if (brands.some((brand) => AVIF_BRANDS.includes(brand))) return 'image/avif'
  if (AUDIO_BRANDS.includes(brands[0]!)) return 'audio/mp4'
  // HEIC and the like are of this family too, and nobody can show them.
  return /^(isom|iso\d|mp4\d|avc1|dash|M4V |MSNV|qt {2})$/.test(brands[0]!) ? 'video/mp4' : undefined
}

/** Matroska: which kind it is stands in its first element. */
const isWebm = (head: Uint8Array): boolean => has(head, 0, 0x1a, 0x45, 0xdf, 0xa3) && ascii(head, 0, Math.min(head.length, 64)).includes('webm')

/** An MPEG audio frame, layer III: sync bits, and no field that is reserved. */
const isMp3 = (head: Uint8Array): boolean =>
  ascii(head, 0, 3) === 'ID3' ||
  (head.length >= 4 && head[0] === 0xff && (head[1]! & 0xe6) === 0xe2 && (head[1]! & 0x18) !== 0x08 && (head[2]! & 0xf0) !== 0xf0 && (head[2]! & 0x0c) !== 0x0c)

// Bytes below the blank that occur in text: tab, line feed, form feed, carriage return, escape.
const isTextByte = (byte: number): boolean => byte >= 0x20 || byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 27

const isText = (head: Uint8Array): boolean => {
  if (!head.every(isTextByte)) return false
  try {
    // `stream`: the head may end within a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

/**
 * The media type of a file that begins like this: one of {@link KNOWN_TYPES}. HTML, SVG and scripts are `text/plain`, which
 * nobody runs; what is not known is `application/octet-stream`.
 */
export const sniff = (head: Uint8Array): string => {
  if (has(head, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (has(head, 0, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (/^GIF8[79]a/.test(ascii(head, 0, 6))) return 'image/gif'
  const riff = ascii(head, 0, 4) === 'RIFF' && head.length >= 12 ? ascii(head, 8, 12) : ''
  if (riff === 'WEBP') return 'image/webp'
  if (riff === 'WAVE') return 'audio/wav'
  if (ascii(head, 0, 5) === '%PDF-') return 'application/pdf'
  if (has(head, 0, 0x50, 0x4b, 0x03, 0x04) || has(head, 0, 0x50, 0x4b, 0x05, 0x06)) return 'application/zip'
  if (ascii(head, 0, 4) === 'OggS') return 'audio/ogg'
  if (isWebm(head)) return 'video/webm'
  const iso = isoMedia(head)
  if (iso) return iso
  if (isText(head)) return TEXT_TYPE
  return isMp3(head) ? 'audio/mpeg' : UNKNOWN_TYPE
}
