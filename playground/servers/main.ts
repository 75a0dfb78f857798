/** A small server as a process of its own: `node playground/servers/main.ts text-ping --port 0`. */
import { parseArgs } from 'node:util'
import { dialectServerNames, isDialectServerName, startDialectServer } from './start.ts'

const HELP = `Usage: node playground/servers/main.ts <name> [options]

  <name>            ${dialectServerNames.join(', ')}
  --port <number>   port; 0 takes a free one            (0)
  --host <address>  address to listen on                (127.0.0.1)
  --token <text>    what ping-pong, event-room and socket-io want as a login (nothing)
`

const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}

const readArgs = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '0' },
        host: { type: 'string', default: '127.0.0.1' },
        token: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${HELP}`)
  }
}

const { values, positionals } = readArgs()
if (values.help) {
  process.stdout.write(HELP)
  process.exit(0)
}
const [name] = positionals
if (!isDialectServerName(name)) throw fail(HELP)
const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`--port takes a number from 0 to 65535, not "${values.port}".`)

const { host, token } = values
try {
  const started = await startDialectServer(name, { port, host, ...(token !== undefined && { token }) })
  process.stdout.write(`listening on ${started.url}\n`)
  const stop = (): void => void started.close().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  fail((error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? `Port ${String(port)} is taken; choose another with --port.` : (error as Error).message)
}
