// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { cleanUp, enter } from './support/people.ts'
import { startPlain } from './support/plain-server.ts'

afterEach(cleanUp)

it('[SI18] a browser that says "offline" while the network works does not cut the link', async () => {
  const server = await startPlain()
  const [ann, bob] = [await enter(server.url), await enter(server.url)]
  window.dispatchEvent(new Event('offline'))
  ann.session.hint('offline')
  ann.session.sendMessage({ room: 'lobby', body: 'hello' })
  await bob.has(1)
  await ann.is('connected')
  expect([...ann.states, ...bob.states]).not.toContain('waiting')
  expect(server.handshakes()).toBe(2)
})
