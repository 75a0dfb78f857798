import type { ReadSharing } from './share-reads.ts'

/** Between tabs that have a connection each. Nothing where the address may change, or the browser cannot. */
export const readChannel = (address: string | undefined): ReadSharing | undefined => {
  if (address === undefined || typeof window === 'undefined' || typeof BroadcastChannel === 'undefined') return undefined
  const channel = new BroadcastChannel(`vue-chat-socket:${address}`)
  return {
    share: (topic, value) => channel.postMessage({ topic, value }),
    onShared(topic, listener) {
      channel.onmessage = ({ data }: MessageEvent<{ readonly topic?: unknown; readonly value?: unknown } | null>) => {
        if (data?.topic === topic) listener(data?.value)
      }
      return () => channel.close()
    },
  }
}
