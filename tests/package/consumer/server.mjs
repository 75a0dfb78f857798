import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { attachChat } from 'vue-chat-socket/server'

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname
  const file = `dist${path === '/' ? '/index.html' : path}`
  if (!existsSync(file)) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': types[file.slice(file.lastIndexOf('.'))] ?? 'text/plain' })
  createReadStream(file).pipe(response)
})

attachChat(server, { database: ':memory:', guests: true })
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`))
