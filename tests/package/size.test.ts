import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { describe, expect, it } from 'vitest'
import { root } from './support/pack.ts'

const gzipSize = (text: string): number => gzipSync(text, { level: 9 }).length

/** Bytes, minified and gzipped, of a module that imports these names; peers stay outside, and so does what is loaded later. */
const weigh = async (code: string): Promise<number> => {
  const bundle = await rolldown({
    treeshake: { moduleSideEffects: (id) => id === 'virtual:entry' },
    input: 'virtual:entry',
    external: [/^vue$/, /^pinia$/, /^@vueuse\/core$/],
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'virtual:entry' ? id : id.startsWith('dist/') ? { id: join(root, id), moduleSideEffects: false } : undefined),
        load: (id) => (id === 'virtual:entry' ? code : undefined),
      },
    ],
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    logLevel: 'silent',
  })
  const { output } = await bundle.generate({ format: 'es', minify: true })
  const chunks = output.filter((file) => file.type === 'chunk')
  const eager = new Set(chunks.filter(({ isEntry }) => isEntry))
  for (const { imports } of eager) for (const chunk of chunks) if (imports.includes(chunk.fileName)) eager.add(chunk)
  return gzipSize([...eager].map(({ code }) => code).join(''))
}

/** Budgets in bytes. A change that needs more has to say why here. */
const budgets: readonly (readonly [what: string, code: string, budget: number])[] = [
  ['the bare connection', `export { createConnection } from 'dist/core.js'`, 5_000],
  [
    'the bare connection with the raw dialect',
    `export { createConnection } from 'dist/core.js'; export { rawDialect } from 'dist/dialects.js'`,
    5_300,
  ],
  // Rooms, resume, history, outbox, pacing, typing, restore, marks, questions and the frames of chat.v1 on top of the connection.
  // The aim is 7,000, which this set of features does not reach.
  [
    'the session with chat.v1, outbox and resume',
    `export { createSession } from 'dist/core.js'; export { chatV1Dialect } from 'dist/dialects.js'`,
    13_000,
  ],
  // What the first look needs; the session and the texts come with createChat, and what somebody does with messages comes later.
  ['<ChatRoom> with all its parts', `export { ChatRoom } from 'dist/index.js'`, 25_000],
  ['useChatSocket with chat.v1', `export { useChatSocket } from 'dist/index.js'`, 16_000],
  // Mostly the names of 1,500 emoji; English texts of the kit are counted in.
  ['the emoji picker with its data', `export * from 'dist/emoji.js'`, 28_000],
  ['Markdown in messages', `export { markdownBody } from 'dist/markdown.js'`, 3_100],
  // ChatApp with rooms and members, uploads, drafts and a language on top.
  ['the whole kit', `export * from 'dist/index.js'`, 78_000],
]

describe('size', () => {
  it.each(budgets)('[PK5] %s stays within its budget', async (_what, code, budget) => {
    const size = await weigh(code)
    expect(size).toBeGreaterThan(500)
    expect(size, `${size} bytes of ${budget}`).toBeLessThanOrEqual(budget)
  })

  it.each([
    // All that ChatRoom draws, with files and search (aim: 8,000; what repeats costs next to nothing, so less is fewer looks); and all
    // of the kit with emoji picker, rooms and app.
    ['room.css', 8_300],
    ['style.css', 9_800],
  ])('[PK6] the style sheet %s stays within its budget', (name, budget) => {
    const size = gzipSize(readFileSync(join(root, 'dist', name), 'utf8'))
    expect(size).toBeGreaterThan(500)
    expect(size, `${size} bytes of ${budget}`).toBeLessThanOrEqual(budget)
  })
})
