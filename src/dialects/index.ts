export * from './chat-v1.ts'
export * from './raw.ts'
