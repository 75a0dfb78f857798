/** The chat server on the playground's own port: the same `attachChat` that a Node back end mounts. */
import type { Plugin } from 'vite'
// Node loads the config and what it imports; the package's public names exist for the page only.
// eslint-disable-next-line no-restricted-imports
import { attachChat, type AttachedChat, type ChatOptions, type HttpServer } from '../server-dev/index.ts'

/** Adds the chat to the server that serves the page, in development and in preview. */
export const chatServer = (options: ChatOptions): Plugin => {
  let chat: AttachedChat | undefined

  const attach = (server: HttpServer | null): void => {
    // A restarted dev server starts to listen after the old one is gone, so that the database is free by then.
    server?.once('listening', () => {
      chat = attachChat(server, options)
    })
  }
  return {
    name: 'chat-server',
    configureServer: ({ httpServer }) => attach(httpServer),
    configurePreviewServer: ({ httpServer }) => attach(httpServer),
    async closeBundle() {
      await chat?.close()
    },
  }
}
