/** The chat server with room for a long queue: the pace of a flush is then that of the page, not of the limits. */
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { attachChat } from '../../server-dev/index.ts'

const { values } = parseArgs({ options: { port: { type: 'string' }, db: { type: 'string' } } })
const server = createServer()
attachChat(server, { database: values.db!, origins: '*', signIn: true, limits: { messagesPerSecond: 10_000, burst: 10_000 } })
server.listen(Number(values.port), '127.0.0.1', () => process.stdout.write('listening\n'))
