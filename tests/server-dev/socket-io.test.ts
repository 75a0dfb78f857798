import { createServer } from 'node:http'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { attachChat } from '../../server-dev/index.ts'

vi.mock('node:module', () => ({
  createRequire: () => (name: string) => {
    throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' })
  },
}))

it('[SI28] without the package the server says what to install, and touches nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-'))
  const database = join(folder, 'chat.db')
  const http = createServer()
  const secret = 'a secret of at least thirty-two bytes'
  expect(() => attachChat(http, { database, secret, socketIo: true })).toThrow(/"socket.io"; install it with "npm install socket.io"/)
  expect(existsSync(database)).toBe(false)
  expect(http.listenerCount('upgrade')).toBe(0)
  rmSync(folder, { recursive: true })
})
