import type { Unsubscribe } from './session-types.ts'

export interface Emitter<M> {
  on<E extends keyof M>(event: E, listener: (payload: M[E]) => void): Unsubscribe
  emit<E extends keyof M>(event: E, payload: M[E]): void
  clear(): void
}

/** @param onThrow a listener threw; the others were called all the same */
export const createEmitter = <M>(onThrow: (event: keyof M, thrown: unknown) => void): Emitter<M> => {
  const listeners = new Map<keyof M, Set<readonly [call: (payload: never) => void]>>()
  return {
    on(event, listener) {
      // A wrapper each, so that the same function may listen twice and leave once.
      const entry = [listener as (payload: never) => void] as const
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(entry))
      return () => {
        set.delete(entry)
      }
    },
    emit(event, payload) {
      const set = listeners.get(event)
      for (const entry of [...(set ?? [])]) {
        if (!set?.has(entry)) continue
        try {
          entry[0](payload as never)
        } catch (thrown) {
          onThrow(event, thrown)
        }
      }
    },
    clear: () => listeners.clear(),
  }
}
