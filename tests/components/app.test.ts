import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ChatApp } from '../../src/components/index.ts'
import { useChatSocket } from '../../src/composables/index.ts'
import { createChat } from '../../src/plugin.ts'
import { createFakeServer } from '../../src/testing.ts'

enableAutoUnmount(afterEach)
beforeEach(() => localStorage.clear())

const me = { id: 'me', name: 'Robin' }
const ada = { id: 'ada', name: 'Ada' }
const can = { send: true, react: true, attach: true, invite: true, manage: false }
const owner = { ...can, manage: true, moderate: true }
const listing = (room: string, more: object = {}) => ({
  room,
  title: room.toUpperCase(),
  kind: 'room' as const,
  isMember: true,
  isPrivate: true,
  memberCount: 2,
  top: 0,
  unread: 0,
  activeAt: 1,
  can,
  ...more,
})
const listings = [
  listing('plans', { activeAt: 9, unread: 3 }),
  listing('news', { can: { ...can, send: false } }),
  listing('d', { title: 'Ada', kind: 'direct', members: [me, ada], online: ['ada'] }),
  listing('garden', { isMember: false, isPrivate: false }),
]

/** @param width of the app, in pixels; nothing is laid out here */
const open = async (width: number, props: object = {}, features: readonly 'membership'[] = ['membership']) => {
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => width })
  const server = createFakeServer({ user: me, features, rooms: [{ room: 'plans', title: 'Plans' }, { room: 'news', title: 'News' }, { room: 'd', title: 'Ada' }, { room: 'garden', title: 'Garden' }] })
  const asked: string[] = []
  server.intercept((frame, push) => {
    if (frame.type !== 'ask') return false
    const { id, what } = frame
    asked.push(what)
    if (what === 'rooms') push({ type: 'answer', id, what, rooms: listings })
    else if (what === 'members') push({ type: 'answer', id, what, members: [{ ...ada, online: true, role: 'owner' }], count: 1 })
    else if (what === 'people') push({ type: 'answer', id, what, people: [{ ...ada, online: true }] })
    else if (what === 'direct') push({ type: 'answer', id, what, listing: listings[2]! })
    else if (what === 'enrol') push({ type: 'answer', id, what, listing: listing('garden') })
    else if (what === 'rename' && frame.title === 'taken away') push({ type: 'error', id, code: 'forbidden', message: 'No.', retry: false })
    else if (what === 'rename') push({ type: 'answer', id, what, listing: listing(frame.room, { title: frame.title.trim(), can: owner }) })
    else if (what === 'create' && frame.title === 'bad') push({ type: 'error', id, code: 'title_invalid', message: 'No.', retry: false })
    else if (what === 'create') push({ type: 'answer', id, what, listing: listing('made', { title: frame.title }) })
    else push({ type: 'answer', id, what: 'quit' })
    return true
  })
  const chat = createChat({ url: 'ws://test.invalid/chat', transport: server.connect })
  const wrapper = mount(ChatApp, { props, global: { plugins: [createPinia(), chat] }, attachTo: document.body })
  await flushPromises()
  await flushPromises()
  const press = async (selector: string): Promise<void> => {
    await wrapper.get(selector).trigger('click')
    await flushPromises()
  }
  return { server, wrapper, press, asked, title: () => wrapper.find('.chat-app-room h2').exists() ? wrapper.get('.chat-app-room h2').text() : undefined }
}

