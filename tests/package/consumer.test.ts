import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../browser/support/launch.ts'
import { packPackage, root, run } from './support/pack.ts'

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>
}

let folder: string
let server: ChildProcess | undefined

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vue-chat-socket-consumer-'))
  cpSync(join(root, 'tests/package/consumer'), folder, { recursive: true })
  const { devDependencies: ours } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
  const pick = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, ours[name]!]))
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'consumer',
      private: true,
      type: 'module',
      dependencies: { 'vue-chat-socket': `file:${packPackage()}`, ...pick(['vue', 'pinia', 'ws', 'jose']) },
      devDependencies: pick(['vite', '@vitejs/plugin-vue', 'typescript', 'vue-tsc', '@types/ws', '@types/node']),
    }),
  )
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], folder)
})

afterAll(() => {
  server?.kill()
  rmSync(folder, { recursive: true, force: true })
})

const typeCheck = (): string => run('npx', ['--no-install', 'vue-tsc', '--noEmit'], folder)

describe('an app that installs the packed package', () => {
  it('[PK7] type-checks', () => {
    expect(typeCheck()).toBe('')
  })

  it('[PK7] is told about a prop of the wrong type', () => {
    const file = join(folder, 'src/Wrong.vue')
    writeFileSync(file, '<template><ChatRoom :room="1" /></template>\n')
    try {
      expect(typeCheck).toThrow(/Type 'number' is not assignable to type 'string'/)
    } finally {
      rmSync(file)
    }
  })

  it('[PK8] builds, and two people talk in <ChatRoom> with nothing but a url', async () => {
    run('npx', ['--no-install', 'vite', 'build'], folder)
    server = spawn(process.execPath, ['server.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
    const url = await new Promise<string>((resolve, reject) => {
      server!.once('exit', (code) => {
        reject(new Error(`the server ended with ${String(code)}`))
      })
      createInterface({ input: server!.stdout! }).on('line', (line) => {
        const found = /listening on (http:\S+)/.exec(line)
        if (found) resolve(found[1]!)
      })
    })
    const browser = await launchChromium()
    try {
      const pages = await Promise.all([0, 1].map(async () => (await browser.newContext()).newPage()))
      for (const page of pages) await page.goto(url)
      const [first, second] = pages as [(typeof pages)[0], (typeof pages)[0]]
      await first.getByRole('textbox').fill('hello from the tarball')
      await first.keyboard.press('Enter')
      await second.getByRole('article').getByText('hello from the tarball').waitFor()
      await first.getByRole('article').getByText('hello from the tarball').waitFor()
      expect(await second.getByRole('article').count()).toBe(1)
    } finally {
      await browser.close()
    }
  })
})
