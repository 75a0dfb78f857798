import ReconnectingWebSocket from 'partysocket/ws'
import { config, offer, show } from './contract.ts'

const socket = new ReconnectingWebSocket(config.url)
socket.addEventListener('message', (event: MessageEvent) => {
  show(event.data as string)
})
offer({
  say(body) {
    socket.send(body)
  },
  isCalm: () => socket.readyState === ReconnectingWebSocket.OPEN && socket.bufferedAmount === 0,
})
