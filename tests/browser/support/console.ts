import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'

// That a server is away is what many tests are about, and browsers tell it there.
const NETWORK = /^(Failed to load resource|WebSocket connection to)/

/** The test fails when the page complains until its end: an error that nobody caught, or errors and warnings in the console. */
export const mustBeQuiet = (page: Page): void => {
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (/^(error|warning)$/.test(message.type()) && !NETWORK.test(message.text())) complaints.push(message.text())
  })
  onTestFinished(() => expect(complaints, 'the console').toEqual([]))
}