describe('ChatApp', () => {
  it('[LI30] beside the list the room is open in which something happened last', async () => {
    const { wrapper, title } = await open(900)
    expect(wrapper.attributes('data-panes')).toBe('2')
    expect(title()).toBe('PLANS')
    expect(wrapper.emitted('update:room')?.at(-1)).toEqual(['plans'])
  })

  it('[LI31] on one pane there is the list, then the room with a way back; the focus goes along', async () => {
    const { wrapper, press, title } = await open(360)
    expect(wrapper.find('.chat-app-room').exists()).toBe(false)
    await press('[data-room=plans]')
    expect(title()).toBe('PLANS')
    expect(wrapper.get('.chat-app-rooms').attributes('style')).toContain('none')
    expect(document.activeElement?.tagName).toBe('TEXTAREA')
    await press('.chat-app-back')
    expect(wrapper.find('.chat-app-room').exists()).toBe(false)
    expect((document.activeElement as HTMLElement).dataset['room']).toBe('plans')
  })

  it('[LI32] the room that was open is open again', async () => {
    const first = await open(900)
    await first.press('[data-room=d]')
    first.wrapper.unmount()
    expect((await open(900)).title()).toBe('Ada')
    localStorage.clear()
    const again = await open(900, { remember: false })
    await again.press('[data-room=d]')
    expect(localStorage.length).toBe(0)
  })

  it('[LI33] a room that is gone says so and leads back', async () => {
    const { server, wrapper, press } = await open(360)
    await press('[data-room=plans]')
    server.push({ type: 'gone', room: 'plans', reason: 'expelled' })
    await flushPromises()
    expect(wrapper.get('.chat-room-error').text()).toContain('This room is not there for you any more.')
    expect(wrapper.find('textarea').exists()).toBe(false)
    await press('.chat-room-error button')
    expect(wrapper.find('.chat-app-room').exists()).toBe(false)
    expect(wrapper.find('[data-room=plans]').exists()).toBe(false)
  })

  it('[LI33] a room that comes back while it is open is entered again', async () => {
    const { server, wrapper, press } = await open(360)
    await press('[data-room=plans]')
    server.push({ type: 'gone', room: 'plans', reason: 'expelled' })
    await flushPromises()
    expect(wrapper.find('textarea').exists()).toBe(false)
    server.push({ type: 'listing', listing: listing('plans') })
    await flushPromises()
    expect(wrapper.find('.chat-room-error').exists()).toBe(false)
    await wrapper.get('textarea').setValue('here again')
    await wrapper.get('textarea').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(wrapper.get('article').attributes('data-status')).toBe('sent')
  })

  it('[LI34] where one may only read there is no field, and why', async () => {
    const { wrapper, press } = await open(900)
    await press('[data-room=news]')
    expect(wrapper.find('textarea').exists()).toBe(false)
    expect(wrapper.get('.chat-room-closed').text()).toBe('Only the owners of this room write here.')
  })

  it('[LI35] the members are the third pane; a conversation of two has none, and says whether the other one is there', async () => {
    const { wrapper, press } = await open(1_200)
    expect(wrapper.get('.chat-members h2').text()).toBe('2 members')
    expect(wrapper.findAll('.chat-members li').map((row) => row.text())).toEqual([expect.stringContaining('Ada'), expect.stringContaining('Robin')])
    await press('.chat-app-members .chat-app-header button')
    expect(wrapper.find('.chat-members').exists()).toBe(false)
    expect(document.activeElement?.classList).toContain('chat-app-toggle')
    await press('[data-room=d]')
    expect(wrapper.find('.chat-app-toggle').exists()).toBe(false)
    expect(wrapper.get('.chat-app-room .chat-online').text()).toBe('online')
  })

  it('[LI36] writes to somebody from the list of members', async () => {
    const { press, title } = await open(1_200)
    await press('.chat-members li button')
    expect(title()).toBe('Ada')
  })

  it('[LI37] joins, and opens what was joined', async () => {
    const { press, title, asked } = await open(900)
    await press('[data-room=garden]')
    expect(asked).toContain('enrol')
    expect(title()).toBe('GARDEN')
  })

  it('[LI38] makes a room; what the server does not take is said in the dialog', async () => {
    HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
      this.open = true
    }
    const { wrapper, press, title } = await open(900)
    await press('.chat-app-header button:nth-of-type(2)')
    await import('../../src/components/ChatApp/AppDialog.vue')
    await flushPromises()
    await wrapper.get('dialog .chat-field').setValue('bad')
    await wrapper.get('dialog form').trigger('submit')
    await flushPromises()
    expect(wrapper.get('dialog [role=alert]').text()).toContain('A name has 1 to 80 characters')
    await wrapper.get('dialog .chat-field').setValue('Sailing')
    await wrapper.get('dialog form').trigger('submit')
    await flushPromises()
    expect(wrapper.find('dialog').exists()).toBe(false)
    expect(title()).toBe('Sailing')
  })

  it('[LI39] with a server that keeps no members there are the offered rooms, and nothing to make', async () => {
    const { wrapper, asked } = await open(900, {}, [])
    expect(wrapper.findAll('[data-room]').map((row) => row.attributes('data-room'))).toEqual(['plans', 'news', 'd', 'garden'])
    expect(wrapper.find('.chat-app-header button').exists()).toBe(false)
    expect(asked).toEqual([])
  })

  it('[LI40] asks for the list again after each reconnect', async () => {
    const { server, wrapper, asked } = await open(900)
    expect(asked.filter((what) => what === 'rooms')).toHaveLength(1)
    server.drop()
    wrapper.vm.$.appContext.app.runWithContext(() => useChatSocket().reconnect())
    await flushPromises()
    await flushPromises()
    expect(asked.filter((what) => what === 'rooms')).toHaveLength(2)
  })
})

