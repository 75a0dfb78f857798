import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { News } from '../../src/notice/news.ts'
import { createTeller } from '../../src/notice/teller.ts'
import { fakeTabs, newsOf } from './support.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const openTabs = (count: number) => {
  const browser = fakeTabs()
  const told: { readonly tab: number; readonly news: News; readonly count: number }[] = []
  const seen = new Map<number, string>()
  const tabs = Array.from({ length: count }, (_, tab) => {
    const ports = browser.tab()
    const teller = createTeller({
      name: 'chat',
      ports,
      isSeen: (room) => seen.get(tab) === room,
      tell: (news, count) => told.push({ tab, news, count }),
    })
    return { teller, kill: () => browser.kill(ports) }
  })
  return { tabs, told, seen, stand: () => tabs.forEach(({ teller }) => teller.stand()) }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('telling in one tab', () => {
  it('[NT3] tells once, however many tabs hear of it', async () => {
    const { tabs, told, stand } = openTabs(4)
    stand()
    await pass(10)
    const news = newsOf()
    for (const { teller } of tabs) teller.offer(news)
    await pass(5_000)
    expect(told).toEqual([{ tab: 0, news, count: 1 }])
  })

  it('[NT3] tells what only another tab hears of', async () => {
    const { tabs, told, stand } = openTabs(2)
    stand()
    await pass(10)
    tabs[1]!.teller.offer(newsOf({ room: 'design' }))
    await pass(5_000)
    expect(told.map(({ tab, news }) => [tab, news.room])).toEqual([[0, 'design']])
  })

  it('[NT3] a tab that cannot tell hands on what it hears of', async () => {
    const { tabs, told } = openTabs(2)
    tabs[1]!.teller.stand()
    await pass(10)
    tabs[0]!.teller.offer(newsOf())
    await pass(5_000)
    expect(told.map(({ tab }) => tab)).toEqual([1])
  })

  it('[NT3] the next tab takes over from one that crashed, with what nobody took', async () => {
    const { tabs, told, stand } = openTabs(3)
    stand()
    await pass(10)
    tabs[0]!.kill()
    const news = newsOf()
    tabs[1]!.teller.offer(news)
    tabs[2]!.teller.offer(news)
    await pass(5_000)
    expect(told.map(({ tab }) => tab)).toEqual([1])
  })

  it('[NT3] the next tab takes over from one that steps back, and repeats nothing', async () => {
    const { tabs, told, stand } = openTabs(2)
    stand()
    await pass(10)
    const [first, second] = [newsOf(), newsOf()]
    for (const { teller } of tabs) teller.offer(first)
    await pass(1_000)
    tabs[0]!.teller.stepBack()
    await pass(10)
    for (const { teller } of tabs) teller.offer(first)
    for (const { teller } of tabs) teller.offer(second)
    await pass(5_000)
    expect(told.map(({ tab, news }) => [tab, news.key])).toEqual([[0, first.key], [1, second.key]])
  })

  it('[NT3] what waited too long for somebody to tell it is no news any more', async () => {
    const { tabs, told } = openTabs(1)
    tabs[0]!.teller.offer(newsOf())
    await pass(60_000)
    tabs[0]!.teller.stand()
    await pass(5_000)
    expect(told).toEqual([])
  })

  it('[NT4] says nothing of a room that another tab shows', async () => {
    const { tabs, told, seen, stand } = openTabs(3)
    stand()
    seen.set(2, 'general')
    await pass(10)
    tabs[0]!.teller.offer(newsOf())
    tabs[1]!.teller.offer(newsOf({ room: 'design' }))
    await pass(5_000)
    expect(told.map(({ news }) => news.room)).toEqual(['design'])
  })

  it('[NT4] says nothing of a room that comes on screen meanwhile', async () => {
    const { tabs, told, seen, stand } = openTabs(1)
    stand()
    await pass(10)
    tabs[0]!.teller.offer(newsOf())
    seen.set(0, 'general')
    await pass(5_000)
    expect(told).toEqual([])
  })

  it('[NT5] tells messages that come together once, and the same room again after two seconds', async () => {
    const { tabs, told, stand } = openTabs(1)
    stand()
    await pass(10)
    for (let i = 1; i <= 3; i++) tabs[0]!.teller.offer(newsOf({ body: `${i}` }))
    await pass(400)
    expect(told.map(({ news, count }) => [news.body, count])).toEqual([['3', 3]])
    for (let i = 4; i <= 20; i++) {
      tabs[0]!.teller.offer(newsOf({ body: `${i}` }))
      await pass(100)
    }
    expect(told.map(({ news, count }) => [news.body, count])).toEqual([['3', 3]])
    await pass(1_000)
    expect(told.slice(1).map(({ news, count }) => [news.body, count])).toEqual([['20', 17]])
  })

  it('[NT3] every tab tells for itself where the browser lets tabs not talk', async () => {
    const told: string[] = []
    const teller = createTeller({ name: 'chat', ports: undefined, isSeen: () => false, tell: ({ body }) => told.push(body) })
    teller.offer(newsOf({ body: 'kept' }))
    teller.stand()
    teller.offer(newsOf({ body: 'heard', room: 'design' }))
    await pass(1_000)
    expect(told).toEqual(['kept', 'heard'])
    teller.end()
    teller.offer(newsOf())
    await pass(1_000)
    expect(told).toHaveLength(2)
  })
})
