/** Builds what is measured: the library from its sources, and one page per subject. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown, type OutputChunk, type Plugin } from 'rolldown'
import { build } from 'vite'

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const bench = fileURLToPath(new URL('../', import.meta.url))

/** Below the root's modules, so that the library gets the versions that it is tested with. Git does not see it. */
const target = join(root, 'node_modules/.cache/bench')

/** @returns the folder of the built modules */
export const buildLibrary = async (): Promise<string> => {
  await rm(target, { recursive: true, force: true })
  const outDir = join(target, 'dist')
  await build({
    configFile: join(root, 'vite.config.ts'),
    root,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, sourcemap: false },
  })
  return outDir
}

/** `library/index.js` is the built library; everything else is a peer from this folder's own modules. */
const resolver = (library: string): Plugin => ({
  name: 'bench',
  resolveId(id) {
    return id.startsWith('library/') ? join(library, id.slice('library/'.length)) : undefined
  },
})

export interface BundleOptions {
  /** Path of the entry, or its text. */
  readonly entry: { readonly file: string } | { readonly code: string }
  readonly library: string
  readonly external?: readonly RegExp[]
  readonly format?: 'es' | 'iife'
  /** Whether it is the library's page, which must have one Vue only. */
  readonly isOurs?: boolean
}

const VIRTUAL = join(bench, 'virtual-entry.js')

/** Production code for a browser, minified. */
export const bundle = async ({ entry, library, external = [], format = 'es', isOurs = false }: BundleOptions): Promise<string> => {
  const made = await rolldown({
    input: 'file' in entry ? entry.file : VIRTUAL,
    external: [...external],
    platform: 'browser',
    logLevel: 'silent',
    ...(isOurs && { resolve: { alias: { vue: join(root, 'node_modules/vue') } } }),
    // As an app's bundler would see the package: only its style sheets have side effects.
    treeshake: { moduleSideEffects: (id) => !id.startsWith(library) },
    transform: { define: { 'process.env.NODE_ENV': '"production"', __VUE_PROD_DEVTOOLS__: 'false' } },
    plugins: [
      resolver(library),
      {
        name: 'virtual-entry',
        resolveId: (id) => (id === VIRTUAL ? id : undefined),
        load: (id) => (id === VIRTUAL && 'code' in entry ? entry.code : undefined),
      },
    ],
  })
  const { output } = await made.generate({ format, minify: true, name: 'bench', codeSplitting: false })
  await made.close()
  return output.filter((part): part is OutputChunk => part.type === 'chunk').map(({ code }) => code).join('')
}

const OURS = ['session', 'chat-v1', 'raw', 'ours']

/** @param pages folder of the pages, below this bench's own. @returns the script of a page */
export const bundlePage = (name: string, library: string, pages = 'connection/pages'): Promise<string> =>
  bundle({
    entry: { file: join(bench, pages, `${name}.ts`) },
    library,
    format: 'iife',
    isOurs: OURS.includes(name),
  })

export const hasPeers = (): boolean => existsSync(join(bench, 'node_modules/ws/package.json'))
