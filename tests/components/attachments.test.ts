import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { computed, nextTick, reactive } from 'vue'
import type { ChatUpload } from '../../src/attachments/types.ts'
import ChatAttachmentPart from '../../src/components/ChatAttachment/ChatAttachment.vue'
import ChatAttachmentTrayPart from '../../src/components/ChatAttachmentTray/ChatAttachmentTray.vue'
import { ChatMessage } from '../../src/components/index.ts'
import { fileKind, fileSize, isMislabelled, pictureBox, splitName } from '../../src/components/ChatAttachment/file-text.ts'
import { chatLocaleKey } from '../../src/composables/index.ts'
import { ChatError, type Attachment, type ChatMessage as ChatMessageRow } from '../../src/core/index.ts'
import { en } from '../../src/locale/en.ts'
import { zhCN } from '../../src/locale/zh-CN.ts'
import { message, own } from './support/samples.ts'
import { speaking } from '../../src/composables/useTexts.ts'

// As the package exports them, and here at once.
const ChatAttachment = speaking(ChatAttachmentPart, en)
const ChatAttachmentTray = speaking(ChatAttachmentTrayPart, en)

const fileOf = (changes: Partial<Attachment> = {}): Attachment => ({ id: 'f', name: 'report.pdf', type: 'application/pdf', size: 1_400_000, url: 'https://chat.example/files/f/report.pdf', ...changes })
const picture = (changes: Partial<Attachment> = {}): Attachment => fileOf({ name: 'map.png', type: 'image/png', url: 'https://chat.example/files/f/map.png', width: 400, height: 300, ...changes })
const show = (attachment: Attachment) => mount(ChatAttachment, { props: { attachment } })

