import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { openWhereThereIsADesktop } from './open-plugin.ts'
import { chatServers } from './server-plugin.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** `npm start`: the page and its servers on one port. The page uses the package by its public names. */
export default defineConfig({
  root: at('.'),
  plugins: [
    vue(),
    openWhereThereIsADesktop(),
    chatServers({
      database: process.env['PLAYGROUND_DB'] ?? at('data/chat.db'),
      signIn: true,
      faults: true,
      socketIo: true,
      heartbeat: { intervalMs: 2_000, timeoutMs: 5_000 },
      rooms: [
        { room: 'general', title: 'General' },
        { room: 'random', title: 'Random' },
        { room: 'design', title: 'Design' },
      ],
    }),
  ],
  resolve: {
    alias: [
      { find: 'vue-chat-socket/style.css', replacement: at('../src/styles/index.css') },
      { find: /^vue-chat-socket\/locale\/(.+)$/, replacement: `${at('../src/locale')}/$1.ts` },
      { find: 'vue-chat-socket/dialects', replacement: at('../src/dialects/index.ts') },
      { find: 'vue-chat-socket/protocol', replacement: at('../src/protocol/index.ts') },
      { find: 'vue-chat-socket/emoji', replacement: at('../src/emoji.ts') },
      { find: 'vue-chat-socket/markdown', replacement: at('../src/markdown.ts') },
      { find: 'vue-chat-socket/testing', replacement: at('../src/testing.ts') },
      { find: 'vue-chat-socket/tabs', replacement: at('../src/tabs.ts') },
      { find: 'vue-chat-socket/notice', replacement: at('../src/notice/index.ts') },
      { find: 'vue-chat-socket/storage', replacement: at('../src/storage.ts') },
      { find: 'vue-chat-socket/socket-io', replacement: at('../src/socket-io.ts') },
      { find: 'vue-chat-socket/core', replacement: at('../src/core/index.ts') },
      { find: /^vue-chat-socket$/, replacement: at('../src/index.ts') },
    ],
  },
  build: { target: 'es2022' },
})
