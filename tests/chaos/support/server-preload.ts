/**
 * Loaded into the server's process before its own code: lets time run faster there too, and its wall clock be set
 * from outside, and opens a second door, at a path: between two ends of a socket there the system holds 200 KiB and not
 * megabytes, so that a slow reader is felt after a few messages. The server itself is as it ships.
 */
import { rmSync } from 'node:fs'
import { Server as HttpServer } from 'node:http'
import { createServer, Server } from 'node:net'

const speed = Number(process.env['CHAOS_SPEED'] ?? 1)

const realNow = performance.now.bind(performance)
Object.defineProperty(performance, 'now', { value: () => realNow() * speed })

const later = globalThis.setTimeout
globalThis.setTimeout = Object.assign(
  (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => later(work, ms / speed, ...args),
  later,
) as unknown as typeof setTimeout

let offset = 0
const realDate = Date.now
Date.now = () => realDate() + offset

process.on('message', (message: { readonly clockMs: number }) => {
  offset += message.clockMs
})
// The parent may be gone first.
process.channel?.unref()

const path = process.env['CHAOS_DOOR']
const listen = Server.prototype.listen as (...args: unknown[]) => Server
Server.prototype.listen = function (this: Server, ...args: unknown[]) {
  if (path !== undefined && this instanceof HttpServer) {
    rmSync(path, { force: true })
    const door = createServer({ allowHalfOpen: true }, (socket) => this.emit('connection', socket))
    this.once('close', () => door.close())
    door.listen(path)
  }
  return listen.apply(this, args)
} as typeof listen
