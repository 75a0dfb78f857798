import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, effectScope, h, nextTick, shallowRef, type App } from 'vue'
import { ChatRoom, createChat, rawDialect, useChatSocket, type CreateChatOptions, type UseChatSocketReturn } from '../../src/index.ts'
import { createFakeServer, createMemoryTransport } from '../../src/testing.ts'

interface FakeTools {
  now: number
  readonly layers: string[]
  readonly inspectors: { readonly id: string; readonly nodeActions: readonly { readonly tooltip: string; readonly action: (id: string) => void }[] }[]
  readonly events: { readonly layerId: string; readonly event: TimelineEvent }[]
  readonly refreshed: string[]
  tree(app?: App): readonly { readonly id: string; readonly label: string; readonly tags: readonly { readonly label: string }[] }[]
  state(nodeId: string): Record<string, { readonly key: string; readonly value: unknown }[]>
}

interface TimelineEvent {
  readonly time: number
  readonly title: string
  readonly subtitle: string
  readonly groupId: string
  readonly logType: string
  readonly data: Record<string, unknown>
}

const found = vi.hoisted(() => ({ setups: [] as { descriptor: { app: unknown }; setup: (api: unknown) => void }[] }))

vi.mock('@vue/devtools-api', () => ({
  setupDevtoolsPlugin: (descriptor: { app: unknown }, setup: (api: unknown) => void) => found.setups.push({ descriptor, setup }),
}))

/** Opens the tools on the first plugin that was registered. */
const openTools = (index = 0, overrides: object = {}): FakeTools => {
  const { descriptor, setup } = found.setups[index]!
  const hooks: Record<string, (payload: Record<string, unknown>) => void> = {}
  const tools: FakeTools = {
    now: 1_000,
    layers: [],
    inspectors: [],
    events: [],
    refreshed: [],
    tree(app = descriptor.app as App) {
      const payload = { app, inspectorId: 'vue-chat-socket', filter: '', rootNodes: [] }
      hooks.getInspectorTree!(payload)
      return payload.rootNodes
    },
    state(nodeId) {
      const payload = { app: descriptor.app, inspectorId: 'vue-chat-socket', nodeId, state: {} }
      hooks.getInspectorState!(payload)
      return payload.state
    },
  }
  setup({
    now: () => tools.now,
    addTimelineLayer: ({ id }: { id: string }) => tools.layers.push(id),
    addInspector: (inspector: FakeTools['inspectors'][number]) => tools.inspectors.push(inspector),
    addTimelineEvent: (event: FakeTools['events'][number]) => tools.events.push(event),
    sendInspectorTree: () => tools.refreshed.push('tree'),
    sendInspectorState: () => tools.refreshed.push('state'),
    on: {
      getInspectorTree: (hook: (typeof hooks)[string]) => (hooks.getInspectorTree = hook),
      getInspectorState: (hook: (typeof hooks)[string]) => (hooks.getInspectorState = hook),
    },
    ...overrides,
  })
  return tools
}

beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'development')
  found.setups.length = 0
})
afterEach(() => {
  for (const app of apps.splice(0)) app.unmount()
  vi.unstubAllEnvs()
})

const apps: App[] = []

