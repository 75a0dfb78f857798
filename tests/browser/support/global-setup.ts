import { findChromium } from '../../../scripts/find-chromium.ts'

/** Finds or installs the browser once, before the workers start. */
export const setup = (): void => {
  process.env['CHROME_PATH'] = findChromium()
}
