import { h, type FunctionalComponent } from 'vue'

export const icon =
  (...paths: readonly string[]): FunctionalComponent =>
  () =>
    h(
      'svg',
      { class: 'chat-icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
      paths.map((d) => h('path', { d })),
    )
