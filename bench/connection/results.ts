/** Everything that one run measured. */
import type { FaultRow } from './faults.ts'
import type { FrameRow } from './frame-time.ts'
import type { HerdRow } from './herd/run.ts'
import type { IdenticalRow } from './identical.ts'
import type { SizeRow } from './size.ts'

export const PARTS = ['half-open', 'wake', 'upgrade', 'herd', 'identical', 'frame-time', 'size'] as const

export type Part = (typeof PARTS)[number]

export interface Results {
  readonly environment: {
    readonly chromium?: string
    readonly node: string
    readonly cores: number
    readonly system: string
    /** Versions of the peers, by name. */
    readonly peers: Readonly<Record<string, string>>
  }
  readonly 'half-open'?: readonly FaultRow[]
  readonly wake?: readonly FaultRow[]
  readonly upgrade?: readonly FaultRow[]
  readonly herd?: readonly HerdRow[]
  readonly identical?: readonly IdenticalRow[]
  readonly 'frame-time'?: readonly FrameRow[]
  readonly size?: readonly SizeRow[]
}
