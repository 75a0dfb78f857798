import { describe, expect, it, vi } from 'vitest'
import fc from 'fast-check'
import { createEmitter } from '../../src/core/emitter.ts'
import { createId } from '../../src/core/ids.ts'
import { fullBucket, take } from '../../src/core/pacing.ts'
import { createRawBuffer } from '../../src/core/raw-buffer.ts'
import { resolveUrl } from '../../src/core/urls.ts'
import { ChatUsageError, createSession, type SessionOptions } from '../../src/core/index.ts'
import { chatV1Dialect } from '../../src/dialects/index.ts'

describe('addresses', () => {
  it.each([
    ['ws://a.example/chat', undefined, 'ws://a.example/chat'],
    ['wss://a.example/chat?x=1', undefined, 'wss://a.example/chat?x=1'],
    ['http://a.example/chat', undefined, 'ws://a.example/chat'],
    ['https://a.example:8443/chat', undefined, 'wss://a.example:8443/chat'],
    ['wss://a.example/chat#top', undefined, 'wss://a.example/chat'],
    ['/chat', 'https://a.example/deep/page?q#h', 'wss://a.example/chat'],
    ['chat', 'http://localhost:5173/app/', 'ws://localhost:5173/app/chat'],
    ['//b.example/chat', 'https://a.example/', 'wss://b.example/chat'],
  ])('[UR1] %s against %s is %s', (url, base, expected) => {
    expect(resolveUrl(url, base)).toBe(expected)
  })

  it.each([
    ['', undefined, /give an address/],
    [undefined, undefined, /give an address/],
    [42, undefined, /give an address/],
    ['/chat', undefined, /"\/chat".*`base`/],
    ['ftp://a.example', undefined, /ftp.*wss:\/\//],
    ['javascript:alert(1)', 'https://a.example', /wss:\/\//],
    ['http://', undefined, /give an address/],
    ['http://[', 'https://a.example', /give an address/],
  ])('[UR2] %j against %s says how to fix it', (url, base, sentence) => {
    expect(() => resolveUrl(url, base)).toThrow(ChatUsageError)
    expect(() => resolveUrl(url, base)).toThrow(sentence)
  })
})

describe('options', () => {
  const make = (more: Record<string, unknown>) => () =>
    createSession({ url: 'ws://a/chat', dialect: chatV1Dialect(), ...more } as SessionOptions)

  it.each([
    [{ url: 'mailto:a@b' }, /mailto:a@b.*wss:/],
    [{ heartbeat: { interval: 20_000, hiddenInterval: 10_000 } }, /raise it or leave it out/],
    [{ dialect: undefined }, /`dialect` is missing/],
    [{ connectTimeout: 0 }, /`connectTimeout` is 0/],
    [{ connectTimeout: Number.NaN }, /`connectTimeout`/],
    [{ heartbeat: { interval: -1 } }, /`heartbeat.interval`/],
    [{ heartbeat: { timeout: 'soon' } }, /`heartbeat.timeout` is soon/],
    [{ autoReconnect: { retries: 1.5 } }, /`autoReconnect.retries` is 1.5/],
    [{ autoReconnect: { retries: -2 } }, /-1 to never give up/],
    [{ autoReconnect: { minDelay: 5_000, maxDelay: 1_000 } }, /above `maxDelay`/],
    [{ autoReconnect: { delay: 100, maxDelay: 1_000 } }, /either the one or the others/],
    [{ outbox: { maxCount: 0 } }, /`outbox.maxCount`/],
    [{ protocols: ['two words'] }, /"two words"/],
    [{ token: 7 }, /`token`/],
  ])('[OP1] %j is refused at once with a sentence', (more, sentence) => {
    expect(make(more)).toThrow(ChatUsageError)
    expect(make(more)).toThrow(sentence)
  })

  it('[OP2] nothing is connected before `open()`', () => {
    const transport = vi.fn()
    expect(make({ transport })().snapshot().state).toBe('idle')
    expect(transport).not.toHaveBeenCalled()
  })
})

describe('emitter', () => {
  it('[EM1] a listener that throws is reported and stops nobody', () => {
    const thrown: unknown[] = []
    const emitter = createEmitter<{ a: number }>((_event, error) => thrown.push(error))
    const heard: number[] = []
    emitter.on('a', () => {
      throw new Error('broken')
    })
    emitter.on('a', (n) => heard.push(n))
    emitter.emit('a', 1)
    expect([heard, thrown]).toEqual([[1], [new Error('broken')]])
  })

  it('[EM2] listeners may come and go while they are called', () => {
    const emitter = createEmitter<{ a: undefined }>(() => {})
    const heard: string[] = []
    const offFirst = emitter.on('a', () => {
      heard.push('first')
      offFirst()
      offThird()
      emitter.on('a', () => heard.push('late'))
    })
    emitter.on('a', () => heard.push('second'))
    const offThird = emitter.on('a', () => heard.push('third'))
    emitter.emit('a', undefined)
    expect(heard).toEqual(['first', 'second'])
    emitter.emit('a', undefined)
    expect(heard).toEqual(['first', 'second', 'second', 'late'])
  })

  it('[EM3] the same function may listen twice and leave once', () => {
    const emitter = createEmitter<{ a: undefined }>(() => {})
    const listener = vi.fn()
    emitter.on('a', listener)
    const off = emitter.on('a', listener)
    off()
    emitter.emit('a', undefined)
    expect(listener).toHaveBeenCalledTimes(1)
  })
})

describe('pacing', () => {
  it('[PC1] never lets more through than the burst and the rate allow', () => {
    const rate = { messagesPerSecond: 10, burst: 20 }
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 300 }), (pauses) => {
        let now = 0
        let bucket = fullBucket(rate, now)
        let sent = 0
        for (const pause of pauses) {
          now += pause
          const taken = take(bucket, rate, now)
          bucket = taken.bucket
          if (taken.waitMs === 0) sent++
          expect(sent).toBeLessThanOrEqual(rate.burst + (now / 1_000) * rate.messagesPerSecond)
        }
      }),
    )
  })

  it('[PC2] the wait that it tells is enough', () => {
    const rate = { messagesPerSecond: 3, burst: 1 }
    const empty = take(fullBucket(rate, 0), rate, 0).bucket
    const { waitMs, bucket } = take(empty, rate, 0)
    expect(waitMs).toBe(334)
    expect(take(bucket, rate, waitMs).waitMs).toBe(0)
  })

  it('[PC3] a server that tells a burst or rate of nothing does not stop a message for ever', () => {
    const rate = { messagesPerSecond: 0, burst: 0 }
    expect(take(fullBucket(rate, 0), rate, 0).waitMs).toBe(0)
    expect(take({ tokens: 0, at: 0 }, rate, 0).waitMs).toBe(1_000_000)
  })
})

