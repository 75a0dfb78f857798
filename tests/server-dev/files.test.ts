import fc from 'fast-check'
import { createServer } from 'node:http'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDisk } from '../../server-dev/files/disk.ts'
import { readRange } from '../../server-dev/files/download.ts'
import { cleanName, dispositionOf } from '../../server-dev/files/file-names.ts'
import { isTypeIn, resolveFiles } from '../../server-dev/files/file-options.ts'
import { imageSize } from '../../server-dev/files/image-size.ts'
import type { FileKeeper } from '../../server-dev/files/keeper.ts'
import { INLINE_TYPES, KNOWN_TYPES, sniff } from '../../server-dev/files/sniff.ts'
import { createUpload } from '../../server-dev/files/upload.ts'
import { respond } from '../../server-dev/http.ts'
import { avif, box, gif, jpeg, png, webp } from './support/pictures.ts'

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

describe('what a file is', () => {
  it.each([
    ['image/png', png(1, 1)],
    ['image/jpeg', jpeg(1, 1)],
    ['image/gif', gif(1, 1)],
    ['image/webp', webp.extended(1, 1)],
    ['image/avif', avif([[1, 1]])],
    ['application/pdf', ascii('%PDF-1.7\n…')],
    ['application/zip', Buffer.from([0x50, 0x4b, 3, 4, 20, 0])],
    ['application/zip', Buffer.from([0x50, 0x4b, 5, 6, 0, 0])],
    ['video/mp4', box('ftyp', ascii('isom'), Buffer.alloc(4), ascii('isommp41'))],
    ['video/mp4', box('ftyp', ascii('qt  '), Buffer.alloc(4))],
    ['audio/mp4', box('ftyp', ascii('M4A '), Buffer.alloc(4), ascii('isom'))],
    ['video/webm', Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84]), ascii('webm')])],
    ['audio/mpeg', Buffer.from([0xff, 0xfb, 0x90, 0x64, 0, 0])],
    ['audio/mpeg', Buffer.concat([ascii('ID3'), Buffer.from([4, 0, 0, 0])])],
    ['audio/ogg', Buffer.concat([ascii('OggS'), Buffer.alloc(8)])],
    ['audio/wav', Buffer.concat([ascii('RIFF'), Buffer.alloc(4), ascii('WAVEfmt ')])],
    ['text/plain', Buffer.from('你好，世界\n')],
    ['text/plain', ascii('<!DOCTYPE html><script>alert(1)</script>')],
    ['text/plain', ascii('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['text/plain', ascii('#!/bin/sh\nrm -rf /\n')],
    ['application/octet-stream', ascii('MZ\u0090\u0000\u0003')],
    ['application/octet-stream', box('ftyp', ascii('heic'), Buffer.alloc(4), ascii('mif1'))],
    ['application/octet-stream', Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['application/octet-stream', Buffer.from([0])],
  ])('[FIL1] %s is found by its bytes', (type, bytes) => {
    expect(sniff(bytes)).toBe(type)
  })

  it('[FIL2] whatever the bytes are, the type is one of those that are known, and only pictures of pixels are shown in place', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(KNOWN_TYPES).toContain(sniff(bytes))
      }),
      { numRuns: 2_000 },
    )
    expect(INLINE_TYPES.every((type) => /^image\/(png|jpeg|gif|webp|avif)$/.test(type))).toBe(true)
  })

  it('[FIL2] a picture with markup behind its first bytes is a picture, and markup with a picture behind it is text or nothing', () => {
    expect(sniff(Buffer.concat([gif(1, 1), ascii('<script>')]))).toBe('image/gif')
    expect(INLINE_TYPES).not.toContain(sniff(Buffer.concat([ascii('<script>'), gif(1, 1)])))
  })
})

describe('how big a picture is', () => {
  it.each([
    ['image/png', png(640, 480), 640, 480],
    ['image/gif', gif(300, 200), 300, 200],
    ['image/jpeg', jpeg(1_024, 768), 1_024, 768],
    ['image/jpeg', jpeg(1_024, 768, { orientation: 1 }), 1_024, 768],
    ['image/jpeg', jpeg(1_024, 768, { orientation: 6 }), 768, 1_024],
    ['image/jpeg', jpeg(1_024, 768, { orientation: 8, isLittle: true }), 768, 1_024],
    ['image/jpeg', jpeg(1_024, 768, { padding: 3 }), 1_024, 768],
    ['image/webp', webp.extended(4_000, 3_000), 4_000, 3_000],
    ['image/webp', webp.lossless(33, 44), 33, 44],
    ['image/webp', webp.lossy(640, 360), 640, 360],
    ['image/avif', avif([[512, 256]]), 512, 256],
    ['image/avif', avif([[64, 64], [512, 256]]), 512, 256],
    ['image/avif', avif([[512, 256]], 1), 256, 512],
  ] as const)('[FIL3] %s: its pixels as they are shown', (type, bytes, width, height) => {
    expect(sniff(bytes)).toBe(type)
    expect(imageSize(type, bytes)).toEqual({ width, height })
  })

  const samples = [png(9, 9), gif(9, 9), jpeg(9, 9, { orientation: 6 }), webp.extended(9, 9), webp.lossless(9, 9), webp.lossy(9, 9), avif([[9, 9]], 1)]

  it('[FIL4] a picture that was cut off anywhere gives its true size or none', () => {
    for (const bytes of samples) {
      for (let length = 0; length < bytes.length; length++) {
        const size = imageSize(sniff(bytes), bytes.subarray(0, length))
        expect(size === undefined || (size.width === 9 && size.height === 9)).toBe(true)
      }
    }
  })

  it('[FIL4] a picture whose numbers lie never throws, never loops, and never has an impossible size', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...KNOWN_TYPES),
        (bytes, changes, type) => {
          const broken = Buffer.from(bytes)
          for (const [at, value] of changes) if (at < broken.length) broken[at] = value
          for (const claimed of [sniff(bytes), type]) {
            const size = imageSize(claimed, broken)
            if (size) expect(Math.min(size.width, size.height) > 0 && Math.max(size.width, size.height) <= 65_535).toBe(true)
          }
        },
      ),
      { numRuns: 5_000 },
    )
  })

  it.each([
    ['no width', png(0, 10)],
    ['more than any browser shows', png(4_000_000_000, 10)],
  ])('[FIL4] %s is no size', (_what, bytes) => {
    expect(imageSize('image/png', bytes)).toBeUndefined()
  })
})

