/** Stores what it is told and passes it on to everybody else: what a WebSocket library leaves to the app, at its least. */
import { WebSocket, WebSocketServer } from 'ws'
import { file, port, tellListening } from './arguments.ts'
import { openLog } from './log.ts'

const log = openLog(file)
const server = new WebSocketServer({ port, host: '127.0.0.1', perMessageDeflate: false }, tellListening)

server.on('connection', (socket) => {
  socket.on('error', () => undefined)
  socket.on('message', (data) => {
    const text = (data as Buffer).toString()
    if (text === 'ping') {
      socket.send('ping')
      return
    }
    log.append(text)
    for (const other of server.clients) if (other !== socket && other.readyState === WebSocket.OPEN) other.send(text)
  })
})
