import { onScopeDispose, type App } from 'vue'
import { inBrowser } from '../composables/environment.ts'
import type { DevtoolsSubject } from './subject.ts'

/**
 * Shows a session in Vue DevTools until the effect scope ends. Does nothing on a server, in test runs and without
 * an app. Call it behind `process.env.NODE_ENV !== 'production'`, which is what keeps it out of bundles.
 */
export const showInDevtools = (app: App | undefined, subject: DevtoolsSubject): void => {
  if (!app || !inBrowser() || process.env.NODE_ENV === 'test') return
  let isOver = false
  let hide: (() => void) | undefined
  onScopeDispose(() => {
    isOver = true
    hide?.()
  })
  import('./registry.ts').then(
    ({ inspectSession }) => {
      if (!isOver) hide = inspectSession(app, subject)
    },
    // Developer tools that cannot be loaded are no reason for an app to fail.
    () => undefined,
  )
}
