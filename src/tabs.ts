/** One connection for all tabs of a person. */
export { sharedTabs, type SharedTabsOptions } from './tabs/shared-tabs.ts'
export type { TabSharing } from './tabs/types.ts'
