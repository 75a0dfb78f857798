import { usePermission, useWebNotification } from '@vueuse/core'
import { computed, shallowRef, type ComputedRef } from 'vue'

export interface DesktopPermission {
  readonly isSupported: ComputedRef<boolean>
  readonly permission: ComputedRef<NotificationPermission>
  /**
   * Asks the person for permission. Call it in a click or key handler: without a gesture nothing is asked.
   * @returns whether notifications may be shown
   */
  allow(): Promise<boolean>
}

export interface DesktopNotification {
  title: string
  body: string
  tag: string
  renotify: boolean
  silent: boolean
  dir: NotificationDirection
  lang: string
  icon?: string
}

/** What shows notifications. Spelled out, so that the types of this package need none of another. */
export interface DesktopNotifier {
  ensurePermissions(): Promise<boolean | undefined>
  show(notification: DesktopNotification): Promise<Notification | undefined>
  onClick(listener: (event: Event) => void): unknown
}

/** Whether the browser shows notifications of this page. Asks for nothing by itself. */
export const useDesktopPermission = (): DesktopPermission & { readonly web: DesktopNotifier } => {
  const web = useWebNotification({ requestPermissions: false })
  const told = usePermission('notifications')
  const asked = shallowRef(0)
  const permission = computed<NotificationPermission>(() => {
    // Either may have changed it, the second in another tab.
    void [asked.value, told.value]
    return web.isSupported.value ? Notification.permission : 'denied'
  })
  return {
    web: { ensurePermissions: web.ensurePermissions, show: web.show, onClick: (listener) => web.onClick(listener as never) },
    isSupported: web.isSupported,
    permission,
    async allow() {
      // Browsers answer a question that came out of nowhere with a block that lasts.
      if ((navigator as Partial<Navigator>).userActivation?.isActive !== false) await web.ensurePermissions()
      asked.value += 1
      return permission.value === 'granted'
    },
  }
}
