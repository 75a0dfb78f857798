import { usePermission, useWebNotification, type UseWebNotificationReturn } from '@vueuse/core'
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

/** Whether the browser shows notifications of this page. Asks for nothing by itself. */
export const useDesktopPermission = (): DesktopPermission & { readonly web: UseWebNotificationReturn } => {
  const web = useWebNotification({ requestPermissions: false })
  const told = usePermission('notifications')
  const asked = shallowRef(0)
  const permission = computed<NotificationPermission>(() => {
    // Either may have changed it, the second in another tab.
    void [asked.value, told.value]
    return web.isSupported.value ? Notification.permission : 'denied'
  })
  return {
    web,
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
