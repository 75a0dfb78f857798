/** Search and pages around an event over a real server. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRaw, signIn, type Frame, type RawClient } from './support/raw-client.ts'
import { spawnServer, type SpawnedServer } from './support/spawn-server.ts'

let server: SpawnedServer
let ids = 0
beforeAll(async () => {
  server = await spawnServer()
})
afterAll(() => server.dispose())

const enter = async (name: string, room?: string): Promise<{ client: RawClient; welcome: Frame }> => {
  const { token } = await signIn(server.httpUrl, name)
  const client = await openRaw(server.wsUrl)
  const welcome = await client.hello(token)
  if (room !== undefined) await client.join(room)
  return { client, welcome }
}

const request = (client: RawClient, frame: object): Promise<Frame> => {
  const id = 1_000 + ids++
  client.send({ id, ...frame })
  return client.next((answer) => answer['id'] === id)
}
const search = (client: RawClient, query: unknown, more: object = {}): Promise<Frame> =>
  request(client, { type: 'ask', what: 'search', room: 'general', query, ...more })
const bodies = (answer: Frame): unknown[] => (answer['events'] as { body: string }[]).map(({ body }) => body)

it('[FT8] what was said a moment ago is found by those in the room, and by nobody else', async () => {
  const { client: ada, welcome } = await enter('Ada', 'general')
  const { client: eve } = await enter('Eve')
  expect(welcome['features']).toEqual(expect.arrayContaining(['search', 'around']))
  await ada.say('general', 'a1', 'meet me at the harbour')
  await ada.say('general', 'a2', '在港口见')
  expect(bodies(await search(ada, 'harb'))).toEqual(['meet me at the harbour'])
  expect(bodies(await search(ada, '港口'))).toEqual(['在港口见'])
  expect(await search(eve, 'harb')).toMatchObject({ type: 'error', code: 'forbidden' })
  expect(await request(ada, { type: 'ask', what: 'search', query: 'harb' })).toMatchObject({ type: 'error', code: 'bad_request' })
  expect(await search(ada, 7)).toMatchObject({ type: 'error', code: 'bad_request' })
  await Promise.all([ada.close(), eve.close()])
})

it('[FT8] somebody who asks without a pause is told to wait, and the others are not', async () => {
  const { client: ada } = await enter('Ada', 'general')
  const { client: bob } = await enter('Bob', 'general')
  const answers = await Promise.all(Array.from({ length: 40 }, () => search(ada, 'harb')))
  expect(answers.filter(({ type }) => type === 'answer').length).toBeGreaterThanOrEqual(15)
  expect(answers.find(({ type }) => type === 'error')).toMatchObject({ code: 'rate_limited', retry: true })
  expect(await search(bob, 'harb')).toMatchObject({ type: 'answer' })
  await Promise.all([ada.close(), bob.close()])
})

it('[FT7] a page around an event is asked for with history', async () => {
  const { client: ada } = await enter('Ada', 'around')
  for (let n = 1; n <= 9; n++) await ada.say('around', `r${String(n)}`, `m${String(n)}`)
  const page = await request(ada, { type: 'history', room: 'around', around: 5, limit: 3 })
  expect(page).toMatchObject({ type: 'page', more: true, newer: true })
  expect(bodies(page)).toEqual(['m4', 'm5', 'm6'])
  expect(await request(ada, { type: 'history', room: 'around', around: 5, before: 3 })).toMatchObject({ type: 'error', code: 'bad_request' })
  await ada.close()
})
