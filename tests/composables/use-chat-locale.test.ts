import { describe, expect, it } from 'vitest'
import { createApp, defineComponent, h, shallowRef } from 'vue'
import { chatKey, useChatLocale, type ChatContext } from '../../src/composables/index.ts'
import { en } from '../../src/locale/en.ts'
import { zhCN } from '../../src/locale/zh-CN.ts'
import { mount } from './support.ts'

describe('useChatLocale', () => {
  it('[LO1] is English without an app', () => {
    expect(mount(() => useChatLocale()).result.value).toBe(en)
  })

  it('[LO2] is that of the app, and changes with it', () => {
    const locale = shallowRef(zhCN)
    const { result } = mount(
      () => useChatLocale(),
      (app) => app.provide(chatKey, { locale } as ChatContext),
    )
    expect(result.value).toBe(zhCN)
    locale.value = en
    expect(result.value).toBe(en)
  })

  it('[LO3] is that of the component around, for everything inside it', () => {
    const own = shallowRef<typeof en>()
    let inside!: ReturnType<typeof useChatLocale>
    const Inner = defineComponent({
      setup() {
        inside = useChatLocale()
        return () => h('i')
      },
    })
    const app = createApp(
      defineComponent({
        setup() {
          useChatLocale(own)
          return () => h(Inner)
        },
      }),
    )
    app.mount(document.createElement('div'))
    expect(inside.value).toBe(en)
    own.value = zhCN
    expect(inside.value).toBe(zhCN)
    app.unmount()
  })
})
