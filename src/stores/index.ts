export * from './chat.ts'
export * from './commands.ts'
