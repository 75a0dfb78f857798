/** What can happen in a scenario, as plain data, and how it is done. */
import type { ChatMessage, MessageKind } from '../../../src/core/index.ts'
import type { Tab } from './tab.ts'
import type { World } from './world.ts'
import { CAN_FILL_DISK } from './server.ts'
import type { Direction } from './proxy.ts'

/** `tab` and `room` are taken modulo how many there are. Times are real milliseconds. */
export type Deed =
  | { readonly do: 'send'; readonly tab: number; readonly room: number; readonly count: number; readonly size: number }
  | { readonly do: 'change'; readonly tab: number; readonly room: number; readonly kind: MessageKind; readonly back: number; readonly emoji: number }
  | { readonly do: 'answer'; readonly tab: number; readonly room: number; readonly back: number }
  | { readonly do: 'let'; readonly ms: number; readonly acks: number; readonly tab: number }
  | { readonly do: 'drop'; readonly tab: number; readonly how: 'fin' | 'rst' | 'half' }
  | { readonly do: 'cut'; readonly tab: number; readonly bytes: number; readonly direction: Direction }
  | { readonly do: 'swallow' | 'hold'; readonly tab: number; readonly directions: readonly Direction[] }
  | { readonly do: 'slow'; readonly tab: number; readonly rate: number; readonly direction: Direction }
  | { readonly do: 'flood'; readonly tab: number; readonly rate: number; readonly rounds: number; readonly ms: number }
  | { readonly do: 'delay'; readonly tab: number; readonly ms: number }
  | { readonly do: 'refuse' | 'double' | 'lift' | 'reconnect' | 'reload' | 'closeTab'; readonly tab: number }
  | { readonly do: 'pauseSession'; readonly tab: number }
  | { readonly do: 'openTab'; readonly user: number }
  | { readonly do: 'hint'; readonly tab: number; readonly hint: 'online' | 'offline' | 'hidden' | 'visible' | 'frozen' }
  | { readonly do: 'leave'; readonly tab: number; readonly room: number }
  | { readonly do: 'older'; readonly tab: number; readonly room: number }
  | { readonly do: 'kill'; readonly downMs: number }
  | { readonly do: 'restart' }
  | { readonly do: 'freeze'; readonly ms: number }
  | { readonly do: 'fillDisk'; readonly bytes: number; readonly ms: number }
  | { readonly do: 'clock'; readonly ms: number; readonly tab: number; readonly whose: 'server' | 'client' }

export const MAX_TABS = 6

/** What is known of a scenario without looking: enough to leave out what would mean nothing. */
export interface Model {
  tabs: number
}

export const isPossible = (deed: Deed, { tabs }: Model): boolean => {
  switch (deed.do) {
    case 'openTab':
      return tabs < MAX_TABS
    case 'closeTab':
      return tabs > 2
    case 'fillDisk':
      return CAN_FILL_DISK
    default:
      return true
  }
}

