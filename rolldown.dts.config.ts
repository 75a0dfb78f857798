import { defineConfig } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'

/** Rolls the declarations up, one file per entry: per-file declarations break `nodenext` users. */
export default defineConfig({
  input: {
    index: './src/index.ts',
    core: './src/core/index.ts',
    protocol: './src/protocol/index.ts',
    dialects: './src/dialects/index.ts',
    testing: './src/testing.ts',
    emoji: './src/emoji.ts',
    markdown: './src/markdown.ts',
    storage: './src/storage.ts',
    tabs: './src/tabs.ts',
    notice: './src/notice/index.ts',
    resolver: './src/resolver.ts',
    'socket-io': './src/socket-io.ts',
    server: './server-dev/index.ts',
    'locale/en': './src/locale/en.ts',
    'locale/zh-CN': './src/locale/zh-CN.ts',
  },
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  plugins: [dts({ vue: true, emitDtsOnly: true })],
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'types/[name]-[hash].d.ts',
  },
})
