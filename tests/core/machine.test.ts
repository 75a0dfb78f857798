import { describe, expect, it } from 'vitest'
import { isReady, step, type MachineEvent } from '../../src/core/machine.ts'
import type { ConnectionState } from '../../src/core/index.ts'

const states = [
  'idle', 'connecting', 'handshaking', 'connected', 'probing', 'waiting', 'offline', 'closed', 'failed',
] as const satisfies readonly ConnectionState[]
const events = [
  'connect', 'opened', 'welcomed', 'probe', 'answered', 'lost', 'fatal', 'due', 'suspect', 'rest', 'disconnect',
] as const satisfies readonly MachineEvent[]

const expected = `
             connect    opened      welcomed  probe   answered  lost    fatal  due        suspect rest    disconnect
idle         connecting .           .         .       .         .       .      .          .       .       closed
connecting   connecting handshaking .         .       .         waiting failed .          .       waiting closed
handshaking  connecting .           connected .       .         waiting failed .          .       waiting closed
connected    connecting .           .         probing .         waiting failed .          .       waiting closed
probing      connecting .           .         .       connected waiting failed .          .       waiting closed
waiting      connecting .           .         .       .         .       .      connecting offline waiting closed
offline      connecting .           .         .       .         .       .      connecting .       waiting closed
closed       connecting .           .         .       .         .       .      .          .       .       .
failed       connecting .           .         .       .         .       .      .          .       .       closed
`
const [header = [], ...rows] = expected.trim().split('\n').map((line) => line.trim().split(/\s+/))
const cells = rows.flatMap(([from, ...targets]) => targets.map((to, i) => [from, header[i], to] as const))

describe('the state table', () => {
  it('[SM1] is tested as a whole', () => {
    expect(cells).toHaveLength(states.length * events.length)
    expect(header).toEqual([...events])
  })

  it.each(cells)('[SM1] %s × %s → %s', (from, event, to) => {
    expect(step(from as ConnectionState, event as MachineEvent) ?? '.').toBe(to)
  })

  it('[SM2] only a welcomed connection takes messages', () => {
    expect(states.filter(isReady)).toEqual(['connected', 'probing'])
  })
})