export const note = (deed: Deed, model: Model): void => {
  if (deed.do === 'openTab') model.tabs += 1
  if (deed.do === 'closeTab') model.tabs -= 1
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const EMOJI = ['\u{1f44d}', '\u{1f389}', '\u2764\ufe0f'] as const

const storedRows = (tab: Tab, room: string): readonly ChatMessage[] =>
  tab.room(room)?.messages.filter(({ seq, isDeleted }) => seq !== undefined && !isDeleted) ?? []

/** Of the messages that the tab shows: `back` from the newest one that may be changed so. */
const change = ({ kind, back, emoji }: Extract<Deed, { do: 'change' }>, who: Tab, room: string, world: World): void => {
  const isOfAuthor = kind === 'edit' || kind === 'delete'
  const rows = storedRows(who, room).filter(({ author }) => !isOfAuthor || author.id === who.user.id)
  const target = rows.at(-1 - back)?.seq
  if (target === undefined) return
  const body = kind === 'edit' ? world.text(who, 0) : kind === 'delete' ? '' : EMOJI[emoji % EMOJI.length]!
  who.send({ room, body, kind, target })
}

/** Messages of one round: more than a narrow wire and the server hold for one who does not read. */
const FLOOD = 140

/** To one who reads slowly, so that the server leaves events out, and who goes on writing. */
const flood = async ({ rate, rounds, ms }: Extract<Deed, { do: 'flood' }>, slow: Tab, world: World): Promise<void> => {
  const others = world.tabs().filter((tab) => tab !== slow)
  const room = world.rooms[0]!
  slow.wire.set({ isNarrow: true })
  slow.session.reconnect()
  await world.until(() => slow.session.snapshot().state === 'connected' && slow.room(room)?.isKnown === true, 200)
  slow.wire.set({ downRate: rate })
  for (let round = 0; round < rounds; round += 1) {
    for (const tab of others) for (let i = 0; i < FLOOD / others.length; i += 1) tab.send({ room, body: world.text(tab, 3_900) })
    for (let i = 0; i < 3; i += 1) slow.send({ room, body: world.text(slow, 0) })
    await world.until(() => others.every(({ session }) => session.snapshot().pendingCount < 20), ms)
  }
  slow.wire.set({ downRate: Infinity, isNarrow: false })
}

export const perform = async (deed: Deed, world: World): Promise<void> => {
  const { server, counts } = world
  const tabs = world.tabs()
  counts.deeds += 1
  const tab = (index: number): Tab => tabs[index % tabs.length]!
  const room = (index: number): string => world.rooms[index % world.rooms.length]!
  switch (deed.do) {
    case 'send': {
      const who = tab(deed.tab)
      for (let i = 0; i < deed.count; i += 1) who.send({ room: room(deed.room), body: world.text(who, deed.size) })
      return
    }
    case 'change': {
      const who = tab(deed.tab)
      change(deed, who, room(deed.room), world)
      return
    }
    case 'answer': {
      const who = tab(deed.tab)
      const replyTo = storedRows(who, room(deed.room)).at(-1 - deed.back)?.seq
      if (replyTo !== undefined) who.send({ room: room(deed.room), body: world.text(who, 0), replyTo })
      return
    }
    case 'let': {
      const { session } = tab(deed.tab)
      let acks = 0
      const off = session.on('acked', () => (acks += 1))
      await world.until(() => deed.acks > 0 && acks >= deed.acks, deed.ms)
      off()
      return
    }
    case 'drop':
      tab(deed.tab).wire.drop(deed.how)
      return
    case 'cut':
      tab(deed.tab).wire.cutAfter(deed.bytes, deed.direction)
      return
    case 'swallow':
      tab(deed.tab).wire.swallow(deed.directions)
      return
    case 'hold':
      tab(deed.tab).wire.set({ holds: deed.directions })
      return
    case 'slow':
      tab(deed.tab).wire.set(deed.direction === 'up' ? { upRate: deed.rate } : { downRate: deed.rate })
      return
    case 'flood':
      await flood(deed, tab(deed.tab), world)
      return
    case 'delay':
      tab(deed.tab).wire.set({ delayMs: deed.ms })
      return
    case 'refuse':
      tab(deed.tab).wire.set({ isRefusing: true })
      return
    case 'double':
      tab(deed.tab).wire.doubleNext()
      return
    case 'lift':
      tab(deed.tab).wire.lift()
      return
    case 'reconnect':
      tab(deed.tab).session.reconnect()
      return
    case 'pauseSession': {
      const { session } = tab(deed.tab)
      if (session.snapshot().state === 'closed') session.open()
      else session.close()
      return
    }
    case 'reload':
      tab(deed.tab).reload()
      return
    case 'openTab':
      await world.openTab(deed.user)
      return
    case 'closeTab':
      world.closeTab(tab(deed.tab))
      return
    case 'hint':
      tab(deed.tab).session.hint(deed.hint)
      return
    case 'leave': {
      const who = tab(deed.tab)
      who.session.leave(room(deed.room))
      who.session.enter(room(deed.room))
      return
    }
    case 'older':
      await Promise.race([tab(deed.tab).loadOlder(room(deed.room)), pause(100)])
      return
    case 'kill':
      counts.kills += 1
      counts.keptKills += counts.kept
      void server.kill(deed.downMs)
      return
    case 'restart':
      counts.restarts += 1
      void server.restart()
      return
    case 'freeze':
      server.pause()
      await pause(deed.ms)
      server.resume()
      return
    case 'fillDisk':
      server.fillDisk(deed.bytes)
      await pause(deed.ms)
      server.freeDisk()
      return
    case 'clock':
      if (deed.whose === 'server') server.turnClock(deed.ms)
      else tab(deed.tab).clock.jump(deed.ms)
  }
}
