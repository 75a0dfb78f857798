/**
 * Socket.IO as its documentation has it: connection state recovery, and an answer to every message once it is stored.
 * With `--offsets` also what its tutorial ends with: the client's own id makes a repetition known, and whoever comes
 * back without recovery gets what is newer than the offset that it tells.
 */
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { file, port, tellListening, values } from './arguments.ts'
import { openLog } from './log.ts'

type Answer = () => void

const log = openLog(file)
const http = createServer()
const io = new Server(http, { connectionStateRecovery: {}, cors: { origin: '*' } })

io.on('connection', (socket) => {
  socket.on('message', (body: string, clientId: string, answer: Answer) => {
    const id = log.append(body, values.offsets ? clientId : undefined)
    if (id !== undefined) io.emit('message', body, id)
    answer()
  })
  if (!values.offsets || socket.recovered) return
  const { offset = 0 } = socket.handshake.auth as { readonly offset?: number }
  for (const { id, body } of log.after(offset)) socket.emit('message', body, id)
})

http.listen(port, '127.0.0.1', tellListening)
