export { browserTabPorts, type TabPorts } from './ports.ts'
export { sharedSession, type SharedSession, type SharedSessionOptions, type Tabs } from './shared-session.ts'
