import { computed, getCurrentInstance, hasInjectionContext, inject, provide, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import type { ChatLocale } from '../locale/en.ts'
import { chatKey, chatLocaleKey } from './keys.ts'

interface Speaking {
  readonly chatTexts?: ChatLocale
}

/** A part that can be drawn without a chat; it and all in it then say these texts. What is in a room hears its chat's. */
export const speaking = <C extends object>(part: C, chatTexts: ChatLocale): C => Object.assign(part, { chatTexts } satisfies Speaking)

const textsAround = (): ChatLocale | undefined => {
  for (let at = getCurrentInstance(); at; at = at.parent) {
    const { chatTexts } = at.type as Speaking
    if (chatTexts) return chatTexts
  }
  return undefined
}

/**
 * The texts to show: those given here, else of the component around, else of the app, else the last ones.
 * @param last without any; what is drawn without a chat has some by `speaking`, so that a room carries no language itself
 */
export const useTexts = (own?: MaybeRefOrGetter<ChatLocale | undefined>, last?: ChatLocale): ComputedRef<ChatLocale> => {
  const isInside = hasInjectionContext()
  const around = isInside ? inject(chatLocaleKey, undefined) : undefined
  const chat = isInside ? inject(chatKey, undefined) : undefined
  const texts = around || chat ? last : (last ?? textsAround())
  const locale = computed(() => (toValue(own) ?? around?.value ?? chat?.locale.value ?? texts)!)
  if (own !== undefined && isInside) provide(chatLocaleKey, locale)
  return locale
}
