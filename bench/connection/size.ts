/** What each costs a page: bytes of its main export, minified and gzipped. */
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { bundle } from './build.ts'

export interface SizeRow {
  readonly subject: string
  readonly what: string
  readonly minified: number
  readonly gzip: number
}

/** The framework is there anyway; everything else counts. */
const EXTERNAL = [/^vue$/, /^pinia$/]

const use = (names: string, from: string): string => `import { ${names} } from '${from}'; console.log(${names})`

/** @param library folder of the built library */
export const runSizes = async (library: string): Promise<readonly SizeRow[]> => {
  const core = (await import(pathToFileURL(`${library}/core.js`).href)) as Record<string, unknown>
  const entries: readonly (readonly [subject: string, what: string, code: string])[] = [
    ...('createConnection' in core
      ? [['vue-chat-socket', '`createConnection`, the bare connection', use('createConnection', 'library/core.js')] as const]
      : []),
    [
      'vue-chat-socket',
      'session with `rawDialect`',
      `${use('createSession', 'library/core.js')}; ${use('rawDialect', 'library/dialects.js')}`,
    ],
    [
      'vue-chat-socket',
      'session with `chat.v1`, outbox and resume',
      `${use('createSession', 'library/core.js')}; ${use('chatV1Dialect', 'library/dialects.js')}`,
    ],
    ['vue-chat-socket', '`useChatSocket` with `chat.v1`', use('useChatSocket', 'library/index.js')],
    ['useWebSocket', '`useWebSocket`', use('useWebSocket', '@vueuse/core')],
    ['reconnecting-websocket', 'default export', `import Socket from 'reconnecting-websocket'; console.log(Socket)`],
    ['partysocket', '`WebSocket` (partysocket/ws)', `import Socket from 'partysocket/ws'; console.log(Socket)`],
    ['partysocket', '`PartySocket`', `import Socket from 'partysocket'; console.log(Socket)`],
    ['socket.io-client', '`io`', use('io', 'socket.io-client')],
  ]
  const rows: SizeRow[] = []
  for (const [subject, what, code] of entries) {
    const text = await bundle({ entry: { code }, library, external: EXTERNAL })
    rows.push({ subject, what, minified: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length })
  }
  return rows
}
