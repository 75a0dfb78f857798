import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { HELP, candidates, findInstalled, type Machine } from '../../scripts/find-chromium.ts'

const machine = (has: readonly string[], changes: Partial<Machine> = {}): Machine => ({
  platform: 'linux',
  env: { PATH: '/home/ada/bin:/usr/local/bin' },
  exists: (path) => has.includes(path),
  starts: () => true,
  playwrightPath: () => '/cache/playwright/chrome',
  ...changes,
})

describe('finding a browser', () => {
  it('[BR8] takes CHROME_PATH before what is installed, and what is installed before Playwright’s own', () => {
    const has = ['/mine', '/usr/bin/chromium', '/cache/playwright/chrome']
    const env = { CHROME_PATH: '/mine' }
    expect(findInstalled(machine(has, { env }))).toBe('/mine')
    expect(findInstalled(machine(has))).toBe('/usr/bin/chromium')
    expect(findInstalled(machine(['/cache/playwright/chrome']))).toBe('/cache/playwright/chrome')
    expect(findInstalled(machine([]))).toBeUndefined()
  })

  it('[BR8] looks through PATH and the usual places of each system', () => {
    expect(findInstalled(machine(['/home/ada/bin/google-chrome']))).toBe('/home/ada/bin/google-chrome')
    expect(candidates(machine([], { platform: 'darwin' }))).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
    expect(candidates(machine([], { platform: 'win32' }))).toContain('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe')
  })

  it('[BR8] passes by a file that is there and does not start', () => {
    const has = ['/usr/bin/chromium', '/usr/local/bin/chrome']
    expect(findInstalled(machine(has, { starts: (path) => path !== '/usr/bin/chromium' }))).toBe('/usr/local/bin/chrome')
  })

  it('[BR8] says so when CHROME_PATH leads nowhere, instead of taking another browser', () => {
    expect(() => findInstalled(machine(['/usr/bin/chromium'], { env: { CHROME_PATH: '/gone' } }))).toThrow(/CHROME_PATH is \/gone/)
  })

  it('[BR8] fails with one sentence when there is none and none can be installed', () => {
    expect(HELP.match(/[.!?](\s|$)/g)).toHaveLength(1)
  })

  it('[BR8] on this machine gives one that starts', () => {
    const path = process.env['CHROME_PATH']!
    expect(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout).toMatch(/Chrom/)
  })
})
