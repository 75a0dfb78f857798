/** A browser with tabs, in one process: locks that are released when a tab dies, and channels between the living. */
import { createSession, type ConnectTransport, type Session, type SessionOptions } from '../../../src/core/index.ts'
import { chatV1Dialect } from '../../../src/dialects/index.ts'
import { sharedSession, type SharedSession } from '../../../src/tabs/index.ts'
import type { TabMessage } from '../../../src/tabs/messages.ts'
import type { LockOptions, TabChannel, TabPorts } from '../../../src/tabs/ports.ts'
import type { FakeServer } from '../../../src/testing.ts'

interface Held {
  readonly owner: object
  /** The browser takes the lock back. */
  take(isTheft: boolean): void
}
interface Waiting {
  readonly owner: object
  readonly grant: () => void
}

const aborted = (): DOMException => new DOMException('The lock was lost.', 'AbortError')

const createLocks = () => {
  const held = new Map<string, Held>()
  const lines = new Map<string, Waiting[]>()

  const next = (name: string): void => {
    if (!held.has(name)) lines.get(name)?.shift()?.grant()
  }

  const request = (owner: object, isAlive: () => boolean) => (name: string, { signal, steal, ifAvailable }: LockOptions, work: (lock: unknown) => unknown) =>
    new Promise<unknown>((resolve, reject) => {
      const grant = (): void => {
        const mine: Held = {
          owner,
          take(isTheft) {
            held.delete(name)
            if (isTheft) reject(aborted())
          },
        }
        held.set(name, mine)
        const release = (): void => {
          if (held.get(name) !== mine) return
          held.delete(name)
          next(name)
        }
        // As in a browser: the grant is a task of its own.
        setTimeout(() => {
          if (held.get(name) !== mine || !isAlive()) return
          Promise.resolve(work({ name })).then(
            (value) => {
              release()
              resolve(value)
            },
            (error: unknown) => {
              release()
              reject(error as Error)
            },
          )
        })
      }
      if (signal?.aborted) reject(aborted())
      else if (steal) {
        held.get(name)?.take(true)
        grant()
      } else if (!held.has(name)) grant()
      else if (ifAvailable) setTimeout(() => isAlive() && resolve(work(null)))
      else {
        const waiting: Waiting = { owner, grant }
        const line = lines.get(name) ?? []
        lines.set(name, [...line, waiting])
        signal?.addEventListener('abort', () => {
          const present = lines.get(name) ?? []
          if (!present.includes(waiting)) return
          lines.set(name, present.filter((one) => one !== waiting))
          reject(aborted())
        })
      }
    })

  return {
    request,
    kill(owner: object) {
      for (const [name, line] of lines) lines.set(name, line.filter((one) => one.owner !== owner))
      for (const [name, lock] of [...held]) {
        if (lock.owner !== owner) continue
        lock.take(false)
        next(name)
      }
    },
  }
}

export interface FakeTab {
  readonly session: SharedSession
  /** As a page that crashes: nobody is told, the browser releases its locks, its socket ends. */
  kill(): void
  hide(): void
  show(): void
  readonly isAlive: boolean
  readonly isHidden: boolean
}

export interface FakeBrowser {
  /** A tab that shows the app; nothing is connected yet. */
  open(options?: Partial<SessionOptions> & { readonly name?: string; readonly isHidden?: boolean }): FakeTab
  readonly tabs: readonly FakeTab[]
  /** Everything that went over channels. */
  readonly posted: readonly TabMessage[]
  leaders(): readonly FakeTab[]
  /** The browser froze it: it keeps its locks and hears nothing; what was said meanwhile it hears later. */
  mute(tab: FakeTab): void
  unmute(tab: FakeTab): void
  /** Puts its locks and channels in the place of the environment's; every user of them is a tab of its own. */
  install(stub: (name: string, value: unknown) => void): void
  /** Says something on every channel. */
  say(message: TabMessage): void
}

