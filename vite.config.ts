import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'
import { defineConfig } from 'vitest/config'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const isExternal = (id: string): boolean =>
  /^(vue|pinia|@vueuse\/core|@vue\/devtools-api|idb|ws|jose|socket\.io|socket\.io-client)(\/|$)/.test(id) || id.startsWith('node:')

/** Nothing in the library imports CSS, so that SSR stays quiet; this writes sheets beside the modules, small and otherwise as they are. */
const emitStyles = (sheets: Readonly<Record<string, string>>): Plugin => ({
  name: 'emit-styles',
  apply: 'build',
  async generateBundle() {
    for (const [fileName, input] of Object.entries(sheets)) {
      const built = await build({
        configFile: false,
        publicDir: false,
        logLevel: 'error',
        build: { write: false, cssTarget: 'esnext', rolldownOptions: { input } },
      })
      const { source } = (built as Rolldown.RolldownOutput).output.find((file) => file.fileName.endsWith('.css')) as Rolldown.OutputAsset
      this.emitFile({ type: 'asset', fileName, source })
    }
  },
})

/** Library build and test projects. The playground has its own config beside it. */
export default defineConfig({
  plugins: [
    // A node that never changes is small here; a name for each of them weighs more than making it again.
    vue({ template: { compilerOptions: { hoistStatic: false } } }),
    emitStyles({ 'style.css': at('src/styles/index.css'), 'room.css': at('src/styles/room.css') }),
  ],
  publicDir: false,
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: {
      entry: {
        index: at('src/index.ts'),
        core: at('src/core/index.ts'),
        protocol: at('src/protocol/index.ts'),
        dialects: at('src/dialects/index.ts'),
        testing: at('src/testing.ts'),
        emoji: at('src/emoji.ts'),
        markdown: at('src/markdown.ts'),
        storage: at('src/storage.ts'),
        tabs: at('src/tabs.ts'),
        notice: at('src/notice/index.ts'),
        resolver: at('src/resolver.ts'),
        'socket-io': at('src/socket-io.ts'),
        server: at('server-dev/index.ts'),
        'locale/en': at('src/locale/en.ts'),
        'locale/zh-CN': at('src/locale/zh-CN.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: isExternal,
      // A file for every module: an app's bundler then takes what is used, and splits what is late, module by module.
      output: {
        preserveModules: true,
        preserveModulesRoot: at('src'),
        entryFileNames: ({ name }) => `${name.replace(/\.vue_vue_type_script.*/, '.setup')}.js`,
      },
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/{protocol,core,dialects,storage,tabs,stores,server-dev,ssr,docs,locale}/**/*.test.ts'],
          // Thousands of random cases on a busy machine take longer than the five seconds that are usual.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['tests/{composables,components,plugin,notice,emoji,markdown}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          environment: 'node',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'chaos',
          environment: 'node',
          include: ['tests/chaos/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // They wait more than they work.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          environment: 'node',
          include: ['tests/package/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
