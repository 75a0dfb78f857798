import { createPinia } from 'pinia'
import { createApp, h } from 'vue'
import { ChatRoom, createChat, useChatSocket, useChatStore } from '../../../src/index.ts'
import { indexedDbStorage } from '../../../src/storage.ts'
import '../../../src/styles/index.css'
import type { FlushFigures, PageConfig } from './contract.ts'

const { url, token, user } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as PageConfig
const ROOM = 'general'

const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done))

/** Every frame, and every task of 50 ms and more, until `isOver`. */
const watch = async (isOver: () => boolean): Promise<FlushFigures> => {
  let longestTaskMs = 0
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration)
  })
  observer.observe({ type: 'longtask' })
  const start = await frame()
  const frames: number[] = []
  for (let last = start; !isOver(); ) {
    const now = await frame()
    frames.push(now - last)
    last = now
  }
  const seconds = (performance.now() - start) / 1_000
  // The rows of the last answers.
  for (let turn = 0; turn < 30; turn += 1) await frame()
  observer.disconnect()
  return { seconds, longestFrameMs: Math.max(...frames), framesOver50: frames.filter((ms) => ms > 50).length, frames: frames.length, longestTaskMs }
}

createApp({
  setup() {
    const { session, status, pendingCount } = useChatSocket()
    const store = useChatStore()
    globalThis.room = {
      async queue(count) {
        const before = pendingCount.value
        for (let said = 0; said < count; ) {
          for (const due = Math.min(count, said + 100); said < due; said += 1) store.send(ROOM, `message ${String(before + said + 1)}`)
          await frame()
        }
      },
      pendingCount: () => pendingCount.value,
      isOpen: () => status.value === 'OPEN',
      keys: () => [...document.querySelectorAll('article[data-key]')].map((row) => row.getAttribute('data-key')!),
      flush() {
        session.hint('online')
        return watch(() => pendingCount.value === 0)
      },
    }
    return () => h(ChatRoom, { room: ROOM })
  },
})
  .use(createPinia())
  .use(createChat({ url, token, user, storage: indexedDbStorage(), outbox: { maxCount: 20_000, maxSize: 10_000_000 } }))
  .mount('#app')