/** @param delayMs of each message between tabs; those of one tab to another keep their order */
export const createFakeBrowser = (server: FakeServer, delayMs: () => number = () => 0): FakeBrowser => {
  const locks = createLocks()
  const channels = new Map<string, Set<{ readonly owner: object; hear(message: TabMessage): void }>>()
  const tabs: FakeTab[] = []
  const posted: TabMessage[] = []
  let count = 0

  const muted = new Map<object, (() => void)[]>()
  const owners = new Map<FakeTab, object>()

  const portsOf = (owner: object, isAlive: () => boolean): TabPorts => ({
    locks: { request: locks.request(owner, isAlive) },
    openChannel(name, hear) {
      const members = channels.get(name) ?? new Set()
      channels.set(name, members)
      const me = { owner, hear }
      members.add(me)
      const dueAt = new Map<object, number>()
      return {
        post(message) {
          if (!isAlive()) return
          const copy = structuredClone(message)
          posted.push(copy)
          for (const member of members) {
            if (member === me) continue
            const at = Math.max(dueAt.get(member) ?? 0, Date.now() + delayMs())
            dueAt.set(member, at)
            setTimeout(() => {
              const hearIt = (): void => {
                if (members.has(member)) member.hear(structuredClone(copy))
              }
              const waiting = muted.get(member.owner)
              if (waiting) waiting.push(hearIt)
              else hearIt()
            }, at - Date.now())
          }
        },
        close: () => members.delete(me),
      }
    },
  })

  return {
    tabs,
    posted,
    mute(tab) {
      muted.set(owners.get(tab)!, [])
    },
    unmute(tab) {
      const owner = owners.get(tab)!
      const waiting = muted.get(owner) ?? []
      muted.delete(owner)
      for (const hearIt of waiting) hearIt()
    },
    install(stub) {
      const { locks: fake } = portsOf({}, () => true)
      stub('navigator', new Proxy(navigator, { get: (target, key) => (key === 'locks' ? fake : (Reflect.get(target, key, target) as unknown)) }))
      stub(
        'BroadcastChannel',
        class {
          onmessage: ((event: { readonly data: TabMessage }) => void) | undefined
          readonly channel: TabChannel
          constructor(name: string) {
            this.channel = portsOf({}, () => true).openChannel(name, (data) => this.onmessage?.({ data }))
          }
          postMessage(message: TabMessage): void {
            this.channel.post(message)
          }
          close(): void {
            this.channel.close()
          }
        },
      )
    },
    say(message) {
      for (const name of channels.keys()) portsOf({}, () => true).openChannel(name, () => undefined).post(message)
    },
    leaders: () => tabs.filter(({ isAlive, session }) => isAlive && session.tabs.isLeader()),
    open({ name = 'chat', isHidden = false, ...options } = {}) {
      const owner = {}
      const number = ++count
      let isAlive = true
      let ids = 0
      const sockets: { drop(): void }[] = []
      const connect: ConnectTransport = (url, protocols, handlers) => {
        if (!isAlive) return { socket: undefined, send: () => false, close: () => undefined }
        const transport = server.connect(url, protocols, handlers)
        const socket = server.sockets.at(-1)!
        sockets.push(socket)
        return transport
      }
      const session = sharedSession({
        url: 'ws://test/',
        dialect: chatV1Dialect(),
        transport: connect,
        createId: () => `t${number}-${++ids}`,
        random: () => 0,
        user: server.user,
        ...options,
        name,
        ports: portsOf(owner, () => isAlive),
      })
      if (isHidden) session.hint('hidden')
      const tab: FakeTab = {
        session,
        get isAlive() {
          return isAlive
        },
        get isHidden() {
          return isHidden
        },
        kill() {
          isAlive = false
          for (const members of channels.values()) for (const member of members) if (member.owner === owner) members.delete(member)
          for (const socket of sockets) socket.drop()
          locks.kill(owner)
        },
        hide() {
          isHidden = true
          session.hint('hidden')
        },
        show() {
          isHidden = false
          session.hint('visible')
        },
      }
      tabs.push(tab)
      owners.set(tab, owner)
      return tab
    },
  }
}

/** Somebody else's session with a connection of its own, for comparison. */
export const directSession = (server: FakeServer): Session =>
  createSession({ url: 'ws://test/', dialect: chatV1Dialect(), transport: server.connect, user: server.user })
