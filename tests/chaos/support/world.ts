/** One scenario's people, their wires and their server, from the first tab to the last socket. */
import { SignJWT } from 'jose'
import { checkDatabase, type StoredRow } from './oracle.ts'
import { asShown, fold } from './fold.ts'
import { createRandom } from './random.ts'
import type { Report, Violation } from './report.ts'
import { SECRET, type HurtServer } from './server.ts'
import { openTab, type Sent, type Tab } from './tab.ts'
import type { Disk } from './disk.ts'
import { createCommonLog } from './wire-rules.ts'

/** How long everybody may take to come to rest once nothing hurts any more, in real milliseconds. */
const SETTLE_MS = 30_000

export interface World {
  readonly server: HurtServer
  readonly rooms: readonly string[]
  /** Tabs that are open. */
  tabs(): readonly Tab[]
  openTab(user: number): Promise<void>
  closeTab(tab: Tab): void
  /** A text that nobody else sends. */
  text(tab: Tab, size: number): string
  /** Resolves when the condition holds or the time is over. @returns whether it holds */
  until(condition: () => boolean, ms: number): Promise<boolean>
  readonly violations: readonly Violation[]
  readonly counts: Counts
  /** Lifts all faults, lets everybody come to rest, compares everything, and clears away. */
  finish(): Promise<void>
}

export interface Counts {
  sent: number
  acked: number
  kills: number
  restarts: number
  /** Sockets that clients opened. */
  connections: number
  deeds: number
  /** Scenarios in which what was not sent was kept on disk, and kill -9s in them. */
  kept: number
  keptKills: number
  /** Times that the server left events out for a slow reader, and gave up on one. */
  gaps: number
  slow: number
}

export const tokenOf = (user: { readonly id: string; readonly name: string }): Promise<string> =>
  new SignJWT({ name: user.name })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(user.id)
    .setIssuer('vue-chat-socket')
    .setAudience('chat')
    .setExpirationTime('10y')
    .sign(Buffer.from(SECRET))

/**
 * @param name unique among the scenarios that share the server's database
 * @param disk handed to every tab, so that a reload finds what was not sent
 */
