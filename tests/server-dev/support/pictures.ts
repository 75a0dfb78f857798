/** Pictures with just enough in them to be one. */

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')
const u16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255])
const u16le = (value: number): Buffer => Buffer.from([value & 255, (value >> 8) & 255])
const u24le = (value: number): Buffer => Buffer.from([value & 255, (value >> 8) & 255, (value >> 16) & 255])
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export const png = (width: number, height: number): Buffer =>
  Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), u32(13), ascii('IHDR'), u32(width), u32(height), Buffer.from([8, 6, 0, 0, 0])])

export const gif = (width: number, height: number): Buffer => Buffer.concat([ascii('GIF89a'), u16le(width), u16le(height), Buffer.alloc(3)])

const exif = (orientation: number, isLittle: boolean): Buffer => {
  const two = isLittle ? u16le : u16
  const four = (value: number): Buffer => (isLittle ? Buffer.concat([u16le(value), u16le(0)]) : u32(value))
  const entry = (id: number, value: number): Buffer => Buffer.concat([two(id), two(3), four(1), two(value), two(0)])
  const body = Buffer.concat([ascii('Exif\0\0'), ascii(isLittle ? 'II' : 'MM'), two(42), four(8), two(2), entry(0x0100, 7), entry(0x0112, orientation), four(0)])
  return Buffer.concat([Buffer.from([0xff, 0xe1]), u16(body.length + 2), body])
}

export const jpeg = (width: number, height: number, options: { orientation?: number; isLittle?: boolean; padding?: number } = {}): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    u16(16),
    ascii('JFIF\0'),
    Buffer.alloc(9),
    ...(options.orientation === undefined ? [] : [exif(options.orientation, options.isLittle ?? false)]),
    Buffer.alloc(options.padding ?? 0, 0xff),
    Buffer.from([0xff, 0xc0]),
    u16(17),
    Buffer.from([8]),
    u16(height),
    u16(width),
    Buffer.alloc(10, 1),
  ])

const riff = (chunk: string, body: Buffer): Buffer => Buffer.concat([ascii('RIFF'), Buffer.alloc(4), ascii('WEBP'), ascii(chunk), Buffer.alloc(4), body])

export const webp = {
  extended: (width: number, height: number): Buffer => riff('VP8X', Buffer.concat([Buffer.alloc(4), u24le(width - 1), u24le(height - 1)])),
  lossless: (width: number, height: number): Buffer => {
    const bits = Buffer.alloc(4)
    bits.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0)
    return riff('VP8L', Buffer.concat([Buffer.from([0x2f]), bits]))
  },
  lossy: (width: number, height: number): Buffer => riff('VP8 ', Buffer.concat([Buffer.alloc(3), Buffer.from([0x9d, 0x01, 0x2a]), u16le(width), u16le(height)])),
}

export const box = (name: string, ...bodies: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(bodies)
  return Buffer.concat([u32(body.length + 8), ascii(name), body])
}

/** @param turns quarter turns */
export const avif = (sizes: readonly (readonly [number, number])[], turns?: number): Buffer =>
  Buffer.concat([
    box('ftyp', ascii('avif'), Buffer.alloc(4), ascii('mif1avif')),
    box(
      'meta',
      Buffer.alloc(4),
      box('hdlr', Buffer.alloc(24)),
      box(
        'iprp',
        box('ipco', ...sizes.map(([width, height]) => box('ispe', Buffer.alloc(4), u32(width), u32(height))), ...(turns === undefined ? [] : [box('irot', Buffer.from([turns]))])),
        box('ipma', Buffer.alloc(8)),
      ),
    ),
  ])
