import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { fileFault, isAccepted } from '../../src/attachments/check.ts'
import { fileBase, safeFileUrl } from '../../src/attachments/file-url.ts'
import { httpUpload } from '../../src/attachments/http-upload.ts'
import type { UploadContext, UploadFile } from '../../src/attachments/types.ts'
import { useAttachments, useChatRoom } from '../../src/composables/index.ts'
import { ChatError, type Attachment } from '../../src/core/index.ts'
import type { ChatStorage, KeptSending } from '../../src/storage/types.ts'
import { createTestChat, mount, settle } from './support.ts'

const fileOf = (name: string, type = 'text/plain', text = 'text'): File => new File([text], name, { type })
const attachmentOf = (id: string, name = 'a.txt') => ({ id, name, type: 'text/plain', size: 4, url: `files/${id}/${name}` }) satisfies Attachment

interface Call extends UploadContext {
  readonly file: File
  done(attachment: Attachment): void
  fail(error: unknown): void
}

/** A place for files that answers when the test says so. */
const place = () => {
  const calls: Call[] = []
  const upload: UploadFile = (file, context) => new Promise((done, fail) => calls.push({ ...context, file, done, fail }))
  return { calls, upload }
}

const madeUrls = new Set<string>()

beforeEach(() => {
  vi.useFakeTimers()
  let count = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    const url = `blob:${String(++count)}`
    madeUrls.add(url)
    return url
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void madeUrls.delete(url))
})
afterEach(() => {
  madeUrls.clear()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** A disk that keeps what it is given, and gives what an earlier page left. */
const disk = (left: readonly KeptSending[] = [], isBigEnough = true) => {
  const kept = new Map<string, KeptSending>(left.map((one) => [one.message.clientId, one]))
  const storage: ChatStorage = {
    attach: () => () => undefined,
    wipe: () => Promise.resolve(),
    keepFiles(_user, adopted) {
      let isOpen = true
      if (left.length > 0) queueMicrotask(() => adopted(left))
      return {
        put: (sending) => Promise.resolve(isOpen && (kept.set(sending.message.clientId, sending), isBigEnough)),
        remove: (id) => void (isOpen && kept.delete(id)),
        close: () => (isOpen = false),
      }
    },
  }
  return { kept, storage }
}

const leave = (): boolean => {
  const event = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(event)
  return event.defaultPrevented
}

const open = async (storage?: ChatStorage) => {
  const { calls, upload } = place()
  const chat = createTestChat({ features: ['attachments', 'edits'] }, { upload }, storage)
  const mounted = mount(() => ({ files: useAttachments({ room: 'general' }), room: useChatRoom('general') }), chat.provide)
  await settle()
  return { chat, calls, ...mounted.result, unmount: mounted.unmount, rows: () => mounted.result.room.messages.value }
}

describe('whether a file may be attached', () => {
  it.each([
    [fileOf('a.txt'), {}, 0, undefined],
    [fileOf('a.txt', 'text/plain', ''), {}, 0, 'file_empty'],
    [{ name: 'a', type: '', size: 10 * 1024 * 1024 + 1 }, {}, 0, 'file_too_big'],
    [fileOf('a.txt'), { maxSize: 3 }, 0, 'file_too_big'],
    [fileOf('a.txt'), { accept: 'image/*,.pdf' }, 0, 'file_type'],
    [fileOf('A.PDF', ''), { accept: 'image/*, .pdf' }, 0, undefined],
    [fileOf('a.png', 'image/png'), { accept: 'image/*' }, 0, undefined],
    [fileOf('a.txt'), { maxCount: 2 }, 2, 'file_count'],
    [fileOf('a.txt'), {}, 10, 'file_count'],
  ] as const)('[ATT1] %o with %o and %i others: %s', (file, limits, count, fault) => {
    expect(fileFault(file, limits, count)).toBe(fault)
  })

  it('[ATT1] nothing, blanks and */* take everything', () => {
    for (const accept of [undefined, '', ' , ', '*/*']) expect(isAccepted(fileOf('x.exe', ''), accept)).toBe(true)
  })

  it('[ATT2] those that may not are told with their names, and nothing of them leaves', async () => {
    const { files, calls } = await open()
    files.add([fileOf('good.txt'), fileOf('empty.txt', 'text/plain', '')])
    expect(files.refused.value).toEqual([{ name: 'empty.txt', size: 0, fault: 'file_empty' }])
    expect(calls.map(({ file }) => file.name)).toEqual(['good.txt'])
    files.forgetRefused()
    expect(files.refused.value).toEqual([])
  })

})

describe('the limits', () => {
  it('[ATT2] are those that the server tells', async () => {
    const { calls, upload } = place()
    const chat = createTestChat({ features: ['attachments'], limits: { fileBytes: 3, attachments: 1 } }, { upload })
    const { result: files } = mount(() => useAttachments({ room: 'general' }), chat.provide)
    mount(() => useChatRoom('general'), chat.provide)
    await settle()
    files.add([fileOf('big.txt'), fileOf('a', '', 'x'), fileOf('b', '', 'x')])
    expect(files.refused.value.map(({ fault }) => fault)).toEqual(['file_too_big', 'file_count'])
    expect(calls).toHaveLength(1)
  })
})

describe('an upload', () => {
  it('[ATT3] tells how far it is, never less than nothing nor more than all', async () => {
    const { files, calls } = await open()
    files.add([fileOf('a.txt')])
    const [item] = files.items.value
    expect(item).toMatchObject({ state: 'uploading', progress: 0 })
    for (const [told, shown] of [[0.4, 0.4], [7, 1], [-1, 0]] as const) {
      calls[0]!.onProgress(told)
      expect(item!.progress).toBe(shown)
    }
    calls[0]!.done(attachmentOf('s-1'))
    await settle()
    expect(item).toMatchObject({ state: 'done', progress: 1, attachment: { id: 's-1' } })
  })

  it('[ATT4] three go at once, the others in order', async () => {
    const { files, calls } = await open()
    files.add(['a', 'b', 'c', 'd', 'e'].map((name) => fileOf(name)))
    expect(calls.map(({ file }) => file.name)).toEqual(['a', 'b', 'c'])
    calls[1]!.done(attachmentOf('s-2'))
    await settle()
    expect(calls.map(({ file }) => file.name)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('[ATT5] waits without a connection, and goes when there is one', async () => {
    const { chat, files, calls } = await open()
    chat.session.close()
    await settle()
    files.add([fileOf('a')])
    expect(calls).toHaveLength(0)
    expect([files.isUp.value, files.items.value[0]!.state]).toEqual([false, 'waiting'])
    chat.session.open()
    await settle()
    expect([files.isUp.value, calls.length]).toEqual([true, 1])
  })

  it('[ATT6] goes again by itself after a broken network, at once when the connection is back, and by hand after what is no use', async () => {
    const { chat, files, calls } = await open()
    files.add([fileOf('a')])
    const [item] = files.items.value
    calls[0]!.fail(new TypeError('Failed to fetch'))
    await settle()
    expect(item).toMatchObject({ state: 'waiting', error: { code: 'upload_network' } })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(calls).toHaveLength(2)
    chat.session.close()
    calls[1]!.fail(new TypeError('Failed to fetch'))
    await vi.advanceTimersByTimeAsync(120_000)
    expect(calls).toHaveLength(2)
    chat.session.open()
    await settle()
    expect(calls).toHaveLength(3)
    calls[2]!.fail(new ChatError('file_type', 'no'))
    await vi.advanceTimersByTimeAsync(120_000)
    expect([calls.length, item!.state, item!.error!.code]).toEqual([3, 'failed', 'file_type'])
    files.retry(item!)
    expect([calls.length, item!.state]).toEqual([4, 'uploading'])
  })

  it('[ATT6] gives up after some tries on a connection that works', async () => {
    const { files, calls } = await open()
    files.add([fileOf('a')])
    for (let tries = 0; tries < 30 && files.items.value[0]!.state !== 'failed'; tries++) {
      calls.at(-1)!.fail(new ChatError('upload_failed', 'no', { retryable: true }))
      await vi.advanceTimersByTimeAsync(30_000)
    }
    expect(files.items.value[0]!.state).toBe('failed')
    expect(calls).toHaveLength(7)
  })

  it('[ATT7] taken back, it is aborted, its picture is let go, and a late answer changes nothing', async () => {
    const { files, calls } = await open()
    files.add([fileOf('a.png', 'image/png')])
    const [item] = files.items.value
    expect(madeUrls.size).toBe(1)
    files.remove(item!)
    expect([calls[0]!.signal.aborted, files.items.value.length, madeUrls.size]).toEqual([true, 0, 0])
    calls[0]!.done(attachmentOf('s-1'))
    await settle()
    expect(item!.attachment).toBeUndefined()
  })

  it('[ATT7] the end of the chat lets all pictures go', async () => {
    const { chat, files, unmount } = await open()
    files.add([fileOf('a.png', 'image/png'), fileOf('b.png', 'image/png')])
    expect(madeUrls.size).toBe(2)
    unmount()
    chat.dispose()
    expect(madeUrls.size).toBe(0)
  })

  it('[ATT8] files chosen in one room wait there, and are not in another', async () => {
    const { chat } = await open()
    const room = { name: 'one' }
    const first = mount(() => useAttachments({ room: () => room.name }), chat.provide)
    first.result.add([fileOf('a')])
    first.unmount()
    const other = mount(() => useAttachments({ room: 'two' }), chat.provide)
    const again = mount(() => useAttachments({ room: 'one' }), chat.provide)
    expect([other.result.items.value.length, again.result.items.value.length]).toEqual([0, 1])
  })

  it('[ATT9] outside of a chat it takes a way of its own, and says so without one', () => {
    expect(() => mount(() => useAttachments())).toThrow(/pass `upload`/)
    const { calls, upload } = place()
    const { result } = mount(() => useAttachments({ upload, maxCount: 1 }))
    result.add([fileOf('a'), fileOf('b')])
    expect([calls.length, result.refused.value[0]!.fault, result.isUp.value]).toEqual([1, 'file_count', true])
  })
})

describe('a message with files', () => {
  it('[ATT10] shows at once, leaves when all are there, and is one row all the time', async () => {
    const { chat, files, room, calls, rows } = await open()
    const sent: unknown[] = []
    chat.server.intercept((frame, push) => {
      if (frame.type !== 'send') return false
      sent.push(frame.attachments)
      push({ type: 'event', room: 'general', seq: 1, kind: 'message', from: chat.server.user, clientId: frame.clientId, ts: 1, body: frame.body, attachments: [attachmentOf('s-1'), attachmentOf('s-2')] })
      push({ type: 'ack', room: 'general', clientId: frame.clientId, seq: 1, ts: 1 })
      return true
    })
    files.add([fileOf('a.txt'), fileOf('b.txt')])
    const { clientId, settled } = room.send('look', { attachments: files.take() })
    expect(files.items.value).toEqual([])
    await settle()
    const key = rows()[0]!.key
    expect(chat.attachments.waiting.value).toBe(1)
    expect(rows()[0]).toMatchObject({ clientId, body: 'look', status: 'sending', attachments: [{ name: 'a.txt' }, { name: 'b.txt' }] })
    calls[0]!.done(attachmentOf('s-1'))
    await settle()
    expect(sent).toEqual([])
    calls[1]!.done(attachmentOf('s-2'))
    await settle()
    expect(sent).toEqual([[{ id: 's-1' }, { id: 's-2' }]])
    expect([rows().length, chat.attachments.waiting.value]).toEqual([1, 0])
    expect(rows()[0]).toMatchObject({ key, status: 'sent', attachments: [{ id: 's-1' }, { id: 's-2' }] })
    expect(await settled).toMatchObject({ ok: true })
  })

  it('[ATT10] what is written meanwhile does not wait for it', async () => {
    const { files, room, rows } = await open()
    files.add([fileOf('a.txt')])
    room.send('with a file', { attachments: files.take() })
    const { settled } = room.send('quick')
    expect(await settled).toMatchObject({ ok: true })
    await settle()
    expect(rows().map(({ body, status }) => [body, status])).toEqual([['quick', 'sent'], ['with a file', 'sending']])
  })

  it('[ATT11] fails with the reason of its file, and goes when it is tried again', async () => {
    const { files, room, calls, rows } = await open()
    files.add([fileOf('a.txt')])
    const { clientId, settled } = room.send('', { attachments: files.take() })
    calls[0]!.fail(new ChatError('file_quota', 'full'))
    await settle()
    expect(rows()[0]).toMatchObject({ status: 'failed', failure: { code: 'file_quota' } })
    expect(room.retry(clientId)).toBe(true)
    await settle()
    expect(rows()[0]).toMatchObject({ status: 'sending' })
    calls[1]!.done(attachmentOf('s-1'))
    expect(await settled).toMatchObject({ ok: true })
  })

  it('[ATT12] taken back, it is gone with its files', async () => {
    const { files, room, calls, rows } = await open()
    files.add([fileOf('a.txt')])
    const { clientId, settled } = room.send('', { attachments: files.take() })
    await settle()
    expect(room.cancel(clientId)).toBe(true)
    await settle()
    expect([rows().length, calls[0]!.signal.aborted]).toEqual([0, true])
    expect(await settled).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  })

  it('[ATT12] deleted while its files are on their way, it is not sent either', async () => {
    const { files, room, rows } = await open()
    files.add([fileOf('a.txt')])
    room.send('', { attachments: files.take() })
    await settle()
    expect(await room.remove(rows()[0]!).settled).toMatchObject({ ok: true })
    await settle()
    expect(rows()).toHaveLength(0)
  })

  it('[ATT12] one of its files taken out, it goes with the others; the last one takes it along', async () => {
    const { chat, files, room, calls, rows } = await open()
    files.add([fileOf('a.txt'), fileOf('b.txt')])
    const [a, b] = files.take()
    room.send('', { attachments: [a!, b!] })
    await settle()
    chat.attachments.drop(a!)
    await settle()
    expect(rows()[0]!.attachments).toMatchObject([{ name: 'b.txt' }])
    expect(calls[0]!.signal.aborted).toBe(true)
    chat.attachments.drop(b!)
    await settle()
    expect(rows()).toHaveLength(0)
  })

  it('[ATT13] its picture keeps its address in this page until the server\'s is here', async () => {
    const { chat, files, room, calls } = await open()
    files.add([fileOf('a.png', 'image/png')])
    const [item] = files.items.value
    room.send('', { attachments: files.take() })
    const { uploads } = chat.attachments
    const preview = uploads.previewOf(item!.id)
    expect(preview).toMatch(/^blob:/)
    calls[0]!.done(attachmentOf('s-1', 'a.png'))
    await settle()
    await nextTick()
    expect(uploads.previewOf('s-1')).toBe(preview)
    expect(madeUrls.size).toBe(1)
    uploads.dropPreview('s-1')
    expect([uploads.previewOf('s-1'), madeUrls.size]).toEqual([undefined, 0])
  })

  it('[ATT14] the page asks before it is left while files are on their way, and not after', async () => {
    const { files, room, calls } = await open()
    expect(leave()).toBe(false)
    files.add([fileOf('a.txt')])
    room.send('', { attachments: files.take() })
    expect(leave()).toBe(true)
    calls[0]!.done(attachmentOf('s-1'))
    await settle()
    expect(leave()).toBe(false)
  })

  it('[ATT54] with a disk it does not ask; an unmounted app leaves what waits there, the next page shows it in its row and sends it once', async () => {
    const first = disk()
    const before = await open(first.storage)
    before.files.add([fileOf('a.png', 'image/png')])
    before.room.send('look', { attachments: before.files.take() })
    expect(leave()).toBe(true)
    await settle()
    expect(leave()).toBe(false)
    before.unmount()
    before.chat.dispose()
    const [sending] = first.kept.values()
    expect(sending).toMatchObject({ message: { body: 'look', room: 'general' }, files: [{ name: 'a.png', type: 'image/png', size: 4 }] })

    const second = disk([sending!])
    const { chat, calls, rows, unmount } = await open(second.storage)
    expect(rows()).toMatchObject([{ body: 'look', status: 'sending', clientId: sending!.message.clientId, createdAt: sending!.message.createdAt, attachments: [{ name: 'a.png', size: 4 }] }])
    expect(chat.attachments.uploads.previewOf(rows()[0]!.attachments![0]!.id)).toMatch(/^blob:/)
    expect([leave(), chat.attachments.waiting.value]).toEqual([false, 1])
    calls[0]!.done(attachmentOf('s-1', 'a.png'))
    await settle()
    expect(rows()).toMatchObject([{ status: 'sent', attachments: [{ id: 's-1' }] }])
    await vi.advanceTimersByTimeAsync(1_000)
    expect([second.kept.size, chat.server.log('general').length]).toEqual([0, 1])
    unmount()
  })

  it('[ATT55] what the disk could not keep is there after a reload as failed, with the reason, until it is discarded', async () => {
    const first = disk([], false)
    const before = await open(first.storage)
    before.files.add([fileOf('film.mp4', 'video/mp4')])
    before.room.send('look', { attachments: before.files.take() })
    await settle()
    expect(leave()).toBe(true)
    before.room.cancel(before.rows()[0]!.clientId!)
    await settle()
    expect([first.kept.size, leave()]).toEqual([0, false])
    before.unmount()
    before.chat.dispose()

    const second = disk([{ message: { room: 'general', clientId: 'c', body: 'look', createdAt: 5 }, files: [{ name: 'film.mp4', type: 'video/mp4', size: 9 }] }])
    const { room, rows, calls, unmount } = await open(second.storage)
    const lost = { status: 'failed', failure: { code: 'file_lost' }, attachments: [{ name: 'film.mp4', type: 'application/octet-stream', size: 9, url: '' }] }
    expect(rows()).toMatchObject([lost])
    room.retry('c')
    await settle()
    expect(rows()).toMatchObject([lost])
    room.cancel('c')
    await settle()
    expect([rows().length, second.kept.size, calls.length]).toEqual([0, 0, 0])
    unmount()
  })

  it('[ATT15] what was uploaded elsewhere goes as it is, and mentions stand in the own row at once', async () => {
    const { chat, room, rows } = await open()
    chat.server.intercept((frame) => frame.type === 'send')
    room.send('hi', { attachments: [attachmentOf('s-9')], mentions: ['b'] })
    await nextTick()
    expect(rows()[0]).toMatchObject({ status: 'sending', attachments: [{ id: 's-9' }], mentions: ['b'] })
  })
})

describe('the server of chat.v1', () => {
  interface Asked {
    readonly url: string
    readonly headers: Record<string, string>
    answer(status: number, body?: unknown): void
    readonly request: FakeRequest
  }
  const asked: Asked[] = []
  class FakeRequest {
    upload: { onprogress?: (event: object) => void } = {}
    onloadend?: () => void
    status = 0
    response: unknown = null
    isAborted = false
    private url = ''
    private readonly headers: Record<string, string> = {}
    open(_method: string, url: string): void {
      this.url = url
    }
    setRequestHeader(name: string, value: string): void {
      this.headers[name] = value
    }
    send(): void {
      asked.push({
        url: this.url,
        headers: this.headers,
        request: this,
        answer: (status, body = null) => {
          Object.assign(this, { status, response: body })
          this.onloadend?.()
        },
      })
    }
    abort(): void {
      this.isAborted = true
      this.onloadend?.()
    }
  }
  beforeEach(() => {
    asked.length = 0
    vi.stubGlobal('XMLHttpRequest', FakeRequest)
  })
  afterEach(() => vi.unstubAllGlobals())

  const upload = (name = 'a b.txt', signal = new AbortController().signal, onProgress: (progress: number) => void = () => undefined) => {
    const tokens = ['old', 'new']
    const send = httpUpload({ credentials: async (isFresh) => ({ base: 'https://chat.example/chat/', token: tokens[isFresh ? 1 : 0] }) })
    return send(fileOf(name), { signal, onProgress })
  }
  const soon = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0)

  it('[ATT20] gets the file with its name and our token, and a fresh one when that has expired', async () => {
    const result = upload('a b\ud800.txt')
    await soon()
    expect(asked[0]).toMatchObject({ url: 'https://chat.example/chat/files?name=a%20b.txt', headers: { authorization: 'Bearer old', 'content-type': 'text/plain' } })
    asked[0]!.answer(401, { error: { code: 'unauthorized', message: 'no' } })
    await soon()
    expect(asked[1]!.headers['authorization']).toBe('Bearer new')
    asked[1]!.answer(201, attachmentOf('s-1'))
    expect(await result).toEqual(attachmentOf('s-1'))
  })

  it.each([
    [401, { error: { code: 'unauthorized', message: 'no' } }, 'unauthorized', false],
    [413, { error: { code: 'file_too_big', message: 'too big' } }, 'file_too_big', false],
    [507, { error: { code: 'disk_full', message: 'full' } }, 'disk_full', false],
    [503, { error: { code: 'storage_unavailable', message: 'later' } }, 'storage_unavailable', true],
    [429, { error: { code: 'rate_limited', message: 'later' } }, 'rate_limited', true],
    [502, null, 'upload_failed', true],
    [404, '<html>', 'upload_failed', false],
    [0, null, 'upload_network', true],
    [201, { id: 7 }, 'upload_failed', false],
  ])('[ATT21] %i %j is %s, to be tried again: %s', async (status, body, code, retryable) => {
    const result = upload().catch((error: unknown) => error)
    await soon()
    asked[0]!.answer(status, body)
    await soon()
    asked[1]?.answer(status, body)
    expect(await result).toMatchObject({ code, retryable })
  })

  it.each([
    [new Error('the login server is away'), 'provider_failed', true],
    [Object.assign(new Error('signed out'), { code: 'unauthorized' }), 'unauthorized', false],
  ])('[ATT21] a token function that fails with %s is %s, to be tried again: %s', async (error, code, retryable) => {
    const send = httpUpload({ credentials: () => Promise.reject(error) })
    expect(await send(fileOf('a'), { signal: new AbortController().signal, onProgress: () => undefined }).catch((thrown: unknown) => thrown)).toMatchObject({ code, retryable })
  })

  it('[ATT22] is given up when nothing moves any more, and goes on as long as something does', async () => {
    const progress: number[] = []
    const result = upload('a', undefined, (value) => progress.push(value)).catch((error: unknown) => error)
    await soon()
    const { request } = asked[0]!
    for (let step = 1; step <= 4; step++) {
      await vi.advanceTimersByTimeAsync(15_000)
      request.upload.onprogress?.({ loaded: step, total: 10 })
    }
    expect([request.isAborted, progress]).toEqual([false, [0.1, 0.2, 0.3, 0.4]])
    await vi.advanceTimersByTimeAsync(20_000)
    expect(request.isAborted).toBe(true)
    expect(await result).toMatchObject({ code: 'upload_network', retryable: true })
  })

  it('[ATT22] stops when the person takes the file back', async () => {
    const abort = new AbortController()
    const result = upload('a', abort.signal).catch((error: unknown) => error)
    await soon()
    abort.abort()
    expect(asked[0]!.request.isAborted).toBe(true)
    await result
  })
})

describe('addresses of files', () => {
  it.each([
    ['files/x/a.png', 'https://chat.example/chat/files/x/a.png'],
    ['https://cdn.example/a.png', 'https://cdn.example/a.png'],
    ['javascript:alert(1)', undefined],
    ['JaVaScRiPt:alert(1)', undefined],
    [' javascript:alert(1)', undefined],
    ['java\nscript:alert(1)', undefined],
    ['data:text/html,<script>alert(1)</script>', undefined],
    ['blob:https://chat.example/1', undefined],
    ['file:///etc/passwd', undefined],
    ['https://user:pass@evil.example/', undefined],
    ['', undefined],
    ['https://', undefined],
  ])('[ATT30] %j leads to %j', (url, href) => {
    expect(safeFileUrl(url, 'https://chat.example/chat/')).toBe(href)
  })

  it('[ATT30] a relative one leads nowhere while the chat\'s address is not known', () => {
    expect(safeFileUrl('files/x/a.png', undefined)).toBeUndefined()
    expect(fileBase('wss://chat.example/chat?ticket=secret#x')).toBe('https://chat.example/chat/')
    expect(fileBase('ws://127.0.0.1:8787/chat/')).toBe('http://127.0.0.1:8787/chat/')
  })
})
