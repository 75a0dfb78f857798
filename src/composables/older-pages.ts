import type { Ref } from 'vue'

export interface OlderPagesOptions {
  /** The element that scrolls. Its `overflow-anchor` has to be `none`: two writers would correct twice. */
  readonly scroller: Readonly<Ref<HTMLElement | null | undefined>>
  readonly messages: () => readonly unknown[]
  /** Whether asking for older messages makes sense now. */
  readonly canLoadOlder?: () => boolean
  /** Called once per approach to the top. */
  readonly onReachTop?: () => void
  /** This near to the top asks for older messages, in pixels. @default 400 */
  readonly topMargin?: number
}

export interface OlderPages {
  onScroll(scrollTop: number, isUpwards: boolean): void
  /** A page came, or is on its way. */
  allow(can: boolean): void
  /** A page that does not fill the view cannot be scrolled, so nobody could ask for more. */
  fill(): void
}

/** When to ask for the page before the first message: once per approach, whatever the page brings. */
export const olderPages = (options: OlderPagesOptions): OlderPages => {
  const { scroller, messages, canLoadOlder, onReachTop, topMargin = 400 } = options
  let isArmed = true
  let filledAt = -1

  const ask = (): void => {
    if (!isArmed || canLoadOlder?.() === false) return
    isArmed = false
    onReachTop?.()
  }

  return {
    onScroll(scrollTop, isUpwards) {
      if (scrollTop > topMargin) isArmed = true
      else if (isUpwards) ask()
    },
    // A page that was too short to leave the margin may be asked for again by the next move upwards.
    allow(can) {
      isArmed = can
    },
    fill() {
      const element = scroller.value
      const { length } = messages()
      // A page that failed to load brought nothing; asking again at once would never end.
      if (!element || element.clientHeight === 0 || length === filledAt) return
      if (element.scrollHeight > element.clientHeight || canLoadOlder?.() === false) return
      filledAt = length
      ask()
    },
  }
}