describe('the details of a room', () => {
  beforeAll(async () => {
    HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
      this.open = true
    }
    await import('../../src/components/ChatApp/AppDialog.vue')
  })

  const RENAME = '.chat-app-name button'
  const openAsOwner = async (width: number, more: object = {}) => {
    const app = await open(width)
    app.server.push({ type: 'listing', listing: listing('plans', { activeAt: 9, can: owner, ...more }) })
    await flushPromises()
    const leave = () => app.wrapper.findAll('.chat-app-tools button').find((button) => button.text() === 'Leave room')!
    const rename = async (text: string) => {
      await app.wrapper.get('dialog .chat-field').setValue(text)
      await app.wrapper.get('dialog form').trigger('submit')
      await flushPromises()
    }
    return { ...app, leave, rename }
  }

  it('[LI46] are renamed by who manages the room, and show everywhere', async () => {
    const { wrapper, press, rename, title } = await openAsOwner(1_200)
    wrapper.get<HTMLElement>(RENAME).element.focus()
    await press(RENAME)
    expect(wrapper.get('dialog').attributes('aria-labelledby')).toBe(wrapper.get('dialog h3').attributes('id'))
    expect((wrapper.get('dialog .chat-field').element as HTMLInputElement).value).toBe('PLANS')
    await rename(' Sunday plans ')
    expect(wrapper.find('dialog').exists()).toBe(false)
    expect([title(), wrapper.get('.chat-app-name h3').text(), wrapper.get('[data-room=plans] .chat-rooms-title').text()]).toEqual(Array(3).fill('Sunday plans'))
    expect(document.activeElement).toBe(wrapper.get(RENAME).element)
  })

  it('[LI46] have no place to rename for others', async () => {
    const { wrapper } = await open(1_200)
    expect(wrapper.get('.chat-app-name').text()).toBe('PLANS')
    expect(wrapper.find(RENAME).exists()).toBe(false)
  })

  it.each([
    ['without a name', '  ', 'The room needs a name.', 0],
    ['with a name that is too long', 'x'.repeat(81), 'This name is too long.', 0],
    ['after the right was lost', 'taken away', 'You may not do this here.', 1],
  ])('[LI47] say why they are not renamed %s, and keep what was typed', async (_when, text, why, count) => {
    const { wrapper, press, rename, asked, title } = await openAsOwner(1_200)
    await press(RENAME)
    await rename(text)
    const field = wrapper.get('dialog .chat-field')
    expect(wrapper.get('dialog [role=alert]').text()).toContain(why)
    expect(field.attributes('aria-describedby')).toBe(wrapper.get('dialog [role=alert]').attributes('id'))
    expect((field.element as HTMLInputElement).value).toBe(text)
    expect(document.activeElement).toBe(field.element)
    expect(asked.filter((what) => what === 'rename')).toHaveLength(count)
    expect(title()).toBe('PLANS')
  })

  it('[LI47] say so when there is no connection', async () => {
    const { wrapper, server, press, rename } = await openAsOwner(1_200)
    await press(RENAME)
    server.refuse(true)
    server.drop()
    await rename('Later')
    expect(wrapper.get('dialog [role=alert]').text()).toContain('There is no connection now.')
    expect((wrapper.get('dialog .chat-field').element as HTMLInputElement).value).toBe('Later')
  })

  it('[LI46] show what somebody else calls the room, at once', async () => {
    const { wrapper, server, title } = await open(1_200)
    server.push({ type: 'listing', listing: listing('plans', { title: 'Theirs' }) })
    await flushPromises()
    expect([title(), wrapper.get('.chat-app-name h3').text(), wrapper.get('[data-room=plans] .chat-rooms-title').text()]).toEqual(Array(3).fill('Theirs'))
  })

  it.each([
    ['a member', { can }, ['You get no more messages']],
    ['an owner', {}, ['You get no more messages', 'the member who has been in it longest follows you']],
    ['the last member of a private room', { memberCount: 1 }, ['Nobody gets in any more']],
    ['the last member of an open room', { memberCount: 1, isPrivate: false }, ['You get no more messages', 'Whoever joins it next owns it']],
  ])('[LI48] tell %s what leaving means', async (_who, more, hints) => {
    const { wrapper, leave, asked } = await openAsOwner(1_200, more)
    await leave().trigger('click')
    await flushPromises()
    expect(wrapper.findAll('dialog p').map((line) => line.text())).toEqual(hints.map((hint) => expect.stringContaining(hint)))
    expect(asked).not.toContain('quit')
    await wrapper.get('dialog [data-tone=danger]').trigger('click')
    await flushPromises()
    expect(asked).toContain('quit')
  })

  it('[LI49] tell who owns the room since its owner left, once', async () => {
    const { server, wrapper, press } = await open(900)
    expect(wrapper.find('.chat-app-note').exists()).toBe(false)
    server.push({ type: 'listing', listing: listing('plans', { activeAt: 9, can: owner }) })
    await flushPromises()
    expect(wrapper.get('[role=status] .chat-app-note').text()).toBe('You own this room now.')
    await press('.chat-app-note button')
    expect(wrapper.find('.chat-app-note').exists()).toBe(false)
  })

  it('[LI49] tell nobody who owned it when the page was opened', async () => {
    const before = listings[0]!
    listings[0] = listing('plans', { activeAt: 9, can: owner })
    const { wrapper } = await open(900)
    listings[0] = before
    expect(wrapper.find('.chat-app-name').exists() || wrapper.find('.chat-app-room').exists()).toBe(true)
    expect(wrapper.find('.chat-app-note').exists()).toBe(false)
  })

  it('[LI60] give way to the room when it is gone, and the focus goes to the way out', async () => {
    const { server, wrapper, press } = await open(360)
    await press('[data-room=plans]')
    await press('.chat-app-toggle')
    wrapper.get<HTMLElement>('.chat-app-members button').element.focus()
    expect(server.received.filter(({ type }) => type === 'leave')).toEqual([])
    server.push({ type: 'gone', room: 'plans', reason: 'expelled' })
    await flushPromises()
    expect(wrapper.find('.chat-app-members').exists()).toBe(false)
    expect(wrapper.get('.chat-room-error').text()).toContain('This room is not there for you any more.')
    expect(document.activeElement).toBe(wrapper.get('.chat-room-error button').element)
  })

  it('[LI60] are not there beside a room that is gone', async () => {
    const { server, wrapper } = await open(1_200)
    expect(wrapper.find('.chat-app-members').exists()).toBe(true)
    server.push({ type: 'gone', room: 'plans', reason: 'left' })
    await flushPromises()
    expect(wrapper.find('.chat-app-members').exists()).toBe(false)
    expect(wrapper.find('.chat-app-toggle').exists()).toBe(false)
  })

  it('[LI61] what failed is said where one is, also on one pane', async () => {
    const { server, wrapper, press } = await open(360)
    await press('[data-room=plans]')
    await press('.chat-app-toggle')
    server.intercept((frame, push) => {
      if (frame.type !== 'ask') return false
      push({ type: 'error', id: frame.id, code: 'user_not_found', message: 'No.', retry: false })
      return true
    })
    await press('.chat-members li button')
    expect(wrapper.get('.chat-app-members [role=alert]').text()).toBe('The server knows nobody like that.')
  })
})
