/** Files over real HTTP and their way through the log. */
import { createServer, type Server } from 'node:http'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { attachChat, type AttachedChat, type ChatOptions } from '../../../server-dev/index.ts'
import { jpeg, png } from '../../server-dev/support/pictures.ts'
import { enterRaw, openRaw, signIn, type Frame, type RawClient } from './support/raw-client.ts'
import { spawnServer } from './support/spawn-server.ts'

interface Running {
  readonly chat: AttachedChat
  readonly server: Server
  readonly httpUrl: string
  readonly wsUrl: string
  readonly port: number
  /** Names in the folder of files. */
  files(): string[]
  close(): Promise<void>
}

const start = async (options: ChatOptions = {}): Promise<Running> => {
  const folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-files-'))
  const directory = join(folder, 'files')
  const server = createServer((_request, response) => response.end('the host'))
  const files = options.files === false ? false : { directory, ...(typeof options.files === 'object' && options.files) }
  const chat = attachChat(server, { database: join(folder, 'chat.db'), signIn: true, ...options, files })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    chat,
    server,
    port,
    httpUrl: `http://127.0.0.1:${String(port)}/chat`,
    wsUrl: `ws://127.0.0.1:${String(port)}/chat`,
    files: () => (existsSync(directory) ? readdirSync(directory) : []),
    async close() {
      await chat.close()
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Stored {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
  readonly url: string
  readonly error?: { readonly code: string }
}

type Where = Pick<Running, 'httpUrl'>

const put = async (t: Where, token: string | undefined, body: BodyInit | Buffer, name = 'file.bin', headers: Record<string, string> = {}): Promise<{ status: number; body: Stored; headers: Headers }> => {
  const response = await fetch(`${t.httpUrl}/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    body: body as BodyInit,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit)
  return { status: response.status, body: (await response.json()) as Stored, headers: response.headers }
}

const get = (t: Where, url: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${t.httpUrl}/${url}`, { headers })

const sendFiles = (client: RawClient, clientId: string, ids: readonly string[], body = ''): Promise<Frame> =>
  client.say('general', clientId, body, { attachments: ids.map((id) => ({ id })) } as never)

/** Sends bytes as they are and gives back all that came until the server closed. */
const raw = (port: number, text: string, more?: (write: (bytes: string) => void, end: () => void) => void): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text)
      more?.((bytes) => socket.write(bytes), () => socket.destroy())
    })
    let got = ''
    socket.on('data', (chunk) => (got += chunk.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(got))
  })

let t: Running
beforeAll(async () => {
  t = await start({ files: { maxBytes: 100_000, perMessage: 3, idleMs: 400, uploadMs: 1_500 } })
})
afterAll(() => t.close())

const open: RawClient[] = []
const enter = async (name: string, where: Running = t): ReturnType<typeof enterRaw> => {
  const client = await enterRaw(where, name)
  open.push(client)
  return client
}
afterEach(async () => {
  for (const client of open.splice(0)) await client.close()
})

