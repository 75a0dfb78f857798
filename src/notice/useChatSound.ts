import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, readonly, shallowRef, type Ref, type WritableComputedRef } from 'vue'
import { inBrowser } from '../composables/environment.ts'
import { useChat } from '../composables/useChat.ts'
import { chime } from './chime.ts'
import { useNoticePreferences } from './preferences.ts'
import { useTelling, type TellingOptions } from './useTelling.ts'

export interface ChatSoundOptions extends TellingOptions {
  /** 0 to 1. @default 0.15 */
  readonly volume?: number
}

export interface UseChatSoundReturn {
  /** The person's choice, kept on this device. @default false */
  readonly isSilent: WritableComputedRef<boolean>
  /** The browser lets this page make sounds: somebody has clicked or typed in it. */
  readonly isReady: Readonly<Ref<boolean>>
  /** Makes the sound now, as a sample. */
  play(): void
}

const GESTURES = ['pointerup', 'keydown', 'click'] as const

/**
 * A short sound for what others say in rooms that nobody looks at, from one tab of the browser. It is made on the spot,
 * and never before somebody has clicked or typed in the page. Call it once in an app, or give `notice` to `createChat`.
 * @throws ChatUsageError in an app without createChat or Pinia
 */
export const useChatSound = (options: ChatSoundOptions = {}): UseChatSoundReturn => {
  const chat = useChat('useChatSound()')
  const preferences = useNoticePreferences(chat)
  const isReady = shallowRef(false)
  let context: AudioContext | undefined

  const isSilent = computed({
    get: () => !preferences.value.sound,
    set: (silent) => {
      preferences.value = { ...preferences.value, sound: !silent }
      if (!silent) void unlock()
    },
  })

  /** What a browser without a gesture makes is suspended for ever, so none is made. */
  const unlock = async (): Promise<void> => {
    if (isReady.value || isSilent.value || typeof AudioContext === 'undefined') return
    if ((navigator as Partial<Navigator>).userActivation?.hasBeenActive === false) return
    context ??= new AudioContext()
    await context.resume().catch(() => undefined)
    isReady.value = (context.state as string) === 'running'
    await context.suspend().catch(() => undefined)
  }
  const play = (): void => {
    if (context && isReady.value) chime(context, options.volume ?? 0.15).catch(() => undefined)
  }

  if (inBrowser()) {
    for (const gesture of GESTURES) useEventListener(document, gesture, () => void unlock(), { capture: true, passive: true })
    if ((navigator as Partial<Navigator>).userActivation?.hasBeenActive) void unlock()
    onScopeDispose(() => void context?.close().catch(() => undefined))
  }

  useTelling({
    ...options,
    chat,
    topic: 'sound',
    preferences,
    isOn: () => !isSilent.value,
    isAble: () => isReady.value,
    tell: play,
  })

  return { isSilent, isReady: readonly(isReady), play }
}
