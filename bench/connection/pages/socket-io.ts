import { io } from 'socket.io-client'
import { count, offer } from './contract.ts'

offer({
  connect(url) {
    // The other transports would make the same fault a different one.
    const socket = io(url.replace(/^ws/, 'http').replace(/\/chat$/, ''), { transports: ['websocket'], forceNew: true })
    socket.on('message', () => {
      count("on('message')")
    })
  },
})
