import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useChatConnection } from '../../src/composables/index.ts'
import { createTestChat, mount, settle } from './support.ts'

let chat: ReturnType<typeof createTestChat>

beforeEach(() => {
  vi.useFakeTimers()
  chat = createTestChat()
})
afterEach(() => {
  chat.dispose()
  vi.useRealTimers()
})

describe('useChatConnection', () => {
  it('[CR19] connects the app, tells how the connection fares, and takes the commands of a person', async () => {
    const { result: connection } = mount(useChatConnection, chat.provide)
    await settle()
    expect(connection.state.value).toBe('connected')
    expect(connection.online.value).toBe(true)

    chat.server.drop(1006)
    await settle()
    expect(connection.state.value).toBe('waiting')
    expect(connection.retryAt.value).toBeGreaterThan(Date.now())

    connection.reconnect()
    await settle()
    expect(connection.state.value).toBe('connected')

    connection.close()
    expect(connection.state.value).toBe('closed')
    connection.open()
    await settle()
    expect(connection.status.value).toBe('OPEN')
  })

  it('[CR19] names the call that is missing', () => {
    expect(() => mount(useChatConnection)).toThrow(/createChat/)
  })
})
