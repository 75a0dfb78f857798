import ReconnectingWebSocket from 'partysocket/ws'
import { countJson, offer } from './contract.ts'

offer({
  connect(url) {
    const socket = new ReconnectingWebSocket(url)
    socket.addEventListener('message', (event: MessageEvent) => {
      countJson('message', event.data)
    })
  },
})
