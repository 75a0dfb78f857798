/** Builds the pages from the sources, for production, and serves them. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { build, type Rolldown } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const bundle = async (folder: string, name: string): Promise<{ readonly script: string; readonly style: string }> => {
  const built = (await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [vue()],
    // The library's modules and the page share one Vue.
    resolve: { alias: { vue: at('../../node_modules/vue') } },
    build: { write: false, minify: !process.env['DBG'], target: 'es2022', lib: { entry: join(folder, `${name}.ts`), formats: ['iife'], name: 'page' } },
  })) as Rolldown.RolldownOutput[]
  const output = built.flatMap((part) => part.output)
  return {
    script: output.map((file) => ('code' in file ? file.code : '')).join('\n'),
    style: output.map((file) => ('source' in file && file.fileName.endsWith('.css') ? String(file.source) : '')).join('\n'),
  }
}

export interface Pages {
  url(name: string): string
  close(): void
}

/** @param folder of the pages */
export const servePages = async (names: readonly string[], folder = at('pages')): Promise<Pages> => {
  const html = await readFile(join(folder, 'index.html'))
  const bundles = new Map<string, Awaited<ReturnType<typeof bundle>>>()
  for (const name of names) bundles.set(name, await bundle(folder, name))
  const server = createServer((request, response) => {
    const [name, file] = request.url!.slice(1).split('/')
    const found = bundles.get(name!)
    const [type, body] = !found ? [] : file === 'page.js' ? ['text/javascript', found.script] : file === 'style.css' ? ['text/css', found.style] : ['text/html', html]
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': `${type ?? 'text/plain'}; charset=utf-8` }).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: (name) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
