import { flushPromises, mount as mountComponent } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, defineComponent, h, ref, type App } from 'vue'
import { createChat, onRoomWanted, useChatRoom, useChatSocket, useChatStore } from '../../src/index.ts'
import { ChatNoticeSettings, useChatNotifications, useChatSound, useTitleBadge, type NoticeOptions, type NoticeScope } from '../../src/notice/index.ts'
import { createFakeServer } from '../../src/testing.ts'
import { setVisible } from '../composables/support.ts'

const ada = { id: 'ada', name: 'Ada' }

/** Stands for the browser's notifications. */
class FakeNotification {
  static permission: NotificationPermission = 'default'
  static answer: NotificationPermission = 'granted'
  static asked = 0
  static shown: FakeNotification[] = []
  static requestPermission(): Promise<NotificationPermission> {
    FakeNotification.asked += 1
    if (FakeNotification.permission === 'default') FakeNotification.permission = FakeNotification.answer
    return Promise.resolve(FakeNotification.permission)
  }
  readonly title: string
  readonly options: NotificationOptions
  readonly tag: string
  isClosed = false
  onclick?: (event: { target: FakeNotification }) => void
  constructor(title: string, options: NotificationOptions = {}) {
    this.title = title
    this.options = options
    this.tag = options.tag ?? ''
    // VueUse looks with an empty one whether the browser has any.
    if (title !== '') FakeNotification.shown.push(this)
  }
  close(): void {
    this.isClosed = true
  }
  click(): void {
    this.onclick?.({ target: this })
  }
}

/** Stands for the audio of a page that nobody has touched, until `isTouched`. */
class FakeAudio {
  static isTouched = false
  static made: FakeAudio[] = []
  static notes = 0
  state = 'suspended'
  currentTime = 0
  destination = {}
  constructor() {
    FakeAudio.made.push(this)
  }
  resume(): Promise<void> {
    if (FakeAudio.isTouched) this.state = 'running'
    return Promise.resolve()
  }
  suspend(): Promise<void> {
    this.state = 'suspended'
    return Promise.resolve()
  }
  close(): Promise<void> {
    this.state = 'closed'
    return Promise.resolve()
  }
  createGain(): unknown {
    return { gain: { setValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() }, connect: vi.fn() }
  }
  createOscillator(): unknown {
    const tone = {
      frequency: {},
      onended: undefined as (() => void) | undefined,
      connect: (next: unknown) => next,
      start: () => (FakeAudio.notes += 1),
      stop: () => setTimeout(() => tone.onended?.(), 300),
    }
    return tone
  }
}

const apps: App[] = []

