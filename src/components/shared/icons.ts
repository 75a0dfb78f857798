/** Icons of what is there at the first look. */
import { h, type FunctionalComponent } from 'vue'

export const icon =
  (...paths: readonly string[]): FunctionalComponent =>
  () =>
    h(
      'svg',
      { class: 'chat-icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
      paths.map((d) => h('path', { d })),
    )

export const ClockIcon = icon('M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2Z', 'M8 5v3.2l2.1 1.3')
export const AgainIcon = icon('M13 8a5 5 0 1 1-1.6-3.7', 'M13.2 2.4v2.4h-2.4')
export const TickIcon = icon('m3.2 8.4 3.2 3.2 6.4-7')
export const TicksIcon = icon('m1 8.4 3.2 3.2 6.4-7', 'm7.6 10.8.8.8 6.4-7')
export const AlertIcon = icon('M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2Z', 'M8 5v3.4', 'M8 10.8v.1')
export const SendIcon = icon('M8 13V3.4', 'm3.8 7.4 4.2-4.2 4.2 4.2')
export const DownIcon = icon('M8 3v9.6', 'm3.8 8.6 4.2 4.2 4.2-4.2')
export const BubbleIcon = icon('M2.4 4.6c0-1.2 1-2.2 2.2-2.2h6.8c1.2 0 2.2 1 2.2 2.2v4.2c0 1.2-1 2.2-2.2 2.2H7.6l-3.2 2.6V11c-1.1-.1-2-1-2-2.2Z')
export const ClipIcon = icon('m13 7.4-5.2 5.2a3.4 3.4 0 0 1-4.8-4.8l5.4-5.4a2.2 2.2 0 0 1 3.2 3.2L6.2 11a1.1 1.1 0 0 1-1.6-1.6l4.8-4.8')
export const SearchIcon = icon('M7 2.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8Z', 'm10.4 10.4 3 3')
