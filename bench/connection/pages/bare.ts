/** The browser's own WebSocket and nothing else: the floor. */
import { countJson, offer } from './contract.ts'

offer({
  connect(url) {
    const socket = new WebSocket(url)
    socket.onmessage = (event) => {
      countJson('onmessage', event.data)
    }
  },
})
