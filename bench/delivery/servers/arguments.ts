/** What every server of the bench is started with. */
import { parseArgs } from 'node:util'

export const { values } = parseArgs({
  options: { port: { type: 'string' }, db: { type: 'string' }, offsets: { type: 'boolean', default: false } },
})

export const port = Number(values.port)
export const file = values.db!

export const tellListening = (): void => {
  process.stdout.write('listening\n')
}
