/** Tells each thing in one tab of a browser, and in none when a tab shows it already. */
import type { News } from './news.ts'
import type { NoticeChannel, NoticePorts } from './ports.ts'

type Message =
  /** Somebody heard of it. */
  | { readonly type: 'news'; readonly news: News }
  /** The teller takes care of it, and asks who sees that room. */
  | { readonly type: 'taken'; readonly key: string; readonly room: string }
  | { readonly type: 'seen'; readonly room: string }

export interface TellerOptions {
  /** Tabs with the same name tell things once. */
  readonly name: string
  /** A person has this room before their eyes in this tab. */
  isSeen(room: string): boolean
  /** @param count how many messages of the room came together; `news` is the newest */
  tell(news: News, count: number): void
  /** Without them each tab tells for itself. */
  readonly ports: NoticePorts | undefined
}

export interface Teller {
  offer(news: News): void
  /** Stands in line for telling. Who does not still hands on what it hears of. */
  stand(): void
  /** Leaves the line, and drops what it was about to tell. */
  stepBack(): void
  /** Is over. */
  end(): void
}

/** How long other tabs have to say that they see the room, in milliseconds. */
const ASK_MS = 300
/** The same room is told again after this, in milliseconds. */
const AGAIN_MS = 2_000
/** What nobody took for so long is no news any more, in milliseconds. */
const STALE_MS = 10_000
const MEMORY = 500

interface Batch {
  news: News
  count: number
  readonly timer: ReturnType<typeof setTimeout>
}

export const createTeller = ({ name, isSeen, tell, ports }: TellerOptions): Teller => {
  /** Heard of, and taken by nobody yet. */
  const waiting = new Map<string, { readonly news: News; readonly at: number }>()
  const taken = new Set<string>()
  const batches = new Map<string, Batch>()
  const toldAt = new Map<string, number>()
  let isTeller = false
  let line: AbortController | undefined

  const post = (message: Message): void => channel?.post(message)

  const note = (key: string): void => {
    waiting.delete(key)
    taken.add(key)
    if (taken.size > MEMORY) taken.delete(taken.values().next().value!)
  }
  const drop = (room: string): void => {
    clearTimeout(batches.get(room)?.timer)
    batches.delete(room)
  }
  const fire = (room: string): void => {
    const batch = batches.get(room)
    batches.delete(room)
    if (!batch || isSeen(room)) return
    toldAt.set(room, Date.now())
    tell(batch.news, batch.count)
  }

  const take = (news: News): void => {
    const { key, room } = news
    if (taken.has(key)) return
    note(key)
    post({ type: 'taken', key, room })
    const batch = batches.get(room)
    if (batch) {
      batch.news = news
      batch.count += 1
      return
    }
    const waitMs = Math.max(ASK_MS, (toldAt.get(room) ?? 0) + AGAIN_MS - Date.now())
    batches.set(room, { news, count: 1, timer: setTimeout(() => fire(room), Math.min(waitMs, AGAIN_MS)) })
  }

  const keep = (news: News): void => {
    if (taken.has(news.key)) return
    waiting.set(news.key, { news, at: Date.now() })
    if (waiting.size > MEMORY) waiting.delete(waiting.keys().next().value!)
  }

  const hear = (data: unknown): void => {
    const message = data as Partial<Message> | undefined
    if (message?.type === 'news' && message.news) (isTeller ? take : keep)(message.news)
    else if (message?.type === 'taken' && message.key !== undefined && message.room !== undefined) {
      note(message.key)
      if (isSeen(message.room)) post({ type: 'seen', room: message.room })
    } else if (message?.type === 'seen' && message.room !== undefined) drop(message.room)
  }

  const lead = (): void => {
    isTeller = true
    for (const { news, at } of [...waiting.values()]) if (Date.now() - at < STALE_MS) take(news)
    waiting.clear()
  }

  const channel: NoticeChannel | undefined = ports?.openChannel(name, hear)

  const stepBack = (): void => {
    for (const room of [...batches.keys()]) drop(room)
    isTeller = false
    line?.abort()
    line = undefined
  }

  return {
    offer(news) {
      if (isTeller) return take(news)
      keep(news)
      post({ type: 'news', news })
    },
    stand() {
      if (line) return
      const mine = new AbortController()
      line = mine
      if (!ports) return lead()
      const hold = (): Promise<void> =>
        new Promise((release) => {
          if (mine.signal.aborted) return release()
          mine.signal.addEventListener('abort', () => release())
          lead()
        })
      // Rejected when we leave the line.
      ports.locks.request(name, { signal: mine.signal }, hold).catch(() => undefined)
    },
    stepBack,
    end() {
      stepBack()
      channel?.close()
    },
  }
}
