/** The servers on the playground's own port: the same `attachChat` that a Node back end mounts, and the small ones. */
import type { Connect, Plugin } from 'vite'
// Node loads the config and what it imports; the package's public names exist for the page only.
// eslint-disable-next-line no-restricted-imports
import { attachChat, type AttachedChat, type ChatOptions, type HttpServer } from '../server-dev/index.ts'
import { createBackEndsHost } from './back-ends-host.ts'

interface Host {
  readonly httpServer: HttpServer | null
  readonly middlewares: Connect.Server
}

/** Adds the servers to the one that serves the page, in development and in preview. */
export const chatServers = (options: ChatOptions): Plugin => {
  const backEnds = createBackEndsHost()
  let chat: AttachedChat | undefined

  const attach = ({ httpServer, middlewares }: Host): void => {
    httpServer?.on('upgrade', backEnds.upgrade)
    middlewares.use((request, response, next) => {
      if (!backEnds.request(request, response)) next()
    })
    // A restarted dev server starts to listen after the old one is gone, so that the database is free by then.
    httpServer?.once('listening', () => {
      chat = attachChat(httpServer, options)
    })
  }
  return {
    name: 'chat-servers',
    configureServer: attach,
    configurePreviewServer: attach,
    async closeBundle() {
      await Promise.all([chat?.close(), backEnds.close()])
    },
  }
}
