/** A socket that nobody listens to: what the measuring itself costs. */
import { offer } from './contract.ts'

offer({
  connect(url) {
    new WebSocket(url)
  },
})