const HOSTILE_NAMES = [
  '<img src=x onerror=alert(1)>.png',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '\u202egpj.exe',
  'a'.repeat(4_000),
  '長'.repeat(300),
  '',
]
const HOSTILE_URLS = ['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\tscript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'vbscript:x', 'blob:https://chat.example/x', 'file:///etc/passwd', 'https://a:b@evil.example/', '']

afterEach(() => vi.restoreAllMocks())

describe('a file in a message', () => {
  it('[ATT40] a picture has its place before it is there, loads when it is near, and is named', () => {
    const wrapper = show(picture())
    expect(wrapper.get('.chat-picture').attributes('style')).toMatch(/width: 320px.*aspect-ratio: 1\.333/)
    expect(wrapper.get('img').attributes()).toMatchObject({ src: 'https://chat.example/files/f/map.png', alt: 'map.png', loading: 'lazy', decoding: 'async' })
    expect(wrapper.get('button').attributes('aria-label')).toBe('Open map.png')
  })

  it.each([
    [[400, 300], '320px', '1.333'],
    [[40, 30], '96px', '1.333'],
    [[300, 3_000], '160px', '0.5'],
    [[30_000, 10], '320px', '3'],
    [[undefined, undefined], '320px', '1.5'],
    [[0, 10], '320px', '1.5'],
  ] as const)('[ATT40] the place of %o is %s wide with the ratio %s', ([width, height], wide, ratio) => {
    expect(pictureBox(width, height)).toEqual({ width: wide, aspectRatio: ratio })
  })

  it('[ATT41] a picture that does not come says so, and is asked for again', async () => {
    const wrapper = show(picture())
    const first = wrapper.get('img').element
    await wrapper.get('img').trigger('error')
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.get('button').text()).toContain('The picture could not be loaded. Retry')
    await wrapper.get('button').trigger('click')
    expect(wrapper.get('img').element).not.toBe(first)
  })

  it('[ATT42] a file is a card with its name, kind and size, to be downloaded', () => {
    const link = show(fileOf()).get('a')
    expect(link.attributes()).toMatchObject({ href: 'https://chat.example/files/f/report.pdf', download: 'report.pdf', rel: 'noopener noreferrer' })
    expect(link.text()).toBe('Downloadreport.pdfPDF · 1.4 MB')
    expect(link.get('bdi').text()).toBe('report.pdf')
  })

  it.each([
    ['report.pdf', ['re', 'port.pdf'].join('')],
    ['a very long name of a report.final.pdf', 'a very long name of a report.final.pdf'],
    ['no-extension-at-all-but-long', 'no-extension-at-all-but-long'],
    ['👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧.png', '👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧.png'],
  ])('[ATT42] the name %j is whole, and its end is never cut', (name, whole) => {
    const [start, end] = splitName(name)
    expect(start + end).toBe(whole)
    const extension = /\.\w+$/.exec(name)?.[0]
    if (end !== '' && extension) expect(end.endsWith(extension)).toBe(true)
  })

  it.each([
    [0, '0 bytes', '0 byte'],
    [999, '999 bytes', '999 byte'],
    [1_000, '1 kB', '1 kB'],
    [10_485_760, '10 MB', '10 MB'],
    [5_400_000_000_000, '5,400 GB', '5,400 GB'],
  ])('[ATT42] %i bytes are %s', (bytes, english) => {
    expect(fileSize(bytes, en)).toBe(english)
    expect(fileSize(bytes, zhCN)).toMatch(/\d/)
  })

  it('[ATT42] the kind is what the name ends with, else what the type says', () => {
    expect([fileKind(fileOf()), fileKind(fileOf({ name: 'x', type: 'application/zip' })), fileKind(fileOf({ name: 'x', type: '' }))]).toEqual(['PDF', 'ZIP', ''])
  })

  it.each([
    ['holiday.PNG', 'text/plain', true],
    ['holiday.png', 'application/octet-stream', true],
    ['holiday.png', 'image/jpeg', false],
    ['song.mp3', 'video/mp4', false],
    ['song.mp3', 'application/zip', true],
    ['report.pdf', 'text/plain', true],
    ['notes.txt', 'application/octet-stream', false],
    ['no extension', 'text/plain', false],
  ])('[ATT56] a file %s whose bytes are %s is no such file: %s', (name, type, isSo) => {
    const wrapper = show(fileOf({ name, type }))
    if (wrapper.find('.chat-file-details').exists()) expect(wrapper.get('.chat-file-details').text().includes('by name only')).toBe(isSo)
    expect(isMislabelled(fileOf({ name, type }))).toBe(isSo)
    expect(isMislabelled(fileOf({ name, type, url: '' }))).toBe(false)
  })

  it.each(['video/mp4', 'audio/mpeg'])('[ATT43] %s plays in place without being loaded first, and is a card where it cannot', async (type) => {
    const wrapper = show(fileOf({ type, name: 'clip' }))
    const player = wrapper.get('video, audio')
    expect(player.attributes()).toMatchObject({ preload: 'metadata', 'aria-label': 'clip' })
    expect(player.attributes('controls')).toBeDefined()
    await player.trigger('error')
    expect(wrapper.find('video, audio').exists()).toBe(false)
    expect(wrapper.get('a').attributes('download')).toBe('clip')
  })

  it.each(HOSTILE_URLS)('[ATT44] the address %j is neither loaded nor followed', (url) => {
    for (const type of ['image/png', 'video/mp4', 'audio/mpeg', 'application/pdf', 'text/html', 'image/svg+xml']) {
      const wrapper = show(fileOf({ type, url }))
      expect(wrapper.find('a[href], img, video[src], audio[src]').exists()).toBe(false)
      expect(wrapper.text()).toContain(type === 'image/png' ? '' : 'report.pdf')
    }
  })

  it.each(HOSTILE_NAMES)('[ATT44] the name %j stays text', (name) => {
    for (const type of ['image/png', 'video/mp4', 'audio/mpeg', 'application/pdf']) {
      const wrapper = show(fileOf({ type, name }))
      expect(wrapper.find('script, [onerror], [onmouseover], iframe, object').exists()).toBe(false)
      if (type === 'application/pdf') {
        expect(wrapper.get('bdi').element.textContent).toBe(name.replace('\u202e', ''))
        expect(wrapper.get('a').attributes('href')).toBe('https://chat.example/files/f/report.pdf')
      }
    }
  })

  it('[ATT44] SVG and HTML are cards, whatever they say they are', () => {
    for (const type of ['image/svg+xml', 'text/html', 'application/xhtml+xml', 'IMAGE/PNG; x', '']) expect(show(fileOf({ type })).find('img, video, audio').exists()).toBe(false)
  })
})

