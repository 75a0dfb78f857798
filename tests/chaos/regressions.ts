/** Scenarios that once broke a promise. They run before all others. */
import type { Deed } from './support/commands.ts'

export interface Regression {
  /** What the user saw. */
  readonly name: string
  readonly deeds: readonly Deed[]
}

export const REGRESSIONS: readonly Regression[] = []
