import { onScopeDispose, readonly, shallowRef, watch, type Ref } from 'vue'
import type { ConnectionCause, ConnectionState } from '../../core/index.ts'
import { isLasting, phaseOf, type ConnectionPast, type ConnectionPhase } from './phase.ts'

interface BannerSource {
  readonly state: ConnectionState
  readonly cause?: ConnectionCause | undefined
  readonly graceMs: number
}

/** How long good news stays, in milliseconds. */
const RESTORED_MS = 2_000

/** The phase to show: trouble that passes within the grace time is never shown. */
export const useBannerPhase = (
  source: BannerSource,
): { readonly phase: Readonly<Ref<ConnectionPhase>>; readonly isRestored: Readonly<Ref<boolean>> } => {
  const phase = shallowRef<ConnectionPhase>('fine')
  const isRestored = shallowRef(false)
  let past: ConnectionPast = 'new'
  let timer: ReturnType<typeof setTimeout> | undefined

  const stop = (): void => {
    clearTimeout(timer)
    timer = undefined
  }
  const later = (ms: number, run: () => void): void => {
    stop()
    timer = setTimeout(() => {
      timer = undefined
      run()
    }, ms)
  }

  const take = (next: ConnectionPhase): void => {
    if (next === 'fine') {
      stop()
      isRestored.value = phase.value !== 'fine' && source.state === 'connected' && past === 'connected'
      if (isRestored.value) later(RESTORED_MS, () => (isRestored.value = false))
      phase.value = 'fine'
      return
    }
    if (isLasting(next) || phase.value !== 'fine') {
      stop()
      isRestored.value = false
      phase.value = next
      return
    }
    // The clock runs from the first sign of trouble, whatever states follow.
    if (timer === undefined || isRestored.value) {
      isRestored.value = false
      later(source.graceMs, () => (phase.value = phaseOf(source.state, source.cause, past)))
    }
  }

  watch(
    () => [source.state, source.cause] as const,
    ([state, cause]) => {
      take(phaseOf(state, cause, past))
      if (state === 'connected') past = 'connected'
      else if (state === 'waiting' && past === 'new') past = 'tried'
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(stop)

  return { phase: readonly(phase), isRestored: readonly(isRestored) }
}