describe('a message with files', () => {
  /** The code for files comes when they are first drawn. */
  const drawn = async (options: { readonly props: { readonly message: ChatMessageRow } }) => {
    const wrapper = mount(ChatMessage, options)
    await vi.dynamicImportSettled()
    await nextTick()
    return wrapper
  }

  it('[ATT45] shows pictures together and the other files below, and is named by them where it has no text', async () => {
    const wrapper = await drawn({ props: { message: message(1, { body: '', attachments: [picture(), fileOf(), picture({ name: 'two.png' })] }) } })
    expect(wrapper.findAll('.chat-pictures .chat-picture')).toHaveLength(2)
    expect(wrapper.get('.chat-pictures').attributes('data-many')).toBeDefined()
    expect(wrapper.findAll('.chat-file')).toHaveLength(1)
    expect(wrapper.get('article').attributes('aria-label')).toContain('3 files: map.png, report.pdf, two.png')
  })

  it('[ATT45] a deleted message shows none of them', async () => {
    const wrapper = await drawn({ props: { message: message(1, { body: '', isDeleted: true, attachments: [picture()] }) } })
    expect(wrapper.find('.chat-attachments').exists()).toBe(false)
    expect(wrapper.get('article').attributes('aria-label')).not.toContain('map.png')
  })

  it('[ATT45] quoted without a text, it is told by its files', async () => {
    const quote = { seq: 1, key: 'general:1', author: { id: 'ada', name: 'Ada' }, body: '', attachments: [picture()] }
    const wrapper = await drawn({ props: { message: message(2, { body: 'nice', replyTo: 1, quote }) } })
    expect(wrapper.get('.chat-quote').text()).toContain('File: map.png')
  })

  it('[ATT45] the element of a picture stays when the server\'s id takes the place of ours', async () => {
    const wrapper = await drawn({ props: { message: { ...own('a', 'sending'), attachments: [picture({ id: 'local-1' })] } } })
    const before = wrapper.get('img').element
    await wrapper.setProps({ message: { ...own('a', 'sent'), attachments: [picture({ id: 's-1' })] } })
    expect(wrapper.get('img').element).toBe(before)
  })
})

describe('ChatAttachmentTray', () => {
  const itemOf = (changes: Partial<ChatUpload> = {}): ChatUpload =>
    reactive({ id: 'local-1', file: new File(['text'], 'a.txt', { type: 'text/plain' }), state: 'uploading', progress: 0.25, preview: undefined, width: undefined, height: undefined, error: undefined, attachment: undefined, ...changes }) as ChatUpload

  it('[ATT46] shows each file with how far it is, and takes it back', async () => {
    const item = itemOf()
    const wrapper = mount(ChatAttachmentTray, { props: { items: [item] } })
    expect(wrapper.get('ul').attributes('aria-label')).toBe('Files for the message')
    expect(wrapper.get('progress').attributes()).toMatchObject({ value: '0.25', max: '1', 'aria-label': 'Uploading a.txt' })
    expect(wrapper.get('li').text()).toContain('TXT · 4 bytes')
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('remove')).toEqual([[item]])
  })

  it('[ATT46] says politely, once, what has become of a file; after another try again', async () => {
    const item = itemOf() as { -readonly [K in keyof ChatUpload]: ChatUpload[K] }
    const wrapper = mount(ChatAttachmentTray, { props: { items: [item] } })
    const said = (): string => wrapper.get('[role=status]').text()
    expect(said()).toBe('')
    Object.assign(item, { state: 'failed', error: new ChatError('file_quota', 'x') })
    await nextTick()
    expect(said()).toBe('\u2068a.txt\u2069 failed: Your files take all the place you have here.')
    await wrapper.findAll('button').at(-1)!.trigger('click')
    expect(wrapper.emitted('retry')).toEqual([[item]])
    item.state = 'uploading'
    await nextTick()
    item.state = 'done'
    await nextTick()
    expect(said()).toBe('\u2068a.txt\u2069 uploaded.')
  })

  const refused = (['file_empty', 'file_too_big', 'file_type', 'file_count'] as const).map((fault) => ({ name: 'x.bin', size: 9, fault }))

  it('[ATT47] each refusal says what to do, in every language, until it is dismissed', async () => {
    const limits = { maxSize: 2_000_000, maxCount: 3 }
    const wrapper = mount(ChatAttachmentTray, { props: { items: [], refused, limits } })
    const told = wrapper.get('[role=alert]').findAll('p').map((line) => line.text())
    expect(told).toHaveLength(4)
    expect(told.every((line) => line.includes('x.bin'))).toBe(true)
    expect(told[1]).toContain('2 MB')
    expect(told[3]).toContain('takes 3 files')
    await wrapper.get('[role=alert] button').trigger('click')
    expect(wrapper.emitted('dismiss')).toHaveLength(1)
    const chinese = mount(ChatAttachmentTray, { props: { items: [], refused, limits }, global: { provide: { [chatLocaleKey as symbol]: computed(() => zhCN) } } })
    expect(chinese.get('[role=alert]').text()).toContain('最多 3 个文件')
  })

  it('[ATT48] without a connection it says what becomes of the files', () => {
    expect(mount(ChatAttachmentTray, { props: { items: [itemOf({ state: 'waiting' })], isUp: false } }).text()).toContain('Keep this page open')
    expect(mount(ChatAttachmentTray, { props: { items: [], isUp: false } }).text()).toBe('')
  })
})