/** What waits for a module or a fake server, without a clock. */
const settle = async (): Promise<void> => {
  await vi.dynamicImportSettled()
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

const mount = async (setup: () => unknown, chat?: Partial<CreateChatOptions>): Promise<App> => {
  const app = createApp({
    setup() {
      const view = setup()
      return () => (view === ChatRoom ? h(ChatRoom, { room: 'general' }) : h('div'))
    },
  })
  app.config.warnHandler = () => {}
  if (chat) app.use(createPinia()).use(createChat({ url: 'ws://test/chat', ...chat }))
  app.mount(document.createElement('div'))
  apps.push(app)
  await settle()
  return app
}

const values = (group: readonly { readonly key: string; readonly value: unknown }[] = []) =>
  Object.fromEntries(group.map(({ key, value }) => [key, value]))

const rawSocket = async (url = 'ws://test/feed', options: object = {}) => {
  const memory = createMemoryTransport()
  let socket!: UseChatSocketReturn
  const app = await mount(() => {
    socket = useChatSocket(url, { transport: memory.connect, dialect: rawDialect(), heartbeat: false, ...options })
  })
  return { memory, socket, app }
}

describe('the inspector', () => {
  it("[DT1] shows the app's session and those of its components, each with its state", async () => {
    const server = createFakeServer()
    const memory = createMemoryTransport()
    await mount(
      () => {
        useChatSocket('ws://test/feed', { transport: memory.connect, dialect: rawDialect() })
        return ChatRoom
      },
      { transport: server.connect },
    )
    expect(found.setups).toHaveLength(1)
    const tree = openTools().tree()
    expect(tree.map(({ label, tags }) => [label, tags[0]?.label])).toEqual([
      ['createChat test/chat', 'connected'],
      ['useChatSocket test/feed', 'connecting'],
    ])
  })

  it('[DT2] tells how a connection fares, which rooms it is in, and what the store holds', async () => {
    const server = createFakeServer()
    server.say('general', { id: 'b', name: 'Bob' }, 'hello')
    await mount(() => ChatRoom, { transport: server.connect })
    const tools = openTools()
    const state = tools.state(tools.tree()[0]!.id)
    expect(values(state.connection)).toMatchObject({ state: 'connected', cause: 'none', attempt: 0, retryAt: 'none', error: 'none' })
    expect(Object.keys(values(state.health))).toEqual(['heartbeat', 'latency', 'lastReceivedAt', 'pendingCount', 'badFrames'])
    expect(values(state.identity).user).toEqual({ id: 'me', name: 'Me' })
    expect(values(state.rooms).general).toEqual({ seq: 1, epoch: 'epoch-1', messages: 1 })
    expect(values(state.store)).toEqual({ rooms: 1, messages: 1 })
    server.drop(1012, 'restart')
    await settle()
    expect(values(tools.state(tools.tree()[0]!.id).connection)).toMatchObject({
      state: 'waiting',
      cause: { kind: 'server', closeCode: 1012 },
      attempt: 1,
      error: { code: 'closed' },
    })
  })

  it('[DT2] without a store it tells of the rooms that were entered while it looked', async () => {
    const server = createFakeServer()
    let socket!: UseChatSocketReturn
    await mount(() => (socket = useChatSocket('ws://test/chat', { transport: server.connect })))
    const tools = openTools()
    socket.session.enter('general')
    await settle()
    const state = tools.state(tools.tree()[0]!.id)
    expect(values(state.rooms).general).toEqual({ seq: 0, epoch: 'epoch-1' })
    expect(state.store).toBeUndefined()
  })

  it('[DT3] reconnects, terminates and closes the chosen connection', async () => {
    const { memory, socket } = await rawSocket()
    const tools = openTools()
    const { id } = tools.tree()[0]!
    const act = (name: RegExp) => tools.inspectors[0]!.nodeActions.find(({ tooltip }) => name.test(tooltip))!.action(id)
    memory.current().open()
    act(/Reconnect/)
    expect(memory.sockets).toHaveLength(2)
    memory.current().open()
    act(/Terminate/)
    expect([socket.state.value, socket.error.value?.code]).toEqual(['waiting', 'terminated'])
    act(/Close/)
    expect(socket.state.value).toBe('closed')
  })

  it('[DT3] says when something changed', async () => {
    const { memory } = await rawSocket()
    const tools = openTools()
    tools.refreshed.length = 0
    memory.current().open()
    expect(tools.refreshed).toContain('tree')
    tools.refreshed.length = 0
    memory.current().receive('hello')
    expect(tools.refreshed).toEqual(['state'])
  })
})

describe('the timeline', () => {
  const lines = (tools: FakeTools, layer: string) =>
    tools.events.filter(({ layerId }) => layerId === `vue-chat-socket:${layer}`).map(({ event }) => event)

  it('[DT4] shows transitions with their cause, in the colour of what they mean', async () => {
    const { memory } = await rawSocket()
    const tools = openTools()
    memory.current().open()
    memory.current().drop(1012, 'restart')
    expect(lines(tools, 'transitions').map(({ title, subtitle, logType }) => [title, subtitle, logType])).toEqual([
      ['connecting → handshaking', 'user', 'default'],
      ['handshaking → connected', '', 'default'],
      ['closed', expect.any(String), 'error'],
      ['connected → waiting', expect.stringContaining('server 1012'), 'warning'],
    ])
  })

  it('[DT5] shows frames both ways and groups everything by attempt', async () => {
    const { memory, socket } = await rawSocket()
    const tools = openTools()
    memory.current().open()
    memory.current().receive('in one')
    socket.send('out one')
    socket.reconnect()
    memory.current().open()
    memory.current().receive('in two')
    const frames = lines(tools, 'frames')
    expect(frames.map(({ title, subtitle }) => [title, subtitle])).toEqual([
      ['← in', 'in one'],
      ['→ out', 'out one'],
      ['← in', 'in two'],
    ])
    const [first, , last] = frames.map(({ groupId }) => groupId)
    expect(first).not.toBe(last)
    expect(new Set(lines(tools, 'transitions').map(({ groupId }) => groupId))).toEqual(new Set([first, last]))
    expect(tools.layers).toHaveLength(3)
  })

  it('[DT6] shows beats and round trips as points', async () => {
    const { memory } = await rawSocket('ws://test/feed', { dialect: rawDialect({ message: 'ping', responseMessage: 'pong' }), heartbeat: true })
    const tools = openTools()
    memory.current().open()
    window.dispatchEvent(new Event('online'))
    memory.current().receive('pong')
    const points = lines(tools, 'heartbeat').map(({ title }) => title)
    expect(points).toEqual(expect.arrayContaining(['waiting', 'answered', 'latency']))
  })

  it('[DT7] prepares nothing while no tools are open', async () => {
    const { memory } = await rawSocket()
    const tools = openTools()
    memory.current().open()
    tools.now = 0
    tools.events.length = 0
    tools.refreshed.length = 0
    const frame = { toString: vi.fn(), toJSON: vi.fn() }
    memory.current().receive(frame as never)
    expect([tools.events, tools.refreshed, frame.toJSON.mock.calls]).toEqual([[], [], []])
    tools.now = 1
    memory.current().receive('seen')
    expect(tools.events).toHaveLength(1)
  })

  it('[DT7] listens to nothing before the tools are there', async () => {
    const { socket } = await rawSocket()
    const on = vi.spyOn(socket.session, 'on')
    expect(on).not.toHaveBeenCalled()
    openTools()
    expect(on).toHaveBeenCalled()
  })
})

describe('what must not be shown', () => {
  const opaque = 'k3yT0k3nValue-0123456789'

  it('[DT8] shows no token of a real login, neither on the timeline nor in the inspector', async () => {
    const memory = createMemoryTransport()
    let socket!: UseChatSocketReturn
    await mount(() => (socket = useChatSocket(`ws://test/chat?ticket=${opaque}`, { transport: memory.connect, token: opaque })))
    const tools = openTools()
    memory.current().open()
    expect(JSON.stringify(memory.current().sent)).toContain(opaque)
    expect(socket.state.value).toBe('handshaking')
    const { id } = tools.tree()[0]!
    const shown = JSON.stringify([tools.events, tools.tree(), tools.state(id)])
    expect(shown).toContain('hello')
    expect(shown).not.toContain(opaque)
  })
})

describe('beginning and end', () => {
  it('[DT10] a component that is gone takes its connection out, and says so', async () => {
    const isShown = shallowRef(true)
    const memory = createMemoryTransport()
    const Feed = {
      setup() {
        useChatSocket('ws://test/feed', { transport: memory.connect, dialect: rawDialect(), heartbeat: false })
        return () => h('div')
      },
    }
    const app = createApp({ render: () => (isShown.value ? h(Feed) : undefined) })
    apps.push(app)
    app.mount(document.createElement('div'))
    await settle()
    const tools = openTools()
    expect(tools.tree()).toHaveLength(1)
    tools.refreshed.length = 0
    isShown.value = false
    await nextTick()
    expect(tools.tree()).toEqual([])
    expect(tools.refreshed).toContain('tree')
  })

  it('[DT10] nothing is told of an app that is gone', async () => {
    const { memory, app, socket } = await rawSocket('ws://test/feed', { autoClose: false })
    const tools = openTools()
    memory.current().open()
    app.unmount()
    tools.events.length = 0
    memory.current().receive('late')
    expect(socket.data.value).toBe('late')
    expect([tools.tree(), tools.events]).toEqual([[], []])
    socket.session.dispose()
  })

  it('[DT10] an app that is gone before the tools were loaded is not registered', async () => {
    const app = createApp({ render: () => h('div') })
    app.use(createChat({ url: 'ws://test/chat', transport: createFakeServer().connect }))
    app.mount(document.createElement('div'))
    app.unmount()
    await settle()
    expect(found.setups).toEqual([])
  })

  it('[DT11] tools that set it up twice get one inspector', async () => {
    await rawSocket()
    const first = openTools()
    const second = openTools()
    expect([first.inspectors.length, second.inspectors.length]).toEqual([1, 0])
  })

  it("[DT11] answers for its own app's inspector only", async () => {
    await rawSocket()
    expect(openTools().tree(createApp({}))).toEqual([])
  })

  it('[DT12] tools that fail do not reach the connection', async () => {
    const { memory, socket } = await rawSocket()
    const fail = () => {
      throw new Error('half closed')
    }
    openTools(0, { addTimelineEvent: fail, sendInspectorTree: fail, sendInspectorState: fail })
    memory.current().open()
    memory.current().receive('hello')
    expect([socket.status.value, socket.data.value, socket.error.value]).toEqual(['OPEN', 'hello', undefined])
  })

  it('[DT12] tools that cannot be set up leave everything as it was', async () => {
    const { memory, socket } = await rawSocket()
    const fail = () => {
      throw new Error('too old')
    }
    expect(() => openTools(0, { addInspector: fail })).not.toThrow()
    memory.current().open()
    expect(socket.status.value).toBe('OPEN')
  })

  it('[DT13] nothing is registered on a server, without an app, and in test runs', async () => {
    const chat = () => createChat({ url: 'ws://test/chat', transport: createFakeServer().connect })
    const scope = effectScope()
    scope.run(() => useChatSocket('ws://test/feed', { transport: createMemoryTransport().connect }))
    vi.stubEnv('NODE_ENV', 'test')
    createApp({}).use(chat())
    vi.stubEnv('NODE_ENV', 'development')
    vi.stubGlobal('window', undefined)
    createApp({}).use(chat())
    await settle()
    vi.unstubAllGlobals()
    scope.stop()
    expect(found.setups).toEqual([])
  })
})
