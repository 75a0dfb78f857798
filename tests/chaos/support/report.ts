/** A broken promise. `rule` names it, `text` says what was seen. */
export interface Violation {
  readonly rule: string
  readonly text: string
}

export type Report = (rule: string, text: string) => void
