export { browserTabPorts, type TabPorts } from './ports.ts'
export { sharedSession } from './shared-session.ts'
export type { SharedSession, SharedSessionOptions, Tabs } from './types.ts'
