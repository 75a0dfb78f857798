import { describe, expect, it } from 'vitest'
import { MAX_SHOWN, maskUrl, showFrame } from '../../src/devtools/frame-text.ts'

describe('what must not be shown', () => {
  const secret = 'eyJhbGciOiJIUzI1NiJ9.c2VjcmV0.c2ln'
  const opaque = 'k3yT0k3nValue-0123456789'

  it.each([
    ['a hello', JSON.stringify({ type: 'hello', token: opaque, user: { name: 'Ada' } })],
    ['a nested one', JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${opaque}`, auth: { accessToken: opaque } } })],
    ['a list', JSON.stringify(['1', '1', 'room:a', 'phx_join', { token: opaque }])],
    ['JSON in a text in JSON', JSON.stringify({ data: JSON.stringify({ user_token: opaque }) })],
    ['JSON after a prefix', `40/chat,{"token":"${opaque}"}`],
    ['JSON in a text after a prefix', `42${JSON.stringify(['auth', JSON.stringify({ token: opaque })])}`],
    ['a header', `CONNECT\npasscode:${opaque}\n\n\0`],
    ['a query', `subscribe?ticket=${opaque}&room=a`],
    ['an event', { event: 'auth', args: [{ token: opaque }] }],
  ])('[DT8] masks the secret of %s', (_name, frame) => {
    const shown = showFrame(frame)
    expect(JSON.stringify(shown)).not.toContain(opaque)
    expect(JSON.stringify(shown)).toContain('•••')
  })

  it('[DT8] masks signed tokens wherever they stand, and before the welcome whatever looks like a proof', () => {
    expect(JSON.stringify(showFrame(`PASS ${secret}`))).not.toContain(secret)
    expect(JSON.stringify(showFrame(['login', opaque], true))).not.toContain(opaque)
    expect(JSON.stringify(showFrame(['login', opaque]))).toContain(opaque)
  })

  it('[DT8] leaves alone what is none', () => {
    const frame = { type: 'event', body: 'the token of my esteem', seq: 4, token: null }
    expect(showFrame(JSON.stringify(frame)).frame).toEqual(frame)
  })

  it('[DT8] masks tickets and passwords of an address', () => {
    expect(maskUrl(`wss://me:pass@chat.example.org:8443/v1/rooms-2026-11?ticket=${opaque}&room=tea`)).toBe(
      'wss://•••@chat.example.org:8443/v1/rooms-2026-11?ticket=•••&room=tea',
    )
  })

  it('[DT9] clips long frames before it looks into them, and tells the size of binary ones', () => {
    const frame = JSON.stringify({ body: 'x'.repeat(50_000), token: opaque })
    const shown = showFrame(frame)
    expect(String(shown.frame)).toHaveLength(MAX_SHOWN + 1)
    expect(shown.summary.length).toBeLessThanOrEqual(80)
    expect(shown.size).toBe(`${frame.length} characters`)
    const cut = `{"token":"${opaque.repeat(1_000)}"}`
    expect(JSON.stringify(showFrame(cut))).not.toContain(opaque)
    expect(showFrame(new ArrayBuffer(12)).frame).toBe('12 bytes')
    expect(showFrame(new Blob(['abc'])).frame).toBe('3 bytes')
  })

  it('[DT9] an event that cannot be written down is no reason to throw', () => {
    const args: unknown[] = []
    args.push(args)
    expect(() => showFrame({ event: 'loop', args })).not.toThrow()
  })
})