beforeEach(() => {
  vi.useFakeTimers()
  FakeNotification.permission = 'granted'
  FakeNotification.answer = 'granted'
  FakeNotification.asked = 0
  FakeNotification.shown = []
  FakeAudio.isTouched = true
  FakeAudio.made = []
  FakeAudio.notes = 0
  localStorage.clear()
  document.title = 'Tea'
  vi.stubGlobal('Notification', FakeNotification)
  vi.stubGlobal('AudioContext', FakeAudio)
  vi.spyOn(window, 'focus').mockImplementation(() => {})
})
afterEach(() => {
  for (const app of apps.splice(0)) app.unmount()
  setVisible(true)
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const settle = () => vi.advanceTimersByTimeAsync(0)
/** Long enough for a tab to ask the others and tell. */
const later = () => vi.advanceTimersByTimeAsync(400)

/** An app that shows `general` and is in `design` too. */
const open = async <T = undefined>(notice?: NoticeOptions, setup: () => T = () => undefined as T) => {
  const server = createFakeServer({ rooms: [{ room: 'general', title: 'General' }, { room: 'design', title: 'Design' }] })
  let result!: T
  const app = createApp(
    defineComponent({
      setup() {
        useChatRoom('general')
        useChatSocket().session.enter('design')
        result = setup()
        return () => h('div')
      },
    }),
  )
  app.use(createPinia()).use(createChat({ url: 'ws://test/chat', transport: server.connect, ...(notice && { notice }) }))
  apps.push(app)
  app.mount(document.createElement('div'))
  await vi.dynamicImportSettled()
  await settle()
  return { server, app, result }
}
const last = () => FakeNotification.shown.at(-1)

describe('desktop notifications', () => {
  it('[NT6] tells of a room that is not on screen, and of the one that is while the page is hidden', async () => {
    const { server } = await open({ desktop: true })
    server.say('general', ada, 'You see this')
    server.say('design', ada, 'The blue one')
    await later()
    expect(FakeNotification.shown.map(({ title, options }) => [title, options.body])).toEqual([['Ada in Design', 'The blue one']])
    setVisible(false)
    server.say('general', ada, 'Are you there?')
    await later()
    expect(last()).toMatchObject({ title: 'Ada in General', options: { body: 'Are you there?', tag: 'vue-chat-socket:general' } })
  })

  it('[NT6] speaks of several that come together in one', async () => {
    const { server } = await open({ desktop: true })
    for (const body of ['one', 'two', 'three']) server.say('design', ada, body)
    await later()
    expect(FakeNotification.shown).toHaveLength(1)
    expect(last()!.options.body).toBe('three\nand 2 more messages')
  })

  it('[NT7] a click focuses the window and asks for the room', async () => {
    const opened: string[] = []
    const wanted: string[] = []
    const { server } = await open({ desktop: true, open: (room) => opened.push(room) }, () => onRoomWanted((room) => wanted.push(room)))
    server.say('design', ada, 'Look')
    await later()
    last()!.click()
    expect(window.focus).toHaveBeenCalledOnce()
    expect([opened, wanted, last()!.isClosed]).toEqual([['design'], ['design'], true])
  })

  it('[NT7] is taken away when the room is seen', async () => {
    const { server } = await open({ desktop: true })
    setVisible(false)
    server.say('general', ada, 'Hello?')
    await later()
    expect(last()!.isClosed).toBe(false)
    setVisible(true)
    await settle()
    expect(last()!.isClosed).toBe(true)
  })

  it('[NT7] is taken away when the room was read in another tab or on another device, and not before', async () => {
    const { server, result: store } = await open({ desktop: true }, () => useChatStore())
    setVisible(false)
    server.say('general', ada, 'Hello?')
    await later()
    server.say('general', ada, 'Anybody?')
    await later()
    const note = last()!
    expect([store.unread('general'), note.isClosed]).toEqual([2, false])
    store.dispatch({ type: 'read', room: 'general', seq: 1 })
    await settle()
    expect([store.unread('general'), note.isClosed]).toEqual([1, false])
    store.dispatch({ type: 'read', room: 'general', seq: 2 })
    await settle()
    expect([store.unread('general'), note.isClosed]).toEqual([0, true])
    setVisible(true)
  })

  it('[NT8] asks for permission when a person wants it, and not before', async () => {
    FakeNotification.permission = 'default'
    const { server, result } = await open(undefined, () => useChatNotifications())
    server.say('design', ada, 'Nobody asked')
    await later()
    expect([FakeNotification.asked, FakeNotification.shown.length, result.permission.value]).toEqual([0, 0, 'default'])

    await vi.advanceTimersByTimeAsync(20_000)
    vi.stubGlobal('navigator', { userActivation: { isActive: false } })
    expect(await result.allow()).toBe(false)
    expect(FakeNotification.asked).toBe(0)

    vi.stubGlobal('navigator', { userActivation: { isActive: true } })
    expect(await result.allow()).toBe(true)
    server.say('design', ada, 'Now')
    await later()
    expect([FakeNotification.asked > 0, last()!.options.body]).toEqual([true, 'Now'])
  })

  it('[NT8] shows nothing to whoever said no', async () => {
    FakeNotification.permission = 'denied'
    const { server, result } = await open(undefined, () => useChatNotifications())
    expect(await result.allow()).toBe(false)
    server.say('design', ada, 'Hidden')
    await later()
    expect(FakeNotification.shown).toEqual([])
  })

  it('[NT9] keeps quiet about muted rooms, for good', async () => {
    const { result, app } = await open(undefined, () => useChatNotifications())
    result.setMuted('design', true)
    expect(result.isMuted('design')).toBe(true)
    app.unmount()
    apps.length = 0
    const again = await open({ desktop: true, title: true })
    again.server.say('design', ada, 'Psst')
    await later()
    expect([FakeNotification.shown.length, document.title]).toEqual([0, 'Tea'])
  })

  it('[NT9] a broken store of choices counts as none', async () => {
    localStorage.setItem('vue-chat-socket:notice:ws://test/chat', '{"muted":7')
    const { result } = await open(undefined, () => useChatNotifications())
    expect([result.isOn.value, result.isMuted('design')]).toEqual([true, false])
  })

  it('[NT10] tells of mentions alone, or of mentions and direct conversations, where that is wanted', async () => {
    const only = ref<NoticeScope>('mentions')
    const { server } = await open({ desktop: true, only })
    server.say('design', ada, 'For everybody')
    await later()
    expect(FakeNotification.shown).toEqual([])
    only.value = 'all'
    server.say('design', ada, 'For everybody again')
    await later()
    expect(last()!.options.body).toBe('For everybody again')
    only.value = 'mentions'
    await vi.advanceTimersByTimeAsync(2_000)
    const event = server.log('design').at(-1)!
    server.push({ type: 'event', ...event, seq: event.seq + 1, clientId: 'other', body: 'For you', mentions: [server.user.id] })
    await later()
    expect(last()).toMatchObject({ title: 'Ada mentioned you in Design', options: { body: 'For you', renotify: true } })
  })
})

describe('title', () => {
  it('[NT11] carries the number of unread messages, also when the app sets another title, and is as before in the end', async () => {
    const { server, app } = await open({ title: true })
    server.say('design', ada, 'one')
    server.say('design', ada, 'two')
    await flushPromises()
    await settle()
    expect(document.title).toBe('(2) Tea')
    document.title = 'Coffee'
    await flushPromises()
    expect(document.title).toBe('(2) Coffee')
    app.unmount()
    apps.length = 0
    expect(document.title).toBe('Coffee')
  })

  it('[NT11] goes with a format of the app, and stops at 99', async () => {
    const { server } = await open({ title: true })
    for (let i = 0; i < 120; i++) server.say('design', ada, String(i))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(document.title).toBe('(99+) Tea')
    apps.pop()!.unmount()
    const other = await open({ title: { format: (title, count) => `${title} · ${count}` } })
    other.server.say('design', ada, 'one')
    await settle()
    expect(document.title).toBe('Tea · 1')
  })

  it('[NT11] is written by one badge of a page, and gives way to an app that insists', async () => {
    const { server } = await open({ title: true }, () => useTitleBadge())
    server.say('design', ada, 'one')
    await settle()
    await flushPromises()
    expect(document.title).toBe('(1) Tea')
    const insist = new MutationObserver(() => document.title !== 'Mine' && (document.title = 'Mine'))
    insist.observe(document.head, { childList: true, subtree: true, characterData: true })
    document.title = 'Mine'
    await flushPromises()
    await settle()
    insist.disconnect()
    expect(document.title).toBe('Mine')
  })
})

describe('sound', () => {
  it('[NT12] makes one where nobody looks, two notes, and lets the device rest afterwards', async () => {
    const { server } = await open({ sound: true })
    document.dispatchEvent(new Event('pointerup'))
    await settle()
    server.say('general', ada, 'Seen')
    await later()
    expect(FakeAudio.notes).toBe(0)
    server.say('design', ada, 'Not seen')
    await later()
    expect(FakeAudio.notes).toBe(2)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(FakeAudio.made.map(({ state }) => state)).toEqual(['suspended'])
  })

  it('[NT12] is silent, and makes nothing, before somebody has touched the page', async () => {
    FakeAudio.isTouched = false
    const { server, result } = await open(undefined, () => useChatSound())
    server.say('design', ada, 'Hello')
    await later()
    expect([FakeAudio.made.length, FakeAudio.notes, result.isReady.value]).toEqual([0, 0, false])
    FakeAudio.isTouched = true
    document.dispatchEvent(new Event('keydown'))
    await settle()
    expect(result.isReady.value).toBe(true)
  })

  it('[NT12] remembers that it was turned off', async () => {
    const first = await open(undefined, () => useChatSound())
    first.result.isSilent.value = true
    first.app.unmount()
    apps.length = 0
    const { server, result } = await open(undefined, () => useChatSound())
    document.dispatchEvent(new Event('click'))
    await settle()
    server.say('design', ada, 'Hello')
    await later()
    expect([result.isSilent.value, FakeAudio.made.length, FakeAudio.notes]).toEqual([true, 0, 0])
  })

  it('[NT12] takes the place of the sound of a notification', async () => {
    const { server } = await open({ sound: true, desktop: true })
    server.say('design', ada, 'Not ready yet')
    await later()
    expect(last()!.options.silent).toBe(false)
    document.dispatchEvent(new Event('click'))
    await vi.advanceTimersByTimeAsync(2_000)
    server.say('design', ada, 'Ready')
    await later()
    expect(last()!.options.silent).toBe(true)
  })
})

describe('all of it', () => {
  it('[NT13] is off unless it is named, and ends with the app', async () => {
    const { server } = await open()
    setVisible(false)
    document.dispatchEvent(new Event('click'))
    server.say('design', ada, 'Hello')
    await later()
    expect([FakeNotification.shown.length, FakeAudio.made.length, document.title]).toEqual([0, 0, 'Tea'])
    const named = await open({ desktop: true, sound: true, title: true })
    named.app.unmount()
    apps.length = 1
    named.server.say('design', ada, 'Too late')
    await later()
    expect(FakeNotification.shown).toEqual([])
  })
})

describe('ChatNoticeSettings', () => {
  const show = async (notice: NoticeOptions, props: Record<string, unknown> = {}) => {
    const server = createFakeServer()
    const chat = createChat({ url: 'ws://test/chat', transport: server.connect, notice })
    const wrapper = mountComponent(ChatNoticeSettings, { props, global: { plugins: [createPinia(), chat] }, attachTo: document.body })
    await vi.dynamicImportSettled()
    await settle()
    apps.push({ unmount: () => wrapper.unmount() } as App)
    return wrapper
  }

  it('[NT14] offers what the app has, and asks for permission when the box is ticked', async () => {
    FakeNotification.permission = 'default'
    const wrapper = await show({ desktop: true, title: true })
    expect(wrapper.findAll('label').map((label) => label.text())).toEqual(['Desktop notifications'])
    expect(wrapper.get<HTMLInputElement>('input').element.checked).toBe(false)
    expect(FakeNotification.asked).toBe(0)
    await wrapper.get('input').setValue(true)
    await settle()
    expect(FakeNotification.asked).toBe(1)
    expect(wrapper.get<HTMLInputElement>('input').element.checked).toBe(true)
  })

  it('[NT14] stays unticked when the person says no, and says who blocks', async () => {
    FakeNotification.permission = 'default'
    FakeNotification.answer = 'denied'
    const wrapper = await show({ desktop: true })
    await wrapper.get('input').setValue(true)
    await settle()
    expect(wrapper.get<HTMLInputElement>('input').element).toMatchObject({ checked: false, disabled: true })
    expect(wrapper.get('.chat-hint').attributes('id')).toBe(wrapper.get('input').attributes('aria-describedby'))
  })

  it('[NT14] mutes a room', async () => {
    const wrapper = await show({ sound: true }, { room: 'design' })
    expect(wrapper.findAll('label').map((label) => label.text())).toEqual(['Sound', 'Mute this room'])
    await wrapper.findAll('input')[1]!.setValue(true)
    await settle()
    expect(localStorage.getItem('vue-chat-socket:notice:ws://test/chat')).toContain('"muted":["design"]')
  })
})
