/** Everything that one run counted. */
import type { DeliveryRow } from './run.ts'
import type { Script } from './script.ts'

export interface Results {
  readonly environment: {
    readonly chromium: string
    readonly node: string
    readonly cores: number
    readonly system: string
    /** Versions of the peers, by name. */
    readonly peers: Readonly<Record<string, string>>
  }
  readonly seed: number
  readonly deeds: Script['deeds']
  readonly rows: readonly DeliveryRow[]
}
