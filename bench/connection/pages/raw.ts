import type * as Library from '../../../src/index.ts'
// @ts-expect-error a build, resolved by the bundler
import * as library from 'library/index.js'
import { effectScope, watch } from 'vue'
import { count, countJson, offer } from './contract.ts'

const { rawDialect, useChatSocket } = library as typeof Library
const isWatching = location.hash === '#watch'
const heartbeat = location.hash === '#second' ? { interval: 1_000, timeout: 1_000 } : true

offer({
  connect(url) {
    effectScope(true).run(() => {
      const { data, on } = useChatSocket(url, {
        dialect: rawDialect({ message: 'ping' }),
        heartbeat,
        onMessage: (_socket, event) => {
          countJson('onMessage', event.data)
        },
      })
      if (!isWatching) return
      on('data', () => count("on('data')"))
      watch(data, () => count('watch(data)'))
    })
  },
})
