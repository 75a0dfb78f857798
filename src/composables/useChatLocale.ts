import { computed, hasInjectionContext, inject, provide, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { en, type ChatLocale } from '../locale/en.ts'
import { chatKey, chatLocaleKey } from './keys.ts'

/**
 * The texts to show: those given here, else of the component around, else of the app, else English.
 * @param own texts for this component and everything inside it
 */
export const useChatLocale = (own?: MaybeRefOrGetter<ChatLocale | undefined>): ComputedRef<ChatLocale> => {
  const isInside = hasInjectionContext()
  const around = isInside ? inject(chatLocaleKey, undefined) : undefined
  const chat = isInside ? inject(chatKey, undefined) : undefined
  const locale = computed(() => toValue(own) ?? around?.value ?? chat?.locale.value ?? en)
  if (own !== undefined && isInside) provide(chatLocaleKey, locale)
  return locale
}
