import { useWebSocket } from '@vueuse/core'
import { effectScope, watch } from 'vue'
import { count, countJson, offer } from './contract.ts'

const isWatching = location.hash === '#watch'

offer({
  connect(url) {
    effectScope(true).run(() => {
      const { data } = useWebSocket(url, {
        heartbeat: true,
        autoReconnect: true,
        onMessage: (_socket, event) => {
          countJson('onMessage', event.data)
        },
      })
      if (isWatching) watch(data, () => count('watch(data)'))
    })
  },
})
