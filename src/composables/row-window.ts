import type { ShallowRef } from 'vue'
import type { HeldRow } from './scroll-anchor.ts'

/** What has to be in the DOM: the end, what stands around a row, or what is in view now. */
export type RowWindowTarget = 'end' | HeldRow | { readonly from: 'view'; readonly toEnd?: boolean }

/**
 * Keeps only some rows of a long list in the DOM. It decides which; where they stand is decided elsewhere, so that one
 * place alone writes the scroll position.
 */
export interface RowWindow {
  /** Changes with every change of what is rendered. */
  readonly rendered: Readonly<ShallowRef<unknown>>
  /** Changes before what is rendered does, for other reasons than a change of the rows. */
  plan(): readonly unknown[]
  /** All rows, rendered or not; another object after each change. */
  rows(): unknown
  isVirtual(): boolean
  /** Takes over a change of the rows; before they are drawn. */
  sync(): void
  /**
   * Reads the heights of the rendered rows, and that of the view.
   * @param isPart only of those that were drawn, or drawn anew, since the last time
   */
  measure(isPart?: boolean): void
  /** Renders what is needed for this place; false when no such row exists. */
  aim(target: RowWindowTarget): boolean
  /** Moves all rows by less than a pixel of the screen. */
  nudge(pixels: number): void
  elementOf(key: string): HTMLElement | undefined
  /** Rows at the top of the view, when they are not rendered yet: somebody dragged the scrollbar far away. */
  unrendered(): readonly HeldRow[] | undefined
}
