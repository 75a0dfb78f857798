import { useWebSocket } from '@vueuse/core'
import { effectScope } from 'vue'
import { config, offer, show } from './contract.ts'

effectScope(true).run(() => {
  const unsent: string[] = []
  const { status, send } = useWebSocket<string>(config.url, {
    heartbeat: true,
    autoReconnect: true,
    onConnected() {
      for (const body of unsent.splice(0)) send(body)
    },
    onMessage(_socket, event) {
      show(event.data as string)
    },
  })
  offer({
    say(body) {
      if (status.value === 'OPEN') send(body)
      else unsent.push(body)
    },
    isCalm: () => status.value === 'OPEN' && unsent.length === 0,
  })
})
