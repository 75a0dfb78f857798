import { describe, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { useComposer, type UseComposerOptions } from '../../src/composables/index.ts'

const create = (options: Partial<UseComposerOptions> = {}) => {
  const send = vi.fn()
  const setTyping = vi.fn()
  return { send, setTyping, composer: useComposer({ send, setTyping, ...options }) }
}

const key = (init: KeyboardEventInit & { keyCode?: number } = {}) => {
  const { keyCode, ...rest } = init
  const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...rest })
  if (keyCode !== undefined) Object.defineProperty(event, 'keyCode', { value: keyCode })
  return event
}

const input = (value: string, isComposing = false) => {
  const field = document.createElement('textarea')
  field.value = value
  const event = new InputEvent('input', { isComposing })
  Object.defineProperty(event, 'target', { value: field })
  return event
}

describe('useComposer', () => {
  it('[CO1] sends with Enter, without the white space around, and empties the field', () => {
    const { composer, send } = create()
    composer.draft.value = '  hello\nyou \n'
    const event = key()
    composer.onKeydown(event)
    expect(send).toHaveBeenCalledExactlyOnceWith('hello\nyou')
    expect(composer.draft.value).toBe('')
    expect(event.defaultPrevented).toBe(true)
  })

  it.each([['Shift', { shiftKey: true }], ['another key', { key: 'a' }], ['Ctrl', { ctrlKey: true }], ['Alt', { altKey: true }]])(
    '[CO2] leaves Enter with %s to the field',
    (_name, init) => {
      const { composer, send } = create()
      composer.draft.value = 'hello'
      const event = key(init)
      composer.onKeydown(event)
      expect(send).not.toHaveBeenCalled()
      expect(event.defaultPrevented).toBe(false)
    },
  )

  it.each([
    ['while it composes', { isComposing: true }],
    ['in Safari, which ends the composition first', { keyCode: 229 }],
  ])('[CO3] leaves Enter to the input method %s', (_name, init) => {
    const { composer, send } = create()
    composer.draft.value = '你好'
    const event = key(init)
    composer.onKeydown(event)
    expect(send).not.toHaveBeenCalled()
    expect(event.defaultPrevented).toBe(false)
    expect(composer.draft.value).toBe('你好')
    composer.onKeydown(key({ keyCode: 13 }))
    expect(send).toHaveBeenCalledExactlyOnceWith('你好')
  })

  it('[CO4] does not send nothing, and swallows the Enter', () => {
    const { composer, send } = create()
    composer.draft.value = ' \n '
    expect(composer.canSend.value).toBe(false)
    const event = key()
    composer.onKeydown(event)
    expect(send).not.toHaveBeenCalled()
    expect(event.defaultPrevented).toBe(true)
  })

  it('[CO5] counts code points as the server does, and does not send what is too long', () => {
    const max = ref(3)
    const { composer, send } = create({ maxLength: max })
    composer.draft.value = '👩🏽a'
    expect(composer.remaining.value).toBe(0)
    expect(composer.canSend.value).toBe(true)
    max.value = 2
    expect(composer.remaining.value).toBe(-1)
    expect(composer.submit()).toBe(false)
    expect(send).not.toHaveBeenCalled()
    expect(composer.draft.value).toBe('👩🏽a')
  })

  it('[CO6] keeps the draft when sending throws', () => {
    const { composer } = create({
      send: () => {
        throw new TypeError('not bound')
      },
    })
    composer.draft.value = 'precious'
    expect(() => composer.submit()).toThrow('not bound')
    expect(composer.draft.value).toBe('precious')
  })

  it('[CO7] follows the field and tells that someone types, until it is sent or emptied', () => {
    const { composer, setTyping } = create()
    composer.onInput(input('h'))
    composer.onInput(input('he'))
    expect(composer.draft.value).toBe('he')
    expect(setTyping.mock.calls).toEqual([[true], [true]])
    composer.submit()
    composer.onInput(input('x'))
    composer.onInput(input(''))
    composer.onInput(input(''))
    expect(setTyping.mock.calls.slice(2)).toEqual([[false], [true], [false]])
  })

  it('[CO7] says that nobody types any more when it goes', () => {
    const scope = effectScope()
    const { composer, setTyping } = scope.run(() => create())!
    composer.onInput(input('h'))
    scope.stop()
    expect(setTyping).toHaveBeenLastCalledWith(false)
  })

  it('[CO8] tells that an input method is composing', () => {
    const { composer } = create()
    composer.onInput(input('n', true))
    expect(composer.isComposing.value).toBe(true)
    composer.onInput(input('你'))
    expect(composer.isComposing.value).toBe(false)
  })
})
