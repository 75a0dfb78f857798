/** What a page lets the bench do with a list; the same for each kit. */
export interface Subject {
  /** Makes the messages, and nothing of the page. */
  prepare(count: number): void
  mount(): void
  append(): void
  /** The last message but one gets another status. */
  edit(): void
  prepend(count: number): void
  /** Resolves when the page has taken the change over. */
  updated(): Promise<unknown>
  scroller(): HTMLElement
  /** Element of a message, by its number; the first message of all has 0, older ones are below that. */
  rowOf(index: number): HTMLElement | null
  /** Number of the last message. */
  last(): number
  /** Elements of the list, shadow roots included. */
  nodes(): number
}

declare global {
  interface Window {
    subject: Subject
  }
}

const WORDS = 'the ferry leaves at nine forty and whoever is late rows with two paddles and low expectations today'.split(' ')

/** 3 to 60 words, the same for the same number. */
export const bodyOf = (index: number): string => {
  const n = Math.abs(index)
  return `${index}: ${Array.from({ length: 3 + ((n * 37) % 58) }, (_, word) => WORDS[(n + word * 7) % WORDS.length]).join(' ')}`
}

export const PEOPLE = ['Ada', 'Jonas', 'Lin', 'Priya', 'Amira', 'Noor', 'Zoë'] as const

export const authorOf = (index: number): number => Math.floor(Math.abs(index) / 3) % PEOPLE.length

const START = Date.UTC(2026, 2, 10, 12)

/** A message a minute. */
export const timeOf = (index: number): number => START + index * 60_000
