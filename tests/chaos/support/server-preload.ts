/**
 * Loaded into the server's process before its own code: lets time run faster there too, and its wall clock be set
 * from outside. The server itself is as it ships.
 */
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
