/** What a person likes to pick, in this browser. */
export interface EmojiTaste {
  /** Newest first. */
  readonly recent: readonly string[]
  /** 0 is none, 5 the darkest. */
  readonly tone: number
}

const KEY = 'vue-chat-socket:emoji'
export const MAX_RECENT = 24
const TONES = ['', '\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}']

export const readTaste = (): EmojiTaste => {
  try {
    const { recent, tone } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>
    return {
      recent: Array.isArray(recent) ? recent.filter((one) => typeof one === 'string' && one.length < 40).slice(0, MAX_RECENT) : [],
      tone: typeof tone === 'number' && TONES[tone] !== undefined ? tone : 0,
    }
  } catch {
    return { recent: [], tone: 0 }
  }
}

export const writeTaste = (taste: EmojiTaste): void => {
  try {
    localStorage.setItem(KEY, JSON.stringify(taste))
  } catch {
    // Without storage it lives as long as the picker.
  }
}

export const withRecent = ({ recent, tone }: EmojiTaste, emoji: string): EmojiTaste => ({
  tone,
  recent: [emoji, ...recent.filter((one) => one !== emoji)].slice(0, MAX_RECENT),
})

/** The first person or hand in it takes the tone. */
export const toned = (emoji: string, tone: number): string => {
  const [first = '', ...rest] = Array.from(emoji)
  if (tone === 0 || !/^\p{Emoji_Modifier_Base}$/u.test(first)) return emoji
  return [first, TONES[tone], ...(rest[0] === '\ufe0f' ? rest.slice(1) : rest)].join('')
}