export const createWorld = async (server: HurtServer, name: string, seed: number, disk?: Disk): Promise<World> => {
  const random = createRandom(seed)
  const rooms = [`${name}-hall`, `${name}-attic`]
  const violations: Violation[] = []
  const counts: Counts = { sent: 0, acked: 0, kills: 0, restarts: 0, connections: 0, deeds: 0, kept: disk ? 1 : 0, keptKills: 0, gaps: 0, slow: 0 }
  const sent: Sent[] = []
  const all: Tab[] = []
  const waiting = new Set<() => void>()
  let lastId = 0
  let lastText = 0

  const report: Report = (rule, text) => {
    // One is enough to fail; a flood of them helps nobody.
    if (violations.length < 20) violations.push({ rule, text })
  }
  const log = createCommonLog(report, () => (counts.gaps += 1))
  const changed = (): void => {
    for (const look of [...waiting]) look()
  }

  const until: World['until'] = (condition, ms) =>
    new Promise((resolve) => {
      const end = (holds: boolean): void => {
        waiting.delete(look)
        clearInterval(beat)
        clearTimeout(deadline)
        resolve(holds)
      }
      const look = (): void => {
        if (condition()) end(true)
      }
      // What happens in the server's process tells nobody here.
      const beat = setInterval(look, 20)
      const deadline = setTimeout(() => end(condition()), ms)
      waiting.add(look)
      look()
    })

  const tabs = (): readonly Tab[] => all.filter((tab) => !tab.isClosed())

  const idOf = (index: number): string => `u-${name}-${String(index)}`
  const people = new Set<number>()
  const open: World['openTab'] = async (index) => {
    people.add(index)
    const user = { id: idOf(index), name: `User ${String(index)}` }
    all.push(
      await openTab({
        name: `${name}/${String(index)}${String.fromCharCode(97 + all.length)}`,
        user,
        token: await tokenOf(user),
        port: server.port,
        door: server.door,
        rooms,
        sent,
        log,
        report,
        closed: (code) => (counts.slow += code === 4409 ? 1 : 0),
        createId: () => `c${String(++lastId)}`,
        random,
        storage: disk?.storage,
        changed,
      }),
    )
  }

  const text: World['text'] = (tab, size) => {
    const start = `${tab.name} says ${String(++lastText)}`
    return start.padEnd(size, size > 1_000 ? '\u6f22' : '.')
  }

  const expectRest = async (what: string, condition: () => boolean, describe: () => string): Promise<boolean> => {
    const holds = await until(condition, SETTLE_MS)
    if (!holds) report('never-settled', `${what}: ${describe()}`)
    return holds
  }

  /** Who has closed all tabs comes back, so that what lies on disk is sent. */
  const comeBack = async (): Promise<void> => {
    for (const index of disk ? people : []) if (!tabs().some(({ user }) => user.id === idOf(index))) await open(index)
  }
  const isToldOf = ({ isAcked, isRefused, isKept }: Sent): boolean => isAcked || isRefused || !isKept
  const untold = (): string => sent.filter((one) => !isToldOf(one)).map(({ page, clientId }) => `${page}/${clientId}`).slice(0, 10).join()

  const isCalm = ({ session, rooms: mine, room }: Tab): boolean => {
    const { state, pendingCount } = session.snapshot()
    return state === 'connected' && pendingCount === 0 && [...mine].every((name) => room(name)?.isKnown)
  }
  const stateOf = (tab: Tab): string => {
    const { state, pendingCount, cause, error } = tab.session.snapshot()
    const tops = [...tab.rooms].map((name) => tab.room(name)?.messages.filter(({ seq }) => seq !== undefined).at(-1)?.seq)
    return `${tab.name} ${state}, ${String(pendingCount)} waiting, at ${tops.join('/')}, ${JSON.stringify(cause)} ${String(error?.code)}`
  }
  const states = (): string => tabs().map(stateOf).join('; ')

  /** Whoever speaks last and is heard by all proves that nothing older is under way. */
  const fence = async (): Promise<boolean> => {
    const last = new Map<string, Set<string>>(rooms.map((room) => [room, new Set()]))
    for (const tab of tabs()) {
      for (const room of tab.rooms) {
        const body = text(tab, 0)
        last.get(room)!.add(body)
        tab.send({ room, body })
      }
    }
    const hears = (tab: Tab): boolean =>
      [...tab.rooms].every((room) => {
        const expected = last.get(room)!
        const shown = tab.room(room)?.messages.filter((row) => row.status === 'sent' && expected.has(row.body)) ?? []
        return new Set(shown.map(({ body }) => body)).size === expected.size
      })
    return expectRest('the last words of all', () => tabs().every((tab) => isCalm(tab) && hears(tab)), states)
  }

  const fillGaps = async (tab: Tab): Promise<void> => {
    for (const room of tab.rooms) {
      for (let tries = 0; tries < 400 && (tab.room(room)?.gaps.length ?? 0) > 0; tries += 1) {
        // On a machine that is busy with other things a link may be taken for dead even now.
        if (!(await tab.loadOlder(room))) await until(() => false, 50)
      }
      if ((tab.room(room)?.gaps.length ?? 0) > 0) report('gap-stays', `${tab.name} cannot fill the gaps of ${room}: ${String(tab.room(room)?.gaps)}`)
    }
  }

  const presenceOf = (room: string): string => [...new Set(tabs().flatMap((tab) => (tab.rooms.has(room) ? [tab.user.id] : [])))].sort().join()
  const membersOf = (tab: Tab, room: string): string => (tab.room(room)?.members.map(({ id }) => id) ?? []).sort().join()

  const compare = (tab: Tab, room: string, rows: readonly StoredRow[]): void => {
    const state = tab.room(room)
    const spans = state?.known ?? []
    if (spans.length !== 1) report('list-holed', `${tab.name} in ${room} knows ${JSON.stringify(spans)} and shows no gap`)
    const expected = fold(rows, spans[0]?.[0] ?? rows.length + 1)
    // What was refused is told as such, and stays for whoever wrote it.
    const actual = (state?.messages ?? []).filter(({ status }) => status !== 'failed').map(asShown)
    const count = Math.max(expected.length, actual.length)
    for (let i = 0; i < count; i += 1) {
      if (expected[i] === actual[i]) continue
      report('list-differs', `${tab.name} in ${room}, row ${String(i)} of ${String(count)}: shows ${String(actual[i]).slice(0, 160)}, the log has ${String(expected[i]).slice(0, 160)}`)
      return
    }
  }

  const clearAway = async (): Promise<void> => {
    for (const tab of tabs()) tab.close()
    for (const tab of all) await tab.wire.close()
    const isOver = (): boolean => all.every((tab) => tab.sockets() === 0 && tab.wire.sockets() === 0) && sent.every(({ outcome }) => outcome)
    if (!(await until(isOver, 5_000))) {
      report('leak', `open at the end: ${all.map((tab) => `${tab.name} ${String(tab.sockets())} sockets, wire ${String(tab.wire.sockets())}`).join('; ')}; unsettled ${String(sent.filter(({ outcome }) => !outcome).length)}`)
    }
    for (const tab of all) if (tab.clock.pending() > 0) report('leak', `${tab.name} left ${String(tab.clock.pending())} timers`)
    if (!(await until(() => server.connections() === 0, 10_000))) report('leak', `the server still has ${String(server.connections())} connections`)
  }

  return {
    server,
    rooms,
    tabs,
    openTab: open,
    closeTab(tab) {
      tab.close()
    },
    text,
    until,
    violations,
    counts,
    async finish() {
      for (const tab of tabs()) {
        tab.wire.lift()
        tab.session.hint('visible')
        tab.session.hint('online')
        if (['idle', 'closed'].includes(tab.session.snapshot().state)) tab.session.open()
      }
      await server.mend()
      await comeBack()
      const isSettled =
        (await expectRest('everybody', () => tabs().every(isCalm), states)) &&
        (await expectRest('what was kept on disk', () => sent.every(isToldOf), () => `${untold()} waits; ${states()}`)) &&
        (await fence()) &&
        (await expectRest(
          'presence',
          () => tabs().every((tab) => [...tab.rooms].every((room) => membersOf(tab, room) === presenceOf(room))),
          () => tabs().flatMap((tab) => [...tab.rooms].map((room) => `${tab.name} in ${room} sees ${membersOf(tab, room)}, not ${presenceOf(room)}`)).join('; '),
        ))
      if (isSettled) {
        for (const tab of tabs()) await fillGaps(tab)
        const stored = checkDatabase(server.db, rooms, sent, report)
        for (const tab of tabs()) for (const room of tab.rooms) compare(tab, room, stored.get(room) ?? [])
      } else checkDatabase(server.db, rooms, sent, report)
      counts.sent = sent.length
      counts.connections = all.reduce((sum, tab) => sum + tab.opened(), 0)
      counts.acked = sent.filter(({ isAcked }) => isAcked).length
      if (isSettled && disk && !(await disk.isClear())) report('disk-not-cleared', `the disk still holds ${await disk.describe()}`)
      await clearAway()
      const locks = await disk?.remove()
      if (locks) report('leak', `pages that are gone still hold ${locks}`)
      for (const death of server.deaths()) report('server-died', death)
    },
  }
}