describe('raw buffer', () => {
  it('[RW1] keeps what no socket took, in order, and hands it over first', () => {
    let isOpen = false
    const taken: unknown[] = []
    const buffer = createRawBuffer({ transmit: (data) => isOpen && taken.push(data) > 0, full() {} })
    expect([buffer.send('1', true), buffer.send('2', true), buffer.send('lost', false)]).toEqual([false, false, false])
    isOpen = true
    expect(buffer.send('3', true)).toBe(true)
    expect(taken).toEqual(['1', '2', '3'])
  })

  it('[RW2] a socket that stops in the middle loses and doubles nothing', () => {
    let room = 0
    const taken: unknown[] = []
    const buffer = createRawBuffer({ transmit: (data) => room-- > 0 && taken.push(data) > 0, full() {} })
    for (const data of ['1', '2', '3']) buffer.send(data, true)
    room = 2
    buffer.flush()
    room = 9
    buffer.flush()
    expect(taken).toEqual(['1', '2', '3'])
  })

  it('[RW3] has a bound, keeps what came first and tells of the rest', () => {
    const full = vi.fn()
    let isOpen = false
    const taken: unknown[] = []
    const buffer = createRawBuffer({ transmit: (data) => isOpen && taken.push(data) > 0, full }, 2)
    for (const data of ['1', '2', '3']) buffer.send(data, true)
    isOpen = true
    buffer.flush()
    expect([taken, full.mock.calls.length]).toEqual([['1', '2'], 1])
  })
})

describe('ids', () => {
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

  it('[ID1] are random UUIDs, on insecure pages too', () => {
    expect(createId()).toMatch(UUID)
    vi.stubGlobal('crypto', { getRandomValues: globalThis.crypto.getRandomValues.bind(globalThis.crypto) })
    try {
      expect(createId()).toMatch(UUID)
      expect(createId()).not.toBe(createId())
    } finally {
      vi.unstubAllGlobals()
    }
  })
})
