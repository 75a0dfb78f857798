import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { createServer } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

export interface GalleryServer {
  readonly url: string
  close(): Promise<void>
}

/** Serves the gallery alone, on a free port: it needs no chat server. */
export const startGallery = async (): Promise<GalleryServer> => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'vue-chat-socket-gallery-'))
  const server = await createServer({
    configFile: false,
    root: at('playground/gallery'),
    cacheDir,
    logLevel: 'error',
    plugins: [vue()],
    server: { port: 0, host: '127.0.0.1', hmr: false, fs: { allow: [at('.')] } },
    resolve: {
      alias: [
        { find: 'vue-chat-socket/style.css', replacement: at('src/styles/index.css') },
        { find: /^vue-chat-socket\/locale\/(.+)$/, replacement: `${at('src/locale')}/$1.ts` },
        { find: 'vue-chat-socket/notice', replacement: at('src/notice/index.ts') },
        { find: 'vue-chat-socket/emoji', replacement: at('src/emoji.ts') },
        { find: 'vue-chat-socket/markdown', replacement: at('src/markdown.ts') },
        { find: 'vue-chat-socket/testing', replacement: at('src/testing.ts') },
        { find: /^vue-chat-socket$/, replacement: at('src/index.ts') },
      ],
    },
  })
  await server.listen()
  return {
    url: server.resolvedUrls!.local[0]!,
    async close() {
      await server.close()
      rmSync(cacheDir, { recursive: true, force: true })
    },
  }
}
