import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { en, type ChatLocale } from '../locale/en.ts'
import { useTexts } from './useTexts.ts'

/**
 * The texts to show: those given here, else of the component around, else of the app, else English.
 * @param own texts for this component and everything inside it
 */
export const useChatLocale = (own?: MaybeRefOrGetter<ChatLocale | undefined>): ComputedRef<ChatLocale> => useTexts(own, en)
