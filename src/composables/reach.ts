/** The way to a message that is not loaded yet. Loaded when somebody goes there. */
import type { Capabilities } from '../core/index.ts'
import type { ChatStore } from '../stores/index.ts'
import type { JumpResult } from './room-pages.ts'

const MAX_PAGES = 50

/** With one page around it where the server has such pages, else with older pages and those of gaps. */
export const reach = async (store: ChatStore, can: Capabilities, at: string, seq: number): Promise<JumpResult> => {
  const found = (): JumpResult | undefined => {
    const row = store.messages(at).findLast((row) => row.seq === seq)
    return row && { ok: true, key: row.key }
  }

  const loadAround = async (): Promise<JumpResult> => {
    const result = await store.loadAround(at, seq)
    if (!result.ok) return { ok: false, reason: 'not_loaded', error: result.error }
    store.flush()
    const target = result.value.messages.find((entry) => entry.seq === seq)?.target
    return found() ?? (target === undefined ? { ok: false, reason: 'not_found' } : reach(store, can, at, target))
  }

  const loadUpTo = async (): Promise<JumpResult> => {
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const gap = store.gaps(at).find((gap) => gap > seq)
      const isOlder = (store.messages(at).find((row) => row.seq !== undefined)?.seq ?? Infinity) > seq
      if (isOlder ? !store.hasOlder(at) : gap === undefined) break
      const count = store.messages(at).length
      const result = await (isOlder ? store.loadOlder(at) : store.loadGap(at, gap!))
      if (!result.ok) return { ok: false, reason: 'not_loaded', error: result.error }
      store.flush()
      const row = found()
      if (row) return row
      // Nothing came; asking again would bring the same.
      if (store.messages(at).length === count) break
    }
    return { ok: false, reason: 'not_found' }
  }

  return found() ?? (can.around ? loadAround() : loadUpTo())
}
