/** The chat server on its own: `node server-dev/main.ts --help`. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { attachChat, type ChatOptions } from './index.ts'

const HELP = `Usage: node server-dev/main.ts [options]

  --port <number>    port; 0 takes a free one           (8787)
  --host <address>   address to listen on               (127.0.0.1)
  --db <file>        SQLite file, or :memory:           (./data/chat.db)
  --origin <origin>  origin that may connect; may come several times, "*" for all
                     (default: the host that was asked)
  --socket-io        also take Socket.IO clients, at /chat/socket.io
  --faults           answer POST /chat/faults, for development only
  --quiet            no log

CHAT_SECRET signs the tokens; at least 32 bytes. Without it a random one is kept beside the database.
`

const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}

const readArgs = () => {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '8787' },
        host: { type: 'string', default: '127.0.0.1' },
        db: { type: 'string', default: './data/chat.db' },
        origin: { type: 'string', multiple: true },
        'socket-io': { type: 'boolean', default: false },
        faults: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${HELP}`)
  }
}

const args = readArgs()
if (args.help) {
  process.stdout.write(HELP)
  process.exit(0)
}
const port = Number(args.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`--port takes a number from 0 to 65535, not "${args.port}".`)

const secret = process.env['CHAT_SECRET']
const options: ChatOptions = {
  database: args.db,
  signIn: true,
  faults: args.faults,
  socketIo: args['socket-io'],
  ...(args.origin && { origins: args.origin.includes('*') ? '*' : args.origin }),
  ...(secret !== undefined && secret !== '' && { secret }),
  ...(!args.quiet && {
    log: (entry) => {
      process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`)
    },
  }),
}

const server = createServer(
  // Bodies have limits of their own: a sign-in has 5 s, a file as long as `files.uploadMs` says.
  { maxHeaderSize: 8_192, headersTimeout: 3_000, requestTimeout: 0, connectionsCheckingInterval: 500 },
  (_request, response) => {
    response.writeHead(404, { 'content-type': 'application/json' })
    response.end('{"error":{"code":"not_found","message":"The chat is at /chat."}}')
  },
)

const attach = () => {
  try {
    return attachChat(server, options)
  } catch (error) {
    return fail((error as Error).message)
  }
}
const chat = attach()

server.on('error', (error: NodeJS.ErrnoException) => {
  fail(error.code === 'EADDRINUSE' ? `Port ${String(port)} is taken; choose another with --port.` : error.message)
})
server.listen(port, args.host, () => {
  const { port: actual } = server.address() as AddressInfo
  const host = args.host.includes(':') ? `[${args.host}]` : args.host
  process.stdout.write(`listening on http://${host}:${String(actual)}${chat.path}\n`)
})

let isStopping = false
const stop = async (): Promise<void> => {
  if (isStopping) return
  isStopping = true
  await chat.close()
  server.close(() => process.exit(0))
  server.closeAllConnections()
}
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
