import { describe, expect, it } from 'vitest'
import { CLOSE, closeAction, isServerWide } from '../../src/protocol/index.ts'

describe('closeAction', () => {
  it.each([
    [1000, 'stop'], [1001, 'retry'], [1002, 'retry'], [1003, 'stop'], [1005, 'retry'], [1006, 'retry'], [1007, 'retry'],
    [1008, 'stop'], [1009, 'retry'], [1011, 'retry'], [1012, 'retry'], [1013, 'retry'], [4000, 'retry'], [4001, 'retry'],
    [4401, 'refresh'], [4408, 'retry'], [4409, 'retry'], [4429, 'retry'], [4500, 'stop'], [4501, 'stop'], [4502, 'stop'],
  ] as const)('[PR30] %i asks to %s', (code, action) => {
    expect(closeAction(code)).toBe(action)
  })

  it('[PR31] decides about codes it has never seen by their range', () => {
    expect([4321, 4499, 4599, 4999, 3500].map(closeAction)).toEqual(['retry', 'retry', 'stop', 'stop', 'retry'])
  })

  it('[PR32] knows which codes drop everybody at once', () => {
    expect(isServerWide(CLOSE.shutdown)).toBe(true)
    expect(isServerWide(CLOSE.slowConsumer)).toBe(false)
    expect(isServerWide(4321)).toBe(false)
  })

  it('[PR33] sends only codes that a browser may see from an application', () => {
    expect(Object.values(CLOSE).every((code) => code === 1000 || code === 1003 || (code >= 4000 && code < 5000))).toBe(true)
  })
})
