import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, watchEffect } from 'vue'
import { createDrafts, type Drafts, type DraftsOptions } from '../../src/composables/drafts.ts'
import { useDraft, useDrafts } from '../../src/composables/index.ts'
import { chatKey, type ChatContext } from '../../src/composables/keys.ts'
import { createDraftShelf, MAX_AGE_MS, MAX_DRAFTS, MAX_LENGTH, wipeDrafts } from '../../src/storage/kept-drafts.ts'
import { indexedDbStorage } from '../../src/storage.ts'
import { mount } from './support.ts'

const made: Drafts[] = []
const open = (options: DraftsOptions = { user: 'ada' }): Drafts => {
  const drafts = createDrafts(options)
  drafts.start()
  made.push(drafts)
  return drafts
}
/** A page that is closed and opened again. */
const reopen = (drafts: Drafts, options?: DraftsOptions): Drafts => {
  drafts.dispose()
  return open(options)
}
/** What another tab hears of a change: jsdom pages have no neighbours. */
const tellOthers = (work: () => void): void => {
  const before = { ...localStorage }
  work()
  for (const key of new Set([...Object.keys(before), ...Object.keys({ ...localStorage })])) {
    const [oldValue, newValue] = [before[key] ?? null, localStorage.getItem(key)]
    if (oldValue !== newValue) window.dispatchEvent(new StorageEvent('storage', { key, oldValue, newValue }))
  }
}
/** Takes so many entries, and refuses the next. */
const smallDisk = (size: number): Storage => {
  const all = new Map<string, string>()
  return {
    get length() {
      return all.size
    },
    key: (index) => [...all.keys()][index] ?? null,
    getItem: (key) => all.get(key) ?? null,
    removeItem: (key) => void all.delete(key),
    clear: () => all.clear(),
    setItem(key, value) {
      if (!all.has(key) && all.size >= size) throw new DOMException('full', 'QuotaExceededError')
      all.set(key, value)
    },
  }
}
const reply = { seq: 7, author: { id: 'lin', name: '林晓雨' }, body: 'Which pier?' }

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
})
afterEach(() => {
  for (const drafts of made.splice(0)) drafts.dispose()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('drafts', () => {
  it('[KD1] are there after a reload, with what they answer and who is spoken to, each in its room', () => {
    const first = open()
    first.patch('general', { text: 'half a thou', reply, mentions: [{ id: 'lin', name: '林晓雨' }] })
    first.patch('design', { text: 'the blue one' })
    const second = reopen(first)
    expect(second.get('general')).toEqual({ text: 'half a thou', reply, mentions: [{ id: 'lin', name: '林晓雨' }] })
    expect(second.get('design').text).toBe('the blue one')
    expect(second.get('random').text).toBe('')
  })

  it('[KD1] of a page that crashes are at most a third of a second old', () => {
    const first = open()
    first.patch('general', { text: 'half' })
    expect(localStorage).toHaveLength(0)
    vi.advanceTimersByTime(300)
    expect(open().get('general').text).toBe('half')
  })

  it('[KD1] what was sent is forgotten at once', () => {
    const first = open()
    first.patch('general', { text: 'half', reply })
    vi.advanceTimersByTime(300)
    first.patch('general', { text: '' })
    first.patch('general', { reply: undefined })
    expect(localStorage).toHaveLength(0)
  })

  it('[KD2] nobody sees the draft of another person, or of another server', () => {
    const first = open()
    first.patch('general', { text: 'secret' })
    const second = reopen(first, { user: 'bob' })
    expect(second.get('general').text).toBe('')
    expect(reopen(second, { user: 'ada', address: 'wss://other/chat' }).get('general').text).toBe('')
    expect(open({ user: undefined }).get('general').text).toBe('')
  })

  it('[KD2] another person at the same page begins with nothing, and the first finds theirs again', () => {
    const drafts = open()
    drafts.patch('general', { text: 'secret' })
    drafts.setUser('bob')
    expect(drafts.get('general').text).toBe('')
    expect(drafts.settled('general')).toBeUndefined()
    drafts.setUser('ada')
    expect(drafts.get('general').text).toBe('secret')
  })

  it('[KD2] a guest who gets another id is the same person', () => {
    const drafts = open({ user: 'guest-1', isGuest: true })
    drafts.patch('general', { text: 'half' })
    drafts.setUser('guest-2')
    expect(drafts.get('general').text).toBe('half')
    expect(reopen(drafts, { user: 'guest-2' }).get('general').text).toBe('half')
    expect(open({ user: 'guest-1' }).get('general').text).toBe('')
  })

  it('[KD2] what was written before the person was known stays, and is theirs', () => {
    const before = open()
    before.patch('general', { text: 'older' })
    before.patch('design', { text: 'kept' })
    const drafts = reopen(before, { user: undefined })
    drafts.patch('general', { text: 'newer' })
    vi.advanceTimersByTime(300)
    drafts.setUser('ada')
    expect([drafts.get('general').text, drafts.get('design').text]).toEqual(['newer', 'kept'])
    expect(reopen(drafts).get('general').text).toBe('newer')
  })

  it('[KD3] signing out wipes them, here and in other tabs', () => {
    const drafts = open()
    drafts.patch('general', { text: 'secret' })
    vi.advanceTimersByTime(300)
    const other = open()
    expect(other.get('general').text).toBe('secret')
    tellOthers(() => wipeDrafts('ada'))
    expect([drafts.get('general').text, other.get('general').text]).toEqual(['', ''])
    expect(localStorage).toHaveLength(0)
    expect(reopen(drafts).get('general').text).toBe('')
  })

  it('[KD3] what wipes the storage wipes them', async () => {
    const drafts = open()
    drafts.patch('general', { text: 'secret' })
    await indexedDbStorage().wipe('ada')
    expect(drafts.get('general').text).toBe('')
    expect(reopen(drafts).get('general').text).toBe('')
  })

  it('[KD3] wiping one person leaves the others', () => {
    for (const user of ['ada', 'bob']) {
      const drafts = open({ user })
      drafts.patch('general', { text: user })
      drafts.dispose()
    }
    wipeDrafts('ada')
    expect([open().get('general').text, open({ user: 'bob' }).get('general').text]).toEqual(['', 'bob'])
    wipeDrafts()
    expect(localStorage).toHaveLength(0)
  })

  it('[KD4] what is written in one tab appears in another, and goes there when it is sent', () => {
    const here = open()
    const there = open()
    tellOthers(() => {
      here.patch('general', { text: 'half', reply })
      vi.advanceTimersByTime(300)
    })
    expect(there.get('general')).toEqual({ text: 'half', reply })
    tellOthers(() => {
      here.patch('general', { text: '' })
      here.patch('general', { reply: undefined })
    })
    expect(there.get('general').text).toBe('')
    expect(there.settled('general')).toBeUndefined()
  })

  it('[KD4] a field that somebody writes in keeps its text, whatever another tab says', () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(true)
    const there = open()
    const release = there.hold('general')
    there.patch('general', { text: 'mine' })
    const shelf = createDraftShelf(localStorage, Date.now)
    tellOthers(() => shelf.write({ user: 'ada', address: '' }, 'general', { text: 'theirs' }))
    expect(there.get('general').text).toBe('mine')
    tellOthers(() => shelf.write({ user: 'ada', address: '' }, 'general', undefined))
    expect(there.get('general').text).toBe('mine')
    release()
    tellOthers(() => shelf.write({ user: 'ada', address: '' }, 'general', { text: 'theirs' }))
    expect(there.get('general').text).toBe('theirs')
  })

  it('[KD5] the oldest go first, beyond a number and an age', () => {
    const drafts = open()
    for (let room = 0; room < MAX_DRAFTS + 5; room++) {
      drafts.patch(`room-${room}`, { text: `text ${room}` })
      vi.advanceTimersByTime(1_000)
    }
    expect(localStorage).toHaveLength(MAX_DRAFTS)
    vi.advanceTimersByTime(MAX_AGE_MS - 10_000)
    const later = reopen(drafts)
    expect(later.get('room-4').text).toBe('')
    expect(later.get(`room-${MAX_DRAFTS + 4}`).text).toBe(`text ${MAX_DRAFTS + 4}`)
    expect(localStorage.length).toBeLessThan(15)
  })

  it('[KD5] a very long text is whole while the page lives, and its beginning is kept', () => {
    const text = 'x'.repeat(MAX_LENGTH + 10)
    const drafts = open()
    drafts.patch('general', { text })
    expect(drafts.get('general').text).toBe(text)
    expect(reopen(drafts).get('general').text).toHaveLength(MAX_LENGTH)
  })

  it('[KD5] a full disk keeps the newest', () => {
    vi.stubGlobal('localStorage', smallDisk(7))
    const drafts = open()
    for (const room of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      drafts.patch(room, { text: room.repeat(10) })
      vi.advanceTimersByTime(1_000)
    }
    drafts.patch('new', { text: 'newest' })
    vi.advanceTimersByTime(300)
    expect(drafts.get('a').text).toBe('a'.repeat(10))
    const later = reopen(drafts)
    expect(later.get('new').text).toBe('newest')
    expect(later.get('a').text).toBe('')
  })

  it.each([
    ['refuses to be touched', () => vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(() => { throw new DOMException('no', 'SecurityError') })],
    ['refuses to write', () => vi.stubGlobal('localStorage', smallDisk(0))],
  ])('[KD6] where the storage %s they live as long as the page', (_what, refuse) => {
    refuse()
    const drafts = open()
    drafts.patch('general', { text: 'half' })
    vi.advanceTimersByTime(300)
    expect(drafts.get('general').text).toBe('half')
    expect(drafts.settled('general')?.text).toBe('half')
  })

  it('[KD6] where they are not to be kept they live as long as the page', () => {
    const drafts = open({ user: 'ada', isKept: false })
    drafts.patch('general', { text: 'half' })
    vi.advanceTimersByTime(300)
    expect([drafts.get('general').text, drafts.settled('general')?.text]).toEqual(['half', 'half'])
    expect(localStorage).toHaveLength(0)
  })

  it('[KD6] what is not a draft is left out and cleared away', () => {
    const key = 'vue-chat-socket:draft:ada::general'
    for (const value of ['no', '{}', '{"v":2,"at":1,"text":"x"}', '{"v":1,"at":"1","text":"x"}', 'null']) {
      localStorage.setItem(key, value)
      const drafts = open()
      expect(drafts.get('general').text, value).toBe('')
      expect(localStorage.getItem(key)).toBeNull()
      drafts.dispose()
    }
    localStorage.setItem(key, JSON.stringify({ v: 1, at: Date.now(), text: 'ok', reply: { seq: 'x' }, mentions: [1, { id: 'a', name: 'A' }] }))
    expect(open().get('general')).toEqual({ text: 'ok', mentions: [{ id: 'a', name: 'A' }] })
  })

  it('[KD7] a list of rooms follows a third of a second later, and not with each key', () => {
    const drafts = open()
    const seen: (string | undefined)[] = []
    const scope = effectScope()
    scope.run(() => watchEffect(() => seen.push(drafts.settled('general')?.text), { flush: 'sync' }))
    for (const text of ['h', 'ha', 'hal', 'half']) drafts.patch('general', { text })
    expect(seen).toEqual([undefined])
    vi.advanceTimersByTime(300)
    expect(seen).toEqual([undefined, 'half'])
    scope.stop()
  })
})

describe('useDraft, useDrafts', () => {
  it('[KD8] fill the field of a room, and tell lists of it', () => {
    const drafts = createDrafts({ user: 'ada' })
    made.push(drafts)
    const { result } = mount(
      () => ({ draft: useDraft('general'), drafts: useDrafts() }),
      (app) => app.provide(chatKey, { drafts } as ChatContext),
    )
    result.draft.text.value = 'Hello'
    vi.advanceTimersByTime(300)
    expect(drafts.get('general').text).toBe('Hello')
    expect(result.drafts.draftOf('general')).toEqual({ text: 'Hello' })
    result.draft.clear()
    expect(result.drafts.draftOf('general')).toBeUndefined()
    result.draft.text.value = 'again'
    vi.advanceTimersByTime(300)
    result.drafts.wipe()
    expect(result.draft.text.value).toBe('')
    expect(localStorage).toHaveLength(0)
  })

  it('[KD8] work without a chat, for one place', () => {
    const draft = useDraft('general')
    draft.text.value = 'alone'
    expect(draft.text.value).toBe('alone')
    expect(useDraft('general').text.value).toBe('')
    expect(localStorage).toHaveLength(0)
  })
})
