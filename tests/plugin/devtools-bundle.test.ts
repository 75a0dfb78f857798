import { join } from 'node:path'
import { rolldown, type OutputChunk } from 'rolldown'
import { describe, expect, it } from 'vitest'

describe('bundles', () => {
  const bundle = async (mode: string): Promise<string> => {
    const build = await rolldown({
      input: join(import.meta.dirname, '../../src/index.ts'),
      external: [/^vue$/, /^pinia$/, /^@vueuse\/core$/, /^@vue\/devtools-api$/],
      plugins: [{ name: 'no-templates', load: (id) => (id.endsWith('.vue') ? { code: 'export default {}', moduleType: 'js' } : undefined) }],
      transform: { define: { 'process.env.NODE_ENV': JSON.stringify(mode) } },
      logLevel: 'silent',
    })
    const { output } = await build.generate({ format: 'es', minify: false })
    const chunks = output.filter((chunk): chunk is OutputChunk => chunk.type === 'chunk')
    return chunks.map(({ code, fileName, imports, dynamicImports }) => [fileName, code, ...imports, ...dynamicImports].join('\n')).join('\n')
  }

  it('[DT14] a production bundle has no trace of it, a development bundle has', async () => {
    const [production, development] = await Promise.all([bundle('production'), bundle('development')])
    expect(production).toContain('useChatSocket')
    expect(production).not.toMatch(/devtools|(?<!document\.)timeline|process\.env/i)
    expect(development).toMatch(/@vue\/devtools-api/)
  })
})
