import ReconnectingWebSocket from 'reconnecting-websocket'
import { countJson, offer } from './contract.ts'

offer({
  connect(url) {
    const socket = new ReconnectingWebSocket(url)
    socket.addEventListener('message', (event: MessageEvent) => {
      countJson('message', event.data)
    })
  },
})
