import { io } from 'socket.io-client'
import { config, offer, refuse, show } from './contract.ts'

const auth: { offset: number } = { offset: 0 }
const socket = io(config.url.replace(/^ws/, 'http').replace(/\/chat$/, ''), {
  // The other transports would make the same fault a different one.
  transports: ['websocket'],
  ackTimeout: 10_000,
  retries: 3,
  ...(config.withOffsets && { auth }),
})
let waiting = 0

socket.on('message', (body: string, id: number) => {
  show(body)
  auth.offset = id
})
offer({
  say(body) {
    waiting += 1
    socket.emit('message', body, crypto.randomUUID(), (error: unknown) => {
      waiting -= 1
      if (error) refuse(body)
    })
  },
  isCalm: () => socket.connected && waiting === 0,
})
