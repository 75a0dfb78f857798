export * from './chat.ts'
export * from './commands.ts'
export * from './same-list.ts'
export * from './features.ts'