describe('names', () => {
  it.each([
    ['photo.png', 'photo.png'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['..', 'file'],
    ['', 'file'],
    ['\u0000\u0000', 'file'],
    ['a\u0000b.txt', 'ab.txt'],
    ['invoice\u202egpj.exe', 'invoicegpj.exe'],
    ['\u200bname\ufeff.txt', 'name.txt'],
    ['two\r\nlines: x', 'twolines: x'],
    ['  many   blanks .txt ', 'many blanks .txt'],
    ['e\u0301.txt', 'é.txt'],
    ['👩‍👩‍👧.png', '👩‍👩‍👧.png'],
    ['\ud83d', 'file'],
    ['a' + '\u0301'.repeat(4_000) + '.txt', 'á\u0301\u0301\u0301.txt'],
  ])('[FIL5] %j becomes %j', (name, clean) => {
    expect(cleanName(name)).toBe(clean)
  })

  it('[FIL5] a name of 4,000 characters is shortened and keeps its extension', () => {
    const clean = cleanName(`${'长'.repeat(4_000)}.tar.gz`)
    expect(Array.from(clean)).toHaveLength(120)
    expect(clean.endsWith('长.gz')).toBe(true)
  })

  it('[FIL5] any name ends as one that cannot leave its folder nor its header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const clean = cleanName(name)
        expect(clean).not.toMatch(/[/\\\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u)
        expect(['', '.', '..']).not.toContain(clean)
        expect(cleanName(clean)).toBe(clean)
        expect(dispositionOf('attachment', clean)).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.~%-]+$/)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('ranges', () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=100-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=9-2', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,5-6', undefined],
    ['lines=0-1', undefined],
    ['bytes=99999999999999999999-', undefined],
    [undefined, undefined],
  ])('[FIL6] %j of 100 bytes', (header, range) => {
    expect(readRange(header, 100)).toEqual(range)
  })
})

describe('options', () => {
  it('[FIL7] kinds of types stand for all of a kind', () => {
    expect(isTypeIn('image/png', ['image/*'])).toBe(true)
    expect(isTypeIn('text/plain', ['image/*', 'application/pdf'])).toBe(false)
    expect(resolveFiles(false)).toBeUndefined()
    expect(resolveFiles({ types: ['image/*', 'text/plain'] })?.types).toEqual(['image/*', 'text/plain'])
  })

  it.each([
    [{ types: ['image/svg+xml'] }, /image\/svg\+xml/],
    [{ types: ['font/*'] }, /font/],
    [{ maxBytes: 0 }, /files\.maxBytes/],
    [{ idleMs: Number.NaN }, /files\.idleMs/],
    [{ perMessage: 1.5 }, /files\.perMessage/],
  ])('[FIL7] %j can never work and says what to change', (options, sentence) => {
    expect(() => resolveFiles(options)).toThrow(sentence)
  })
})

describe('the disk', () => {
  const id = 'a'.repeat(32)
  const other = 'b'.repeat(32)

  it('[FIL8] after a crash what was half written is gone, what the database knows is whole, and other files are not touched', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-disk-'))
    for (const name of [`${id}.part`, `${other}.part`, 'notes.txt', 'short.part']) writeFileSync(join(folder, name), 'x')
    openDisk(folder).recover((known) => known === id)
    expect(readdirSync(folder).sort()).toEqual([id, 'notes.txt', 'short.part'].sort())
    rmSync(folder, { recursive: true })
  })

  it('[FIL8] what is no id never becomes a path', () => {
    const disk = openDisk(undefined)
    for (const bad of ['../chat.db', 'a/b', '', `${id}x`]) expect(() => disk.create(bad)).toThrow(TypeError)
    disk.close()
  })

  it.each([
    ['ENOSPC', 507, 'disk_full'],
    ['EDQUOT', 507, 'disk_full'],
    ['EIO', 503, 'storage_unavailable'],
  ])('[FIL9] %s while a file is written is told, and leaves nothing', async (code, status, told) => {
    const disk = openDisk(undefined)
    const broken = {
      ...disk,
      async create(name: string) {
        const handle = await disk.create(name)
        handle.writeFile = () => Promise.reject(Object.assign(new Error('no more'), { code }))
        return handle
      },
    }
    const files = { settings: resolveFiles(true)!, disk: broken, rows: () => ({ bytesOf: () => 0, bytes: () => 0 }) } as unknown as FileKeeper
    const upload = createUpload({ files, log: () => undefined })
    const server = createServer((request, response) => {
      void upload(request, response, { id: 'u', name: 'U' }, 'x').then((answer) => respond(response, answer!))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const answer = await fetch(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`, { method: 'POST', body: 'bytes' })
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([status, told])
    expect(readdirSync(disk.directory)).toEqual([])
    server.close()
    disk.close()
  })
})
