import { openRaw, signIn, type Frame, type RawClient, type SignedIn } from '../server/support/raw-client.ts'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { spawnServer, type SpawnedServer } from '../server/support/spawn-server.ts'

export interface Person extends RawClient {
  readonly user: SignedIn['user']
  /** Asks, and waits for the answer or the refusal. */
  ask(what: string, fields?: object): Promise<Frame>
  /** The next listing of this room for which this holds, of those that came and those that will. */
  listing(room: string, is?: (listing: Listing) => boolean): Promise<Listing>
}

export interface Listing {
  readonly room: string
  readonly title: string
  readonly kind: string
  readonly isMember: boolean
  readonly isPrivate: boolean
  readonly unread: number
  readonly top: number
  readonly mentioned?: boolean
  readonly online?: readonly string[]
  readonly members?: readonly { readonly id: string; readonly name: string }[]
  readonly memberCount: number
  readonly last?: { readonly body: string; readonly seq: number; readonly deleted?: boolean; readonly from: { readonly id: string } }
  readonly can: Readonly<Record<string, boolean>>
}

let ids = 1_000

/** Signs in and says hello; in no room yet. */
export const connect = async (server: SpawnedServer, name: string): Promise<Person> => {
  const { token, user } = await signIn(server.httpUrl, name)
  const client = await openRaw(server.wsUrl)
  await client.hello(token)
  return Object.assign(client, {
    user,
    ask(what: string, fields: object = {}) {
      const id = ++ids
      client.send({ type: 'ask', id, what, ...fields })
      return client.next((f) => (f.type === 'answer' || f.type === 'error') && f['id'] === id)
    },
    async listing(room: string, is: (listing: Listing) => boolean = () => true) {
      const found = await client.next((f) => f.type === 'listing' && (f['listing'] as Listing).room === room && is(f['listing'] as Listing))
      return found['listing'] as Listing
    },
  })
}

export const roomOf = (answer: Frame): Listing => {
  if (answer.type !== 'answer') throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer['listing'] as Listing
}

export const roomsOf = async (person: Person): Promise<readonly Listing[]> => (await person.ask('rooms'))['rooms'] as readonly Listing[]

/** A server for all tests of a file, and people who go when a test is over. @param kind what strangers are called */
export const withServer = (kind: string) => {
  let server: SpawnedServer
  const open: Person[] = []
  let names = 0
  const enter = async (name: string): Promise<Person> => {
    const person = await connect(server, name)
    open.push(person)
    return person
  }
  beforeAll(async () => {
    server = await spawnServer()
  })
  afterAll(() => server.dispose())
  afterEach(async () => {
    await Promise.all(open.splice(0).map((person) => person.close()))
  })
  return {
    server: () => server,
    /** Those who are there; one who is taken out is left alone. */
    open,
    enter,
    /** People of whom nobody has heard. */
    strangers: (count: number): Promise<Person[]> => Promise.all(Array.from({ length: count }, () => enter(`${kind} ${String(++names)}`))),
  }
}
