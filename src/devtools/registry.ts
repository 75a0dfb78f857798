/** The sessions of an app, as Vue DevTools sees them. Loaded in development only. */
import { setupDevtoolsPlugin } from '@vue/devtools-api'
import type { App } from 'vue'
import { nodeOf, stateOf, type InspectedSession } from './inspector.ts'
import type { DevtoolsSubject } from './subject.ts'
import { LAYERS, recordTimeline } from './timeline.ts'

type PluginApi = Parameters<Parameters<typeof setupDevtoolsPlugin>[1]>[0]

interface Entry extends InspectedSession {
  readonly entered: Map<string, { readonly epoch: string; readonly top: number }>
  /** While the tools know of it. */
  stop?: () => void
}

interface Registry {
  add(subject: DevtoolsSubject): () => void
}

const INSPECTOR = 'vue-chat-socket'

const registries = new WeakMap<App, Registry>()

/** @returns takes the session out again */
export const inspectSession = (app: App, subject: DevtoolsSubject): (() => void) => {
  const registry = registries.get(app) ?? createRegistry(app)
  registries.set(app, registry)
  return registry.add(subject)
}

const createRegistry = (app: App): Registry => {
  const entries = new Map<string, Entry>()
  let api: PluginApi | undefined
  let made = 0

  /** Tools of another version, or half closed ones, must not reach the session. */
  const tell = (work: (tools: PluginApi) => void): void => {
    try {
      if (api) work(api)
    } catch {
      // Nobody to tell.
    }
  }

  const timeNow = (tools: PluginApi): number => (typeof tools.now === 'function' ? tools.now() : Date.now())
  const isWatched = (tools: PluginApi): boolean => timeNow(tools) !== 0

  const watch = (tools: PluginApi, entry: Entry): void => {
    const { id, subject } = entry
    const { session } = subject
    let { state } = session.snapshot()
    const stops = [
      recordTimeline({
        id,
        session,
        now: () => (api ? timeNow(tools) : 0),
        add: (event) => {
          tell(() => {
            tools.addTimelineEvent(event)
          })
        },
      }),
      session.on('entered', ({ room, epoch, top }) => entry.entered.set(room, { epoch, top })),
      session.on('left', ({ room }) => entry.entered.delete(room)),
      session.subscribe((after) => {
        const isOther = after.state !== state
        state = after.state
        tell(() => {
          if (!isWatched(tools)) return
          if (isOther) tools.sendInspectorTree(INSPECTOR)
          tools.sendInspectorState(INSPECTOR)
        })
      }),
    ]
    entry.stop = () => {
      for (const stop of stops) stop()
    }
  }

  const refresh = (): void => {
    tell((tools) => {
      if (isWatched(tools)) tools.sendInspectorTree(INSPECTOR)
    })
  }

  const act = (work: (subject: DevtoolsSubject) => void) => (nodeId: string) => {
    const entry = entries.get(nodeId)
    if (entry) work(entry.subject)
  }

  const setUp = (tools: PluginApi): void => {
    // Tools that are opened after they were found set every plugin up once more.
    if (api) return
    api = tools
    for (const layer of LAYERS) tools.addTimelineLayer(layer)
    tools.addInspector({
      id: INSPECTOR,
      label: 'Chat socket',
      icon: 'forum',
      treeFilterPlaceholder: 'Search connections',
      noSelectionText: 'Choose a connection',
      nodeActions: [
        { icon: 'refresh', tooltip: 'Reconnect', action: act(({ session }) => session.reconnect()) },
        { icon: 'flash_off', tooltip: 'Terminate: give the socket up as a dead one, and come back', action: act(({ session }) => session.terminate()) },
        { icon: 'stop', tooltip: 'Close, until open() or reconnect()', action: act((subject) => subject.close()) },
      ],
    })
    tools.on.getInspectorTree((payload) => {
      if (payload.app !== app || payload.inspectorId !== INSPECTOR) return
      const filter = payload.filter.toLowerCase()
      payload.rootNodes = [...entries.values()].map(nodeOf).filter(({ label }) => label.toLowerCase().includes(filter))
    })
    tools.on.getInspectorState((payload) => {
      if (payload.app !== app || payload.inspectorId !== INSPECTOR) return
      const entry = entries.get(payload.nodeId)
      if (entry) payload.state = stateOf(entry)
    })
    for (const entry of entries.values()) watch(tools, entry)
  }

  const end = (): void => {
    for (const { stop } of entries.values()) stop?.()
    entries.clear()
    api = undefined
    registries.delete(app)
  }

  app.onUnmount(end)
  setupDevtoolsPlugin(
    { id: INSPECTOR, label: 'Chat socket', packageName: 'vue-chat-socket', app },
    (tools) => {
      try {
        setUp(tools)
      } catch {
        end()
      }
    },
  )

  return {
    add(subject) {
      const entry: Entry = { id: `${subject.name}-${++made}`, subject, entered: new Map() }
      entries.set(entry.id, entry)
      if (api) watch(api, entry)
      refresh()
      return () => {
        entry.stop?.()
        entries.delete(entry.id)
        refresh()
      }
    },
  }
}