describe('an upload', () => {
  it('[FIL10] is stored by what it is, with the size of a picture, under an address that nobody can guess', async () => {
    const { token } = await signIn(t.httpUrl, 'Ada')
    const { status, body } = await put(t, token, jpeg(40, 30, { orientation: 6 }), 'Harbour 1.JPG', { 'content-type': 'text/html' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ name: 'Harbour 1.JPG', type: 'image/jpeg', width: 30, height: 40 })
    expect(body.id).toMatch(/^[\w-]{32}$/)
    expect(body.url).toBe(`files/${body.id}/Harbour%201.JPG`)
    const response = await get(t, body.url)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(jpeg(40, 30, { orientation: 6 }))
  })

  it('[FIL11] what claims to be a picture and is markup is text, never shown in place', async () => {
    const { token } = await signIn(t.httpUrl, 'Ada')
    for (const [name, text] of [['x.png', '<script>alert(1)</script>'], ['x.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>']] as const) {
      const { body } = await put(t, token, text, name, { 'content-type': 'image/png' })
      expect(body.type).toBe('text/plain')
      const { headers } = await get(t, body.url)
      expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
      expect(headers.get('content-disposition')).toMatch(/^attachment;/)
    }
  })

  it('[FIL12] every file comes with what keeps a browser from running it, asking others for it, or telling where it is from', async () => {
    const { token } = await signIn(t.httpUrl, 'Ada')
    const picture = await put(t, token, png(2, 2), 'p.png')
    const other = await put(t, token, '%PDF-1.7', 'p.pdf')
    for (const { url } of [picture.body, other.body]) {
      const { headers } = await get(t, url)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    }
    expect((await get(t, picture.body.url)).headers.get('content-disposition')).toMatch(/^inline;/)
    expect((await get(t, `${picture.body.url}?download`)).headers.get('content-disposition')).toMatch(/^attachment;/)
    expect((await get(t, other.body.url)).headers.get('content-disposition')).toMatch(/^attachment;/)
  })

  it.each([
    ['without a token', undefined, 'x', 401, 'unauthorized'],
    ['with a token that is none', 'nonsense', 'x', 401, 'unauthorized'],
    ['of nothing', 'own', '', 400, 'file_empty'],
    ['that is too big', 'own', Buffer.alloc(100_001), 413, 'file_too_big'],
  ] as const)('[FIL13] %s is refused with a code', async (_what, whose, body, status, code) => {
    const token = whose === 'own' ? (await signIn(t.httpUrl, 'Ada')).token : whose
    const before = t.files().length
    const answer = await put(t, token, body)
    expect([answer.status, answer.body.error?.code]).toEqual([status, code])
    expect(t.files()).toHaveLength(before)
  })

  it('[FIL13] a body without a length is cut off where it gets too big, and one of nothing is refused', async () => {
    const { token } = await signIn(t.httpUrl, 'Ada')
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(20_000)) })
    expect((await put(t, token, endless)).body.error?.code).toBe('file_too_big')
    const nothing = new ReadableStream({ start: (controller) => controller.close() })
    expect((await put(t, token, nothing)).body.error?.code).toBe('file_empty')
    await expect.poll(() => t.files().filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('[FIL13] where guests are let in, one without the token of the greeting is refused too', async () => {
    const guests = await start({ guests: true })
    expect((await put(guests, undefined, 'x')).status).toBe(401)
    const client = await openRaw(guests.wsUrl)
    const { token } = await client.hello()
    expect((await put(guests, token as string, 'x')).status).toBe(201)
    await client.close()
    await guests.close()
  })

  it('[FIL14] 2 GB are refused by their claim, before they come', async () => {
    const { token } = await signIn(t.httpUrl, 'Ada')
    const got = await raw(t.port, `POST /chat/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 2147483648\r\n\r\nabc`)
    expect(got).toMatch(/^HTTP\/1\.1 413 /)
    expect(got).toContain('"file_too_big"')
  })

  it('[FIL15] one that is broken off in the middle, or shorter than it says, leaves nothing', async () => {
    const { token } = await signIn(t.httpUrl, 'Ada')
    const before = t.files().length
    const got = await raw(t.port, `POST /chat/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 1000\r\n\r\nabc`, (_write, end) => setTimeout(end, 50))
    expect(got).toBe('')
    await expect.poll(() => t.files().length).toBe(before)
  })

  it('[FIL16] one that brings a byte now and then, or nothing at all, is given up with a code', async () => {
    const { token } = await signIn(t.httpUrl, 'Ada')
    const head = `POST /chat/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 1000\r\n\r\n`
    let drip: ReturnType<typeof setInterval> | undefined
    const [silent, dripping] = await Promise.all([
      raw(t.port, head),
      raw(t.port, head, (write) => {
        drip = setInterval(() => write('a'), 100)
      }),
    ])
    clearInterval(drip)
    for (const got of [silent, dripping]) {
      expect(got).toMatch(/^HTTP\/1\.1 408 /)
      expect(got).toContain('"upload_timeout"')
    }
    await expect.poll(() => t.files().filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('[FIL17] another origin is refused, one that is allowed may ask from its page', async () => {
    const other = await start({ origins: ['https://app.example'] })
    const { token } = await signIn(other.httpUrl, 'Ada')
    expect((await put(other, token, 'x', 'x', { origin: 'https://evil.example' })).status).toBe(403)
    const allowed = await put(other, token, 'x', 'x', { origin: 'https://app.example' })
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([201, 'https://app.example'])
    const asked = await fetch(`${other.httpUrl}/files`, { method: 'OPTIONS', headers: { origin: 'https://app.example' } })
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization')
    expect((await fetch(`${other.httpUrl}/files`)).status).toBe(405)
    await other.close()
  })

  it('[FIL18] types that the operator does not want, and a user or a disk without place, are refused with a code', async () => {
    const small = await start({ files: { types: ['image/*'], perUserBytes: 100, totalBytes: 150 } })
    const [ada, ben] = [await signIn(small.httpUrl, 'Ada'), await signIn(small.httpUrl, 'Ben')]
    expect((await put(small, ada.token, 'text', 'x.png')).body.error?.code).toBe('file_type')
    const bytes = Buffer.concat([png(1, 1), Buffer.alloc(60)])
    const kept = await put(small, ada.token, bytes)
    expect(kept.status).toBe(201)
    expect((await put(small, ada.token, bytes)).body.error?.code).toBe('file_quota')
    const full = await put(small, ben.token, bytes)
    expect([full.status, full.body.error?.code]).toEqual([507, 'disk_full'])
    const client = await enterRaw(small, 'Ada')
    const { seq } = await sendFiles(client, 'q-1', [kept.body.id])
    await client.say('general', 'q-2', '', { kind: 'delete', target: seq })
    await expect.poll(() => small.files()).toEqual([])
    await expect.poll(async () => (await put(small, ben.token, bytes)).status).toBe(201)
    await client.close()
    await small.close()
  })

  it('[FIL19] a server that takes no files says so by silence', async () => {
    const none = await start({ files: false })
    const { token } = await signIn(none.httpUrl, 'Ada')
    expect((await fetch(`${none.httpUrl}/files`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: 'x' })).headers.get('content-type')).toBeNull()
    const client = await enterRaw(none, 'Ada')
    expect(client.of('welcome')[0]!['features']).not.toContain('attachments')
    expect(await client.say('general', 'c-1', '', { attachments: [{ id: 'x' }] } as never)).toMatchObject({ code: 'body_empty' })
    await client.close()
    await none.close()
  })
})

describe('a download', () => {
  it('[FIL20] of a part gives that part, of none gives none', async () => {
    const { token } = await signIn(t.httpUrl, 'Ada')
    const { body } = await put(t, token, '0123456789', 'digits.txt')
    const part = await get(t, body.url, { range: 'bytes=2-4' })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234'])
    expect((await get(t, body.url, { range: 'bytes=50-' })).status).toBe(416)
    expect((await get(t, body.url, { 'if-none-match': `"${body.id}"` })).status).toBe(304)
    const head = await fetch(`${t.httpUrl}/${body.url}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '10'])
  })

  it.each(['files/', 'files/x/y', `files/${'a'.repeat(32)}/x`, 'files/..%2fchat.db/x', 'files/../chat.db', 'files/%2e%2e/chat.db', 'files/a\u0000b/x'])('[FIL21] %j is not found', async (url) => {
    const got = await raw(t.port, `GET /chat/${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(got).toMatch(/^HTTP\/1\.1 (400|404) /)
  })
})

describe('a message with files', () => {
  it('[FIL30] needs no text, and everyone gets the files with it, now, later and in history', async () => {
    const [ada, ben] = [await enter('Ada'), await enter('Ben')]
    const { body: file } = await put(t, ada.token, png(4, 3), 'map.png')
    expect(ada.of('welcome')[0]).toMatchObject({ features: expect.arrayContaining(['attachments', 'mentions']), limits: { fileBytes: 100_000, attachments: 3 } })
    const ack = await sendFiles(ada, 'f-1', [file.id])
    const event = await ben.next((frame) => frame.type === 'event' && frame['seq'] === ack['seq'])
    const attachments = [{ id: file.id, name: 'map.png', type: 'image/png', size: png(4, 3).length, url: file.url, width: 4, height: 3 }]
    expect(event).toMatchObject({ body: '', attachments })
    expect(event).not.toHaveProperty('deleted')
    const late = await enter('Cleo')
    const joined = late.of('joined')[0] as unknown as { events: { seq: number; attachments?: unknown }[] }
    expect(joined.events.find(({ seq }) => seq === ack['seq'])).toMatchObject({ attachments })
  })

  it('[FIL31] sent again under its id is the same message, and with another file a conflict', async () => {
    const ada = await enter('Ada')
    const [one, two] = [await put(t, ada.token, 'one'), await put(t, ada.token, 'two')]
    const ack = await sendFiles(ada, 'f-2', [one.body.id, one.body.id], 'look')
    expect(await sendFiles(ada, 'f-2', [one.body.id], 'look')).toMatchObject({ type: 'ack', seq: ack['seq'], duplicate: true })
    expect(await sendFiles(ada, 'f-2', [two.body.id], 'look')).toMatchObject({ code: 'client_id_conflict' })
    expect(await sendFiles(ada, 'f-2', [], 'look')).toMatchObject({ code: 'client_id_conflict' })
  })

  it('[FIL32] a file of somebody else, of another message, one that is not there, and too many are refused', async () => {
    const [ada, ben] = [await enter('Ada'), await enter('Ben')]
    const { body: file } = await put(t, ada.token, 'mine')
    expect(await sendFiles(ben, 'f-3', [file.id])).toMatchObject({ code: 'attachment_not_found', retry: false })
    expect(await sendFiles(ada, 'f-4', [file.id])).toMatchObject({ type: 'ack' })
    expect(await sendFiles(ada, 'f-5', [file.id])).toMatchObject({ code: 'attachment_not_found' })
    expect(await sendFiles(ada, 'f-6', ['x'.repeat(32)])).toMatchObject({ code: 'attachment_not_found' })
    expect(await sendFiles(ada, 'f-7', ['a', 'b', 'c', 'd'])).toMatchObject({ code: 'attachment_limit' })
  })

  it('[FIL33] deleted, it takes its files along: from the log, from the disk, and for whoever has the address', async () => {
    const [ada, ben] = [await enter('Ada'), await enter('Ben')]
    const { body: file } = await put(t, ada.token, png(1, 1), 'gone.png')
    const ack = await sendFiles(ada, 'f-8', [file.id], 'look')
    expect(t.files()).toContain(file.id)
    await ada.say('general', 'f-9', '', { kind: 'delete', target: ack['seq'] })
    await expect.poll(() => t.files()).not.toContain(file.id)
    expect((await get(t, file.url)).status).toBe(404)
    ben.send({ type: 'history', id: 900, room: 'general', after: (ack['seq'] as number) - 1, limit: 1 })
    const page = (await ben.next((frame) => frame.type === 'page' && frame['id'] === 900)) as unknown as { events: object[] }
    expect(page.events[0]).toMatchObject({ body: '', deleted: true })
    expect(page.events[0]).not.toHaveProperty('attachments')
    expect(await sendFiles(ada, 'f-8', [file.id], 'look')).toMatchObject({ type: 'ack', duplicate: true })
  })

  it('[FIL34] without a text it can be reacted to and answered, as it is not deleted', async () => {
    const ada = await enter('Ada')
    const { body: file } = await put(t, ada.token, 'note')
    const { seq } = await sendFiles(ada, 'f-10', [file.id])
    expect(await ada.say('general', 'f-11', '👍', { kind: 'react', target: seq })).toMatchObject({ type: 'ack' })
    expect(await ada.say('general', 'f-12', 'a caption', { kind: 'edit', target: seq })).toMatchObject({ type: 'ack' })
  })

  it('[FIL35] what was never sent is removed in time, what was sent is not', async () => {
    const brief = await start({ files: { unsentMs: 300 } })
    const ada = await enterRaw(brief, 'Ada')
    const [sent, unsent] = [await put(brief, ada.token, 'sent'), await put(brief, ada.token, 'unsent')]
    await sendFiles(ada, 'f-13', [sent.body.id])
    await expect.poll(() => brief.files(), { timeout: 10_000 }).toEqual([sent.body.id])
    expect((await get(brief, unsent.body.url)).status).toBe(404)
    await ada.close()
    await brief.close()
  })

  it('[FIL36] kill -9 in the middle of an upload leaves no half file, and what was acked is there after the restart', async () => {
    const server = await spawnServer()
    const folder = `${server.db}.files`
    const ada = await enterRaw(server, 'Ada')
    const { body: file } = await put(server, ada.token, 'whole')
    await sendFiles(ada, 'f-14', [file.id])
    const broken = raw(server.port, `POST /chat/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ada.token}\r\nContent-Length: 1000\r\n\r\nabc`)
    await expect.poll(() => readdirSync(folder).filter((name) => name.endsWith('.part'))).toHaveLength(1)
    await server.restart()
    await broken
    expect(readdirSync(folder)).toEqual([file.id])
    expect(await (await get(server, file.url)).text()).toBe('whole')
    await server.dispose()
  })
})

describe('mentions', () => {
  it('[FIL40] users whom the server knows are kept with the message and its edits, once each; others are left out', async () => {
    const [ada, ben] = [await enter('Ada'), await enter('Ben')]
    const ack = await ada.say('general', 'm-1', 'hello @Ben', { mentions: [ben.user.id, 'nobody', ben.user.id, ada.user.id] } as never)
    const event = await ben.next((frame) => frame.type === 'event' && frame['seq'] === ack['seq'])
    expect(event['mentions']).toEqual([ben.user.id, ada.user.id])
    const edit = await ada.say('general', 'm-2', 'hello', { kind: 'edit', target: ack['seq'], mentions: ['nobody'] } as never)
    expect(await ben.next((frame) => frame.type === 'event' && frame['seq'] === edit['seq'])).not.toHaveProperty('mentions')
  })

  it('[FIL41] somebody who is gone can be spoken to, and more than 50 are refused', async () => {
    const { user } = await signIn(t.httpUrl, 'Dora')
    const ada = await enter('Ada')
    const ack = await ada.say('general', 'm-3', 'hello @Dora', { mentions: [user.id] } as never)
    expect(await ada.next((frame) => frame.type === 'event' && frame['seq'] === ack['seq'])).toMatchObject({ mentions: [user.id] })
    const many = Array.from({ length: 51 }, (_, i) => `u-${String(i)}`)
    expect(await ada.say('general', 'm-4', 'all', { mentions: many } as never)).toMatchObject({ code: 'bad_request' })
  })

  it('[FIL42] a deletion takes them along', async () => {
    const ada = await enter('Ada')
    const ack = await ada.say('general', 'm-5', 'hello', { mentions: [ada.user.id] } as never)
    await ada.say('general', 'm-6', '', { kind: 'delete', target: ack['seq'] })
    ada.send({ type: 'history', id: 901, room: 'general', after: (ack['seq'] as number) - 1, limit: 1 })
    const page = (await ada.next((frame) => frame.type === 'page' && frame['id'] === 901)) as unknown as { events: object[] }
    expect(page.events[0]).not.toHaveProperty('mentions')
  })
})
