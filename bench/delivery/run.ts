/** Two people talk through a server while the script goes wrong around them, and what came of it is counted. */
import { DatabaseSync } from 'node:sqlite'
import type { Bench } from '../connection/browser.ts'
import { DELAY_MS, openPerson, type Person } from './person.ts'
import { SILENCE_MS, type Burst, type Deed, type Fault, type Script } from './script.ts'
import { ranges, tally, watchList, type Seen, type Tally } from './seen.ts'
import { startServer, type ServerProcess } from './server-process.ts'
import type { DeliverySubject } from './subjects.ts'

export interface Way {
  readonly said: number
  /** In the server's log. */
  readonly stored: Tally
  /** On the screen of the other. */
  readonly shown: Tally
  /** Of those that the other never saw: how many the sender's code was told of. */
  readonly told: number
  /** Which ones are not in the log, by their number. */
  readonly notStored: readonly string[]
  /** How many had been said at each reload of the sender's page. */
  readonly reloadedAfter: readonly number[]
  /** Of those that the other never saw: how many were said after which fault, the last one before it. */
  readonly lostAfter: Readonly<Partial<Record<Fault, number>>>
}

export interface DeliveryRow {
  readonly subject: string
  readonly settings: string
  readonly server: string
  /** A's link, page and server are hurt. */
  readonly fromHurt: Way
  /** B's link and page are well; its server dies like everybody's. */
  readonly toHurt: Way
  /** Whether everything had come to rest before the counting. */
  readonly isSettled: boolean
}

/** Nothing may have moved for so long before it is counted: longer than any library here waits for an answer. */
const QUIET_MS = 12_000
const PATIENCE_MS = 90_000

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))

const readLog = (server: ServerProcess): readonly string[] => {
  const db = new DatabaseSync(server.database, { readOnly: true })
  try {
    const isOurs = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'events'").get() !== undefined
    const rows = db.prepare(isOurs ? 'SELECT body FROM events ORDER BY seq' : 'SELECT body FROM messages ORDER BY id').all()
    return (rows as unknown as readonly { readonly body: string }[]).map(({ body }) => body)
  } finally {
    db.close()
  }
}

const talk = async (person: Person, bursts: readonly Burst[], start: number): Promise<void> => {
  for (const { atMs, count } of bursts) {
    await sleep(start + atMs - performance.now())
    await person.say(count)
  }
}

const suffer = async ({ fault, waitMs }: Deed, { wire, reload }: Person, server: ServerProcess): Promise<void> => {
  switch (fault) {
    case 'cut':
      wire.drop('rst')
      return
    case 'fin':
      wire.drop('fin')
      return
    case 'silent':
      wire.swallow(['up', 'down'])
      await sleep(SILENCE_MS)
      wire.drop('rst')
      return
    case 'kill':
      await server.kill(waitMs)
      return
    case 'reload':
      await reload()
      return
    case 'reload-offline':
      wire.set({ isRefusing: true })
      wire.drop('rst')
      await sleep(1_500)
      await reload()
      await sleep(1_000)
      wire.set({ isRefusing: false })
      return
    case 'cut+kill':
      wire.drop('rst')
      await sleep(waitMs)
      await server.kill(waitMs)
      return
    case 'fin+cut':
      wire.drop('fin')
      await sleep(waitMs)
      wire.drop('rst')
  }
}

const go = async (deeds: readonly Deed[], person: Person, server: ServerProcess, start: number): Promise<void> => {
  for (const deed of deeds) {
    await sleep(start + deed.atMs - performance.now())
    await suffer(deed, person, server)
  }
}

const allCalm = async (people: readonly Person[]): Promise<boolean> =>
  (await Promise.all(people.map((person) => person.isCalm()))).every(Boolean)

const countsOf = async (people: readonly Person[], server: ServerProcess): Promise<string> => {
  const seen = await Promise.all(people.map((person) => person.seen()))
  return JSON.stringify([readLog(server).length, ...seen.map((pages) => pages.map(({ bodies }) => bodies.length))])
}

/** @returns whether everybody was calm and nothing moved, in time */
const settle = async (people: readonly Person[], server: ServerProcess): Promise<boolean> => {
  const deadline = performance.now() + PATIENCE_MS
  let before = ''
  let since = performance.now()
  while (performance.now() < deadline) {
    const now = await countsOf(people, server)
    if (now !== before || !(await allCalm(people))) since = performance.now()
    before = now
    if (performance.now() - since >= QUIET_MS) return true
    await sleep(500)
  }
  return false
}

/** A message that was under way when a fault came counts as said after it. */
const UNDER_WAY_MS = 2 * DELAY_MS

const wayFrom = async (sender: Person, receiver: Person, log: Seen, faultAt: (ms: number) => Fault | undefined): Promise<Way> => {
  const pages = await receiver.seen()
  const there = new Set(pages.flatMap(({ bodies }) => bodies))
  const stored = new Set(log.bodies)
  const refused = new Set(await sender.refused())
  const lost = sender.said.filter((body) => !there.has(body))
  const lostAfter: Partial<Record<Fault, number>> = {}
  for (const body of lost) {
    const fault = faultAt(sender.saidAt.get(body)! + UNDER_WAY_MS)
    if (fault) lostAfter[fault] = (lostAfter[fault] ?? 0) + 1
  }
  return {
    said: sender.said.length,
    stored: tally(sender.name, sender.said, [log]),
    shown: tally(sender.name, sender.said, pages),
    told: lost.filter((body) => refused.has(body)).length,
    notStored: ranges(sender.said.flatMap((body, index) => (stored.has(body) ? [] : [index + 1]))),
    reloadedAfter: sender.reloadedAfter,
    lostAfter,
  }
}

export const runSubject = async (subject: DeliverySubject, bench: Bench, script: Script): Promise<DeliveryRow> => {
  const server = await startServer(subject.server)
  const people: Person[] = []
  try {
    const hurt = await openPerson('A', bench, subject, server.port)
    people.push(hurt)
    const other = await openPerson('B', bench, subject, server.port)
    people.push(other)
    while (!(await allCalm(people))) await sleep(50)
    const start = performance.now()
    await Promise.all([
      talk(hurt, script.bursts.A, start),
      talk(other, script.bursts.B, start),
      go(script.deeds, hurt, server, start),
    ])
    const isSettled = await settle(people, server)
    const log = watchList()
    log.look(readLog(server))
    const faultAt = (ms: number): Fault | undefined => script.deeds.findLast(({ atMs }) => start + atMs <= ms)?.fault
    return {
      subject: subject.name,
      settings: subject.settings,
      server: subject.serverSettings,
      fromHurt: await wayFrom(hurt, other, log.seen(), faultAt),
      toHurt: await wayFrom(other, hurt, log.seen(), faultAt),
      isSettled,
    }
  } finally {
    for (const person of people) await person.close()
    await server.close()
  }
}
