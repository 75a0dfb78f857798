import { chromium, type Browser, type LaunchOptions } from 'playwright-core'
import { findChromium } from '../../../scripts/find-chromium.ts'

// The page under test is on this machine; the browser's own services only make noise on a closed network.
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts a headless Chromium. The caller closes it. */
export const launchChromium = (options: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROME_PATH'] ?? findChromium(), args: ARGS, ...options })
